"""Every limit of a case explained day by day: what each day counted for, and why."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from clerk.contract.limits import Limit
from clerk.rules.bundle.handling import is_jointly_reviewed
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.clocks import clocks_of
from clerk.rules.case.state import Case
from clerk.rules.clock import (
    ClockFacts,
    DayCount,
    Deadline,
    day_of,
    derive_deadline,
    explain_days,
)

MOST_DAYS = 800
"""A list that somebody can still read: a little more than two years."""


class ClockKind(StrEnum):
    """Which limit a clock is of."""

    RECEIPT = "receipt"
    PROMISED = "promised"
    STATUTORY = "statutory"
    STEP = "step"
    DELIVERY = "delivery"


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """One limit: when it began and is due, and each day from the first to the last asked for.

    `finished_on` is when what it limits was done. `joint`: it is the law's limit of joint handling
    (Art. 42(2)), which follows from `bundle` by name, or else from the item itself.
    """

    kind: ClockKind
    limit: Limit
    started_on: date
    deadline: Deadline
    days: tuple[DayCount, ...]
    finished_on: date | None = None
    joint: bool = False
    bundle: str = ""


def explain_case(
    case: Case, calendar: WorkCalendar, now: datetime, until: date | None = None
) -> tuple[Explained, ...]:
    """All limits that ever ran for the case as it stands, each up to a day or its due date."""
    clocks = clocks_of(case, calendar)
    named = {
        ClockKind.RECEIPT: clocks.receipt,
        ClockKind.PROMISED: clocks.promised,
        ClockKind.STATUTORY: clocks.statutory,
        ClockKind.STEP: clocks.step,
        ClockKind.DELIVERY: clocks.delivery,
    }
    return tuple(
        _with_joint(case, _explain(kind, facts, calendar, now, until))
        for kind, facts in named.items()
        if facts
    )


def _with_joint(case: Case, explained: Explained) -> Explained:
    """The law's limit, with where it comes from if others act on the case too."""
    if explained.kind is not ClockKind.STATUTORY or not case.terms.joint:
        return explained
    by_bundle = case.place is not None and is_jointly_reviewed(case.terms, case.place.lead)
    bundle = case.place.bundle_name if case.place is not None and by_bundle else ""
    return replace(explained, joint=True, bundle=bundle)


def _explain(
    kind: ClockKind, facts: ClockFacts, calendar: WorkCalendar, now: datetime, until: date | None
) -> Explained:
    deadline = derive_deadline(facts, calendar, now)
    first = day_of(facts.started_at)
    last = min(max(until or deadline.due_on, first), first + timedelta(days=MOST_DAYS))
    days = explain_days(facts, calendar, first, last, now)
    return Explained(
        kind=kind,
        limit=facts.limit,
        started_on=first,
        deadline=deadline,
        days=tuple(days),
        finished_on=day_of(facts.finished_at) if facts.finished_at else None,
    )
