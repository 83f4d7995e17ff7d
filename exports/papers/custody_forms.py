"""The slip that goes with papers from hand to hand; the words are in the template."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from clerk.contract.custody import PaperForm
from exports.papers.forms import Paper


class SlipPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a slip; `short` of `count` were not there, and `reason` says what is known."""

    case_number: str
    item_name: str
    material: str
    form: PaperForm
    count: int
    short: int = 0
    reason: str = ""


class TransferSlip(Paper, frozen=True, kw_only=True):
    """材料交接单, in two copies: one stays with each side. It names cases, no applicant.

    `taken_at` is empty until somebody confirms. `returned`: to the applicant, whose name or
    agent's is `taker` then.
    """

    template: ClassVar[str] = "transfer_slip"

    number: str
    given_at: datetime
    from_place: str
    giver: str
    to_place: str
    papers: tuple[SlipPaper, ...]
    taker: str = ""
    taken_at: datetime | None = None
    returned: bool = False
    note: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The number of the slip."""
        return (self.number,)

    def __post_init__(self) -> None:
        """Assert that there is something on it."""
        assert self.papers, "a slip names papers"
