"""When a report makes itself, and which days it is then about: office days, office time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.report import Period
from clerk.errors import InputError
from clerk.rules.calendar import WorkCalendar

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY_DAY = "every-day"
WORKING_DAY = "working-day"
FIRST_OF_WEEK = "first-working-day-of-week"
FIRST_OF_MONTH = "first-working-day-of-month"
NAMED_DAYS = (EVERY_DAY, WORKING_DAY, FIRST_OF_WEEK, FIRST_OF_MONTH, *WEEKDAYS)
"""The days that have names; beside them a day of the month, 1 to 31."""

_BY_CALENDAR = {WORKING_DAY, FIRST_OF_WEEK, FIRST_OF_MONTH}
_MONTH_DAYS = range(1, 32)
_ONE = timedelta(days=1)
_LOOKED_BACK_DAYS = 70
"""Longer than from any first working day of a month to the next but one."""


class Span(StrEnum):
    """Which days a report is about, seen from the day on which it is due."""

    YESTERDAY = "yesterday"
    LAST_WEEK = "last-week"
    LAST_MONTH = "last-month"
    LAST_QUARTER = "last-quarter"
    LAST_YEAR = "last-year"
    THIS_MONTH = "this-month"


class Timing(msgspec.Struct, frozen=True):
    """On which days, and at what time of Asia/Shanghai."""

    on: str
    at: time

    @property
    def needs_calendar(self) -> bool:
        """Whether its days depend on holidays and make-up days."""
        return self.on in _BY_CALENDAR


def read_timing(on: str, at: str) -> Timing:
    """Days and time as they are typed. Raises InputError `schedule.days` or `schedule.time`."""
    if on not in NAMED_DAYS and not (on.isascii() and on.isdigit() and int(on) in _MONTH_DAYS):
        raise InputError("schedule.days", on=on, known=", ".join(NAMED_DAYS))
    try:
        moment = datetime.strptime(at, "%H:%M").time()  # noqa: DTZ007 - a time of day alone
    except ValueError:
        raise InputError("schedule.time", at=at) from None
    return Timing(on if on in NAMED_DAYS else str(int(on)), moment)


def read_span(text: str) -> Span:
    """A span as it is typed. Raises InputError `schedule.span`."""
    if text not in tuple(Span):
        raise InputError("schedule.span", span=text, known=", ".join(Span))
    return Span(text)


def find_last_due(timing: Timing, calendar: WorkCalendar | None, now: datetime) -> datetime | None:
    """The newest due time that is not after now. Missed ones before it are not made up."""
    today = now.astimezone(OFFICE_ZONE).date()
    for back in range(_LOOKED_BACK_DAYS):
        due = _due_on(timing, calendar, today - back * _ONE)
        if due is not None and due <= now:
            return due
    return None


def find_next_due(timing: Timing, calendar: WorkCalendar | None, now: datetime) -> datetime | None:
    """The first due time after now."""
    today = now.astimezone(OFFICE_ZONE).date()
    for ahead in range(_LOOKED_BACK_DAYS):
        due = _due_on(timing, calendar, today + ahead * _ONE)
        if due is not None and due > now:
            return due
    return None


def period_of(span: Span, due: datetime) -> Period:
    """The days that a report due at this moment is about; weeks run from Monday to Sunday."""
    today = due.astimezone(OFFICE_ZONE).date()
    month = today.replace(day=1)
    match span:
        case Span.YESTERDAY:
            return Period(today - _ONE, today - _ONE)
        case Span.LAST_WEEK:
            monday = today - timedelta(days=today.weekday())
            return Period(monday - 7 * _ONE, monday - _ONE)
        case Span.LAST_MONTH:
            return Period(_months_before(month, 1), month - _ONE)
        case Span.LAST_QUARTER:
            quarter = month.replace(month=month.month - (month.month - 1) % 3)
            return Period(_months_before(quarter, 3), quarter - _ONE)
        case Span.LAST_YEAR:
            year = month.replace(month=1)
            return Period(_months_before(year, 12), year - _ONE)
        case Span.THIS_MONTH:
            return Period(month, today)


def _due_on(timing: Timing, calendar: WorkCalendar | None, day: date) -> datetime | None:
    if not _falls_on(timing.on, calendar, day):
        return None
    return datetime.combine(day, timing.at, OFFICE_ZONE)


def _falls_on(on: str, calendar: WorkCalendar | None, day: date) -> bool:
    if on in _BY_CALENDAR:
        return calendar is not None and _is_office_day(on, calendar, day)
    if on == EVERY_DAY:
        return True
    if on in WEEKDAYS:
        return day.weekday() == WEEKDAYS.index(on)
    # A month that is shorter has it on its last day.
    return day.day == int(on) or (day.day < int(on) and (day + _ONE).day == 1)


def _is_office_day(on: str, calendar: WorkCalendar, day: date) -> bool:
    if not calendar.is_working_day(day):
        return False
    if on == WORKING_DAY:
        return True
    first = day.replace(day=1) if on == FIRST_OF_MONTH else day - day.weekday() * _ONE
    return not any(calendar.is_working_day(first + n * _ONE) for n in range((day - first).days))


def _months_before(first: date, count: int) -> date:
    months = first.year * 12 + first.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
