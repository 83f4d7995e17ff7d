"""What limits, days of the week and reasons of a day are called."""

from __future__ import annotations

from datetime import date

from clerk.locale import _, mark
from clerk.rules.case.explaining import ClockKind
from clerk.rules.clock import DayReason

_CLOCKS = {
    ClockKind.RECEIPT: mark("To accept by"),
    ClockKind.PROMISED: mark("Promised limit"),
    ClockKind.STATUTORY: mark("Statutory limit"),
    ClockKind.STEP: mark("Limit of the present step"),
    ClockKind.DELIVERY: mark("Deliver by"),
}
_WEEKDAYS = (
    mark("Mon"),
    mark("Tue"),
    mark("Wed"),
    mark("Thu"),
    mark("Fri"),
    mark("Sat"),
    mark("Sun"),
)
_REASONS = {
    DayReason.BEFORE_START: mark("before it began"),
    DayReason.START_DAY: mark("the day it began is not counted"),
    DayReason.COUNTED: mark("counted"),
    DayReason.MAKEUP_WORKDAY: mark("counted: a weekend that is worked (make-up day)"),
    DayReason.WEEKEND: mark("weekend"),
    DayReason.HOLIDAY: mark("public holiday"),
    DayReason.STOPPED: mark("the clock stood still"),
    DayReason.MOVED: mark("no working day: the due date moves over it"),
    DayReason.DUE: mark("due"),
    DayReason.AFTER_DUE: mark("after the due date"),
    DayReason.ENDED: mark("it had ended"),
}


def name_clock(kind: ClockKind) -> str:
    """Which limit it is."""
    return _(_CLOCKS[kind])


def name_weekday(day: date) -> str:
    """The day of the week, short."""
    return _(_WEEKDAYS[day.weekday()])


def tell_day(reason: DayReason) -> str:
    """Why a day counted or did not."""
    return _(_REASONS[reason])
