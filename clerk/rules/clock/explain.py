"""Why each day counted or not, as codes; the words for them are written elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.calendar import DayKind
from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock.counting import Count, count_limit
from clerk.rules.clock.facts import ClockFacts
from clerk.rules.clock.moments import MINUTE, day_of


class DayReason(StrEnum):
    """Why a day counted or did not.

    `moved`: a due date that was no working day moves over this day. `ended`: the clock was
    finished before. A weekend or holiday inside a stop is told as such where only working days
    count, for the stop did not cost it.
    """

    BEFORE_START = "before_start"
    START_DAY = "start_day"
    COUNTED = "counted"
    MAKEUP_WORKDAY = "makeup_workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    STOPPED = "stopped"
    MOVED = "moved"
    DUE = "due"
    AFTER_DUE = "after_due"
    ENDED = "ended"


class DayCount(msgspec.Struct, frozen=True):
    """One day of a clock. `nth` numbers the counted days of a limit in days.

    For a limit in hours `minutes` is what the day contributed, a part of a minute cut off.
    """

    day: date
    counted: bool
    reason: DayReason
    nth: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every day of one clock is held against."""

    count: Count
    calendar: WorkCalendar
    started: date
    due: date
    ended: date | None


def explain_days(
    facts: ClockFacts, calendar: WorkCalendar, first: date, last: date, now: datetime
) -> list[DayCount]:
    """Each day from the first to the last; `now` matters only to a stop that is kept open."""
    count = count_limit(facts, calendar, now)
    frame = _Frame(
        count=count,
        calendar=calendar,
        started=day_of(facts.started_at),
        due=day_of(count.scale.last_moment(count.due)),
        ended=None if facts.finished_at is None else day_of(facts.finished_at),
    )
    used_before = count.used_at(count.scale.end_of_day(first.toordinal() - 1))
    told: list[DayCount] = []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        used = count.used_at(count.scale.end_of_day(ordinal))
        told.append(_explain_day(frame, date.fromordinal(ordinal), used, used - used_before))
        used_before = used
    return told


def _explain_day(frame: _Frame, day: date, used: int, gained: int) -> DayCount:
    if frame.ended is not None and day > frame.ended:
        return DayCount(day, counted=False, reason=DayReason.ENDED)
    counted = gained > 0
    reason = _reason_of(frame, day, counted=counted)
    if frame.count.scale.unit == 1:
        return DayCount(day, counted=counted, reason=reason, nth=used if counted else None)
    return DayCount(day, counted=counted, reason=reason, minutes=gained // MINUTE)


def _reason_of(frame: _Frame, day: date, *, counted: bool) -> DayReason:
    if day < frame.started:
        return DayReason.BEFORE_START
    if day >= frame.due:
        return DayReason.DUE if day == frame.due else DayReason.AFTER_DUE
    if counted:
        is_makeup = frame.calendar.kind_of(day) is DayKind.MAKEUP_WORKDAY
        return DayReason.MAKEUP_WORKDAY if is_makeup else DayReason.COUNTED
    return DayReason.START_DAY if day == frame.started else _reason_not_counted(frame, day)


def _reason_not_counted(frame: _Frame, day: date) -> DayReason:
    count, scale, ordinal = frame.count, frame.count.scale, day.toordinal()
    end = scale.end_of_day(ordinal)
    if scale.elapsed(end) == scale.elapsed(scale.end_of_day(ordinal - 1)):
        is_holiday = frame.calendar.kind_of(day) is DayKind.HOLIDAY
        return DayReason.HOLIDAY if is_holiday else DayReason.WEEKEND
    stands = any(after < end <= until for after, until in count.spans)
    return DayReason.MOVED if end > count.reached and not stands else DayReason.STOPPED
