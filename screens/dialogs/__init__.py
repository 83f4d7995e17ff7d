"""Small windows over a screen: a problem, a question, a choice. Each answers by its result."""

from screens.dialogs.ask import AskText, Question
from screens.dialogs.choose import Choose
from screens.dialogs.confirm import Confirm
from screens.dialogs.mark_lines import Line, MarkLines
from screens.dialogs.problem import ProblemDialog

__all__ = ["AskText", "Choose", "Confirm", "Line", "MarkLines", "ProblemDialog", "Question"]
