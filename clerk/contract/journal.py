"""The journal of a window: hand-overs of shifts and end-of-day balances (交接班, 日结).

An entry is written by the one who is at the window; a hand-over of a shift is signed by the
one who follows too. What stands in an entry is what was counted then, and never changes.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from clerk.contract.custody import Mishap, PaperForm
from clerk.contract.user import Actor


class HeldLine(msgspec.Struct, frozen=True, kw_only=True):
    """So many of one paper of a case that lay at the window."""

    case_id: str
    number: str
    material: str
    name: str
    form: PaperForm
    count: int


class BalanceLine(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one paper of a case: what was there and came, what went, what is held.

    `held` is the ledger's; all else is counted from the events and the balance of before.
    """

    case_id: str
    number: str
    material: str
    name: str
    form: PaperForm
    opening: int = 0
    received: int = 0
    came: int = 0
    sent: int = 0
    returned: int = 0
    filed: int = 0
    held: int = 0
    lost: int = 0
    found: int = 0

    @property
    def gap(self) -> int:
        """Held beyond what there ought to be; below 0 so many are missing."""
        there = self.opening + self.received + self.came + self.found
        return self.held - (there - self.sent - self.returned - self.filed - self.lost)


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that was short on a slip: whose, how many, and what was found out."""

    number: str
    name: str
    form: PaperForm
    count: int
    slip: str
    reason: str


class LostLine(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that was lost or damaged at the window, and is not made good.

    `document` is the notice to the applicant; it is empty while nobody has confirmed the loss.
    """

    number: str
    name: str
    form: PaperForm
    count: int
    mishap: Mishap
    reason: str
    document: str = ""


class ShiftHandover(msgspec.Struct, frozen=True, kw_only=True, tag="shift"):
    """交接班: what one clerk left to the next, as the lists and as the hands counted it.

    There is no cash at a window. `receipts` were given since `since`, where the shift began.
    """

    id: str
    version: int
    window: str
    by: Actor
    at: datetime
    since: datetime
    drafts: int
    receipts: int
    papers: tuple[HeldLine, ...]
    counted_papers: int
    certificates: tuple[str, ...]
    counted_certificates: int
    reason: str = ""
    losses: tuple[LostLine, ...] = ()
    taken_by: Actor | None = None
    taken_at: datetime | None = None

    @property
    def listed_papers(self) -> int:
        """How many papers the ledger has at the window."""
        return sum(one.count for one in self.papers)


class DayBalance(msgspec.Struct, frozen=True, kw_only=True, tag="day"):
    """日结: received = sent + held, paper by paper, since the balance of before.

    `counted` is what the hands counted; `reason` what is said of every difference.
    """

    id: str
    version: int
    window: str
    by: Actor
    at: datetime
    since: datetime | None
    lines: tuple[BalanceLine, ...]
    counted: int
    missed: tuple[Missed, ...] = ()
    reason: str = ""
    losses: tuple[LostLine, ...] = ()

    @property
    def held(self) -> int:
        """How many papers the ledger has at the window."""
        return sum(one.held for one in self.lines)

    @property
    def gaps(self) -> tuple[BalanceLine, ...]:
        """The papers whose sum does not come out."""
        return tuple(one for one in self.lines if one.gap)


JournalEntry = ShiftHandover | DayBalance
