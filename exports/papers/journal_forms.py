"""The papers of a window's journal; the words are in the templates."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from clerk.contract.journal import BalanceLine, HeldLine, LostLine, Missed
from exports.papers.forms import Paper


class ShiftForm(Paper, frozen=True, kw_only=True):
    """交接班单: what was left and counted, for both to sign; `taker` is empty until then."""

    template: ClassVar[str] = "shift_handover"
    copies: ClassVar[int] = 2

    window: str
    since: datetime
    handed_at: datetime
    giver: str
    drafts: int
    receipts: int
    papers: tuple[HeldLine, ...]
    listed_papers: int
    counted_papers: int
    certificates: tuple[str, ...]
    counted_certificates: int
    reason: str = ""
    losses: tuple[LostLine, ...] = ()
    taker: str = ""
    taken_at: datetime | None = None
    sheet: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The number of the sheet, by which it is filed."""
        return (self.sheet,) if self.sheet else ()


class DayForm(Paper, frozen=True, kw_only=True):
    """日结单: received = sent + held + lost, with each difference by name.

    So many papers as `untouched_lines` are told as one line: nothing came or went of them, and
    `untouched` of them lay here before and lie here still.
    """

    template: ClassVar[str] = "day_balance"

    window: str
    closed_at: datetime
    clerk: str
    lines: tuple[BalanceLine, ...]
    gaps: tuple[int, ...]
    held: int
    counted: int
    missed: tuple[Missed, ...] = ()
    losses: tuple[LostLine, ...] = ()
    untouched_lines: int = 0
    untouched: int = 0
    since: datetime | None = None
    reason: str = ""
    sheet: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The number of the sheet, by which it is filed."""
        return (self.sheet,) if self.sheet else ()

    def __post_init__(self) -> None:
        """Assert that every line has its difference, 0 where there is none."""
        assert len(self.gaps) == len(self.lines), "a difference for each line"
