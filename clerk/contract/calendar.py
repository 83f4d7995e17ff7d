"""The office's calendar as it travels from central to the desks: rows, no decisions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec


class DayKind(StrEnum):
    """What a day is in the calendar; working are the first and the last."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP_WORKDAY = "makeup_workday"


class CalendarRow(msgspec.Struct, frozen=True):
    """One day of the State Council's yearly notice (调休): a holiday or a make-up working day."""

    day: date
    kind: DayKind


class CalendarData(msgspec.Struct, frozen=True):
    """The years that the office knows; what lies outside them is a forecast.

    A case remembers the version that it was decided under.
    """

    version: str
    first_year: int
    last_year: int
    holidays: tuple[date, ...] = ()
    makeup_workdays: tuple[date, ...] = ()
