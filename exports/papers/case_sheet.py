"""A case on one paper: where it stands, what happened, and its limits explained day by day."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import msgspec

from clerk.contract.case import ClockState, Delivery, Outcome, Stage
from clerk.contract.limits import Limit
from clerk.contract.register import AnswerState
from clerk.rules.case.explaining import ClockKind
from clerk.rules.clock import DayReason
from clerk.rules.identifiers.masking import looks_like_identifier
from exports.papers.forms import Paper


class SheetEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event; `type` is its tag, `note` what somebody wrote, `document` its paper's number."""

    at: datetime
    by: str
    type: str
    note: str = ""
    document: str = ""


class SheetLook(msgspec.Struct, frozen=True, kw_only=True):
    """What a register was last seen to say about the applicant, masked, and how old it was."""

    name: str
    at: datetime
    state: AnswerState
    as_of: datetime | None = None
    told: str = ""


class SheetDay(msgspec.Struct, frozen=True, kw_only=True):
    """One day of a limit. `counted` is its number, or the minutes of a limit in hours."""

    day: date
    weekday: int
    counted: str
    reason: DayReason


class SheetClock(msgspec.Struct, frozen=True, kw_only=True):
    """One limit with its days. `joint`: of joint handling, as `bundle` or the item has it."""

    kind: ClockKind
    limit: Limit
    started_on: date
    due_on: date
    overdue: bool
    forecast: bool
    days: tuple[SheetDay, ...]
    joint: bool = False
    bundle: str = ""


class CaseSheet(Paper, frozen=True, kw_only=True):
    """办件单: for the file of the case, and for whoever asks why a date is what it is."""

    template: ClassVar[str] = "case_sheet"

    case_number: str
    item_name: str
    department_name: str
    applicant: str
    masked_id: str
    window: str
    received_at: datetime
    printed_at: datetime
    stage: Stage
    clock: ClockState
    outcome: Outcome
    delivery: Delivery
    step: str
    events: tuple[SheetEvent, ...]
    clocks: tuple[SheetClock, ...]
    looked: tuple[SheetLook, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The number of the case."""
        return (self.case_number,)

    def __post_init__(self) -> None:
        """Assert that no whole ID number is shown."""
        assert not looks_like_identifier(self.masked_id), "an ID number on paper is masked"
