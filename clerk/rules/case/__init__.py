"""What a case is and what may happen to it: folds over events, and decisions on commands."""

from clerk.rules.case.context import Context
from clerk.rules.case.decide import decide
from clerk.rules.case.fold import evolve, fold
from clerk.rules.case.state import Case, Claim, PrintedDocument

__all__ = ["Case", "Claim", "Context", "PrintedDocument", "decide", "evolve", "fold"]
