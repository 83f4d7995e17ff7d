"""The notice of a correction; the words are in the template."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from clerk.contract.proposal import Change
from exports.papers.forms import Notice


class CorrectionNotice(Notice, frozen=True, kw_only=True):
    """更正通知书: what stood, what stands now, and why (容错).

    `act` is the tag of the event that was put right, done on `act_on`; `voids` the paper that
    holds no more. `against` the applicant, it names the remedies. `five_days_until` is the last
    day for telling what is missing, `accepted_from` the day that acceptance counts from.
    """

    template: ClassVar[str] = "correction"
    copies: ClassVar[int] = 2

    act: str
    act_on: date
    reason: str
    changes: tuple[Change, ...] = ()
    undone: bool = False
    voids: str = ""
    against: bool = False
    supplementing: bool = False
    five_days_until: date | None = None
    accepted_from: date | None = None
    statutory_due: date | None = None
    promised_due: date | None = None
    forecast: bool = False

    def __post_init__(self) -> None:
        """Assert that it says something, and why."""
        super().__post_init__()
        assert self.reason, "a correction gives its reason"
        assert self.changes or self.undone, "a correction changes something"
