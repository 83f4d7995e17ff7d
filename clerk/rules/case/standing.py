"""Which special procedures stop the clock of a case at a moment, and until when (Art. 45).

A stop that nobody resumed ends by itself after its planned days, or (local) stays and is
reported. The rules see that on the day; `StopLapsed` writes it down for all to see.
"""

from __future__ import annotations

from datetime import date, timedelta

from clerk.clock import begin_of_day
from clerk.contract.proposal import StopLapsed
from clerk.contract.user import CLOCK_ACTOR
from clerk.rules import clock
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.choosing import settings_for
from clerk.rules.case.context import Context
from clerk.rules.case.state import Case, Stop


def clock_stop(stop: Stop) -> clock.Stop:
    """The stop as the clock counts it; one that ended by itself stood through its last day."""
    ended_at = stop.resumed_at
    if ended_at is None and stop.last is not None:
        ended_at = begin_of_day(stop.last + timedelta(days=1))
    longer = tuple(clock.Prolongation(one.at, one.days) for one in stop.longer)
    return clock.Stop(stop.began_at, stop.planned_days, ended_at, longer)


def last_planned_day(stop: Stop, calendar: WorkCalendar) -> date:
    """The day at whose end its planned days are over, prolongations included."""
    return clock.planned_end(clock_stop(stop), calendar)


def standing_stops(case: Case, context: Context) -> tuple[Stop, ...]:
    """The stops that hold the clock today."""
    stays = settings_for(case, context.calendar).stay_stopped
    return tuple(
        stop
        for stop in case.open_stops
        if stays or last_planned_day(stop, context.calendar) >= context.today
    )


def lapses(case: Case, context: Context) -> tuple[StopLapsed, ...]:
    """What has to be written down of stops whose planned days are over; twice is once."""
    stays = settings_for(case, context.calendar).stay_stopped
    found = []
    for stop in case.open_stops:
        last = last_planned_day(stop, context.calendar)
        if last < context.today and not (stop.overrun and stays):
            ended = not stays
            found.append(
                StopLapsed(at=context.now, by=CLOCK_ACTOR, stop=stop.n, last=last, ended=ended)
            )
    return tuple(found)
