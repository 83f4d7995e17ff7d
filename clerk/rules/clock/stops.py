"""When special procedures stop the clock, and until when (行政许可法 Art. 45).

A stop stands from the day it began. Its planned end is the end of its last planned working day
after that day, so that day still stands wholly and is left out, while the day of a resumption
counts: a stop of one planned day begun on a Monday leaves out Monday and Tuesday. One without
a planned day ends at the end of the day it began (counting rules 2 and 3).
"""

from __future__ import annotations

from datetime import date, datetime

from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock.facts import ClockFacts, Stop
from clerk.rules.clock.moments import day_of, ordinal_of
from clerk.rules.clock.scale import Scale, Span


def planned_end(stop: Stop, calendar: WorkCalendar) -> date:
    """The last planned working day, at whose end the stop ends by itself.

    A prolongation counts if it was approved by then; one approved later came too late.
    """
    return date.fromordinal(_planned_end(stop, calendar))


def find_overrun_stops(
    facts: ClockFacts, calendar: WorkCalendar, now: datetime
) -> tuple[Stop, ...]:
    """The stops to report: past their planned end and still open, where the office keeps them."""
    if not facts.settings.stay_stopped:
        return ()
    today = day_of(now)
    return tuple(
        stop
        for stop in facts.stops
        if stop.ended_at is None and planned_end(stop, calendar) < today
    )


def is_kept_open(stop: Stop, facts: ClockFacts) -> bool:
    """Whether only a person ends this stop, and none has."""
    return facts.settings.stay_stopped and stop.ended_at is None


def span_of(
    stop: Stop, facts: ClockFacts, calendar: WorkCalendar, scale: Scale, now: datetime
) -> Span:
    """The span in which the clock stands because of this stop.

    A stop kept open past its planned end is taken to stand through today: nobody knows longer.
    """
    began = scale.before(stop.began_at)
    if facts.settings.stay_stopped:
        if stop.ended_at is not None:
            return began, scale.before(stop.ended_at)
        last = max(_planned_end(stop, calendar), ordinal_of(now))
        return began, scale.end_of_day(last)
    planned = scale.end_of_day(_planned_end(stop, calendar))
    if stop.ended_at is None:
        return began, planned
    return began, min(planned, scale.before(stop.ended_at))


def _planned_end(stop: Stop, calendar: WorkCalendar) -> int:
    began = ordinal_of(stop.began_at)
    days = stop.planned_days
    end = _after(began, days, calendar)
    for prolongation in sorted(stop.prolongations, key=lambda each: each.approved_at):
        if ordinal_of(prolongation.approved_at) > end:
            break
        days += prolongation.working_days
        end = _after(began, days, calendar)
    return end


def _after(began: int, days: int, calendar: WorkCalendar) -> int:
    return calendar.ordinal_of(calendar.number_of(began) + days) if days > 0 else began
