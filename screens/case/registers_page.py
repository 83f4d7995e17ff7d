"""What registers were last seen to say about a case's applicant, with its source and its time."""

from __future__ import annotations

from textual.content import Content

from clerk.contract.register import RegisterAnswer
from clerk.locale import _
from clerk.rules.case import Case
from screens.intake.sections import answer_lines
from screens.lights import name_moment


def seen(case: Case) -> Content:
    """The last answer of each register; the ones before stand among the events."""
    lines = [line for one in case.looked for line in _answer(one)]
    return Content("\n").join(lines)


def _answer(answer: RegisterAnswer) -> list[Content]:
    """When it was seen stands beside whose word it is, so that a register is few lines."""
    seen_at = _("seen {time}").format(time=name_moment(answer.at))
    head, *rest = answer_lines(answer)
    return [Content.assemble(head, (f"  {seen_at}", "$text-muted")), *rest]
