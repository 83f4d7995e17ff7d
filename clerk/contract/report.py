"""What a report counts: cases as dates and states, with nobody's name in them."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from clerk.contract.case import Outcome, Stage


class Period(msgspec.Struct, frozen=True):
    """The days that a report is about, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Assert that it has at least one day."""
        assert self.first <= self.last, "a period has a first day and a last"


class CaseFact(msgspec.Struct, frozen=True, kw_only=True):
    """One case as a report sees it: no applicant, no agent, no clerk.

    `window_name` tells windows apart within the report. `accepted_on` of a case that was
    accepted by silence is the day it counts from (`deemed`, 行政许可法 Art. 32(4)). Due dates
    are those that hold today; they are None while no limit runs yet. Of a limit in hours
    `due_at` is the last moment that is on time, and `decided_at` is compared with it.
    `papers_saved` are originals and copies that nobody was asked for.
    """

    number: str
    item: str
    item_name: str
    department_name: str
    window_name: str
    received_on: date
    stage: Stage
    outcome: Outcome = Outcome.NONE
    accepted_on: date | None = None
    deemed: bool = False
    supplement_asked_on: date | None = None
    declined_on: date | None = None
    decided_on: date | None = None
    released_on: date | None = None
    promised_due: date | None = None
    statutory_due: date | None = None
    due_at: datetime | None = None
    decided_at: datetime | None = None
    papers_saved: int = 0
