"""The due date of a limit and how much of it is left."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

import msgspec

from clerk.contract.limits import Limit
from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock.counting import count_limit
from clerk.rules.clock.facts import PLAIN_REMEMBERED, ClockFacts
from clerk.rules.clock.moments import MICROSECOND, begin_of, localize, ordinal_of


class Deadline(msgspec.Struct, frozen=True):
    """What a limit says at a moment. Amounts are in the unit of the limit.

    `due_at` is the last moment that is on time: for days the end of `due_on`. `overdue_on` is
    the first day on which the limit is, or would be, overdue. `forecast`: the calendar does not
    know these years yet. `stopped`: the clock stands still, so the date will move if the stop
    lasts longer. `amount` is the limit with its extensions; of hours, those left are rounded up.
    A clock that was finished is told as it was then.
    """

    due_on: date
    due_at: datetime
    overdue_on: date
    forecast: bool
    stopped: bool
    overdue: bool
    amount: int
    used: int
    left: int


def derive_deadline(facts: ClockFacts, calendar: WorkCalendar, now: datetime) -> Deadline:
    """The deadline as it stands now, or stood when the clock was finished."""
    at = localize(now if facts.finished_at is None else min(now, facts.finished_at))
    count = count_limit(facts, calendar, at)
    due_at = count.scale.last_moment(count.due)
    used = count.used_at(count.scale.position_of(at))
    unit = count.scale.unit
    overdue = at > due_at
    return Deadline(
        due_on=due_at.date(),
        due_at=due_at,
        overdue_on=(due_at + MICROSECOND).date(),
        forecast=_is_forecast(facts, calendar, due_at),
        stopped=facts.finished_at is None and not overdue and count.stands_still(at),
        overdue=overdue,
        amount=-(-count.total // unit),
        used=used // unit,
        left=-(-(count.total - used) // unit),
    )


def find_due(facts: ClockFacts, calendar: WorkCalendar, now: datetime) -> tuple[date, bool]:
    """The due date of that deadline and whether it is a forecast: what lists hold of it."""
    if facts.is_plain:
        return _find_plain_due(facts.limit, calendar, ordinal_of(facts.started_at))
    return _find_due(facts, calendar, now)


@lru_cache(PLAIN_REMEMBERED)
def _find_plain_due(limit: Limit, calendar: WorkCalendar, started: int) -> tuple[date, bool]:
    began = begin_of(started)
    return _find_due(ClockFacts(began, limit), calendar, began)


def _find_due(facts: ClockFacts, calendar: WorkCalendar, now: datetime) -> tuple[date, bool]:
    at = localize(now if facts.finished_at is None else min(now, facts.finished_at))
    count = count_limit(facts, calendar, at)
    due_at = count.scale.last_moment(count.due)
    return due_at.date(), _is_forecast(facts, calendar, due_at)


def was_on_time(facts: ClockFacts, calendar: WorkCalendar) -> bool:
    """Whether a finished clock was on time; decided on the due date is (counting rule 4)."""
    assert facts.finished_at is not None, "only a finished clock was or was not on time"
    return not derive_deadline(facts, calendar, facts.finished_at).overdue


def _is_forecast(facts: ClockFacts, calendar: WorkCalendar, due_at: datetime) -> bool:
    started = localize(facts.started_at).date()
    return calendar.is_forecast(due_at.date()) or calendar.is_forecast(started)
