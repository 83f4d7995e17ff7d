"""The limits of a matter: when whoever brought it is to be talked to, and answered.

They are the office's own (*local*), in working days from the day it came; handing it on starts
none anew, for whoever brought it waits for the office. Nothing stops them.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from clerk.contract.limits import Limit
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.choosing import clock_settings
from clerk.rules.clock import ClockFacts, Light, find_due, light_at
from clerk.rules.clock.moments import day_of
from clerk.rules.matter.state import Matter

_MOST_PRESSING = (Light.RED, Light.YELLOW, Light.GREEN)


class MatterDates(msgspec.Struct, frozen=True, kw_only=True):
    """When a matter is due. `overdue` and `contact_overdue` tell of what was late, too."""

    answer_due: date
    contact_due: date | None = None
    overdue: bool = False
    contact_overdue: bool = False


def answer_clock(matter: Matter, calendar: WorkCalendar) -> ClockFacts:
    """The clock of answering, or of mending."""
    return _clock(matter, matter.limits.answer_days, matter.ended_at, calendar)


def contact_clock(matter: Matter, calendar: WorkCalendar) -> ClockFacts | None:
    """The clock of contacting, where there is one; whoever is answered was talked to."""
    days = matter.limits.contact_days
    if days is None:
        return None
    moments = (matter.contacted.at if matter.contacted else None, matter.ended_at)
    finished_at = min((one for one in moments if one), default=None)
    return _clock(matter, days, finished_at, calendar)


def dates_of(matter: Matter, calendar: WorkCalendar, now: datetime) -> MatterDates:
    """When a matter is due, and what was or is late; on the due date is on time."""
    answer, contact = answer_clock(matter, calendar), contact_clock(matter, calendar)
    contact_due = find_due(contact, calendar, now)[0] if contact else None
    answer_due = find_due(answer, calendar, now)[0]
    return MatterDates(
        answer_due=answer_due,
        contact_due=contact_due,
        overdue=_is_late(answer, answer_due, now),
        contact_overdue=bool(contact and contact_due and _is_late(contact, contact_due, now)),
    )


def light_of(matter: Matter, calendar: WorkCalendar, now: datetime) -> Light:
    """The light of whichever limit presses most; none once nothing is owed."""
    clocks = (answer_clock(matter, calendar), contact_clock(matter, calendar))
    lights = {light_at(one, calendar, now) for one in clocks if one is not None}
    return next((one for one in _MOST_PRESSING if one in lights), Light.NONE)


def spent_days(matter: Matter, calendar: WorkCalendar) -> int | None:
    """Working days from its coming to the answer; None while there is none."""
    if matter.answered is None:
        return None
    return calendar.working_days_between(day_of(matter.taken_at), day_of(matter.answered.at))


def _clock(
    matter: Matter, days: int, finished_at: datetime | None, calendar: WorkCalendar
) -> ClockFacts:
    choice = calendar.choices.held_at(matter.taken_at)
    return ClockFacts(
        started_at=matter.taken_at,
        limit=Limit(days),
        finished_at=finished_at,
        settings=clock_settings(choice),
    )


def _is_late(clock: ClockFacts, due: date, now: datetime) -> bool:
    return day_of(clock.finished_at or now) > due
