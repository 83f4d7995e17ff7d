"""A scale: whole numbers that a limit is counted on, days or microseconds.

One count then serves all four units. A position on a scale of days is a day *at its end*;
on a scale of hours it is a moment. A clock that stands still does so over a span (x, y]:
after position x, up to and including position y.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from clerk.contract.limits import Limit, Unit
from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock.days import DayScale
from clerk.rules.clock.facts import OfficeHours
from clerk.rules.clock.hours import NaturalHourScale, WorkingHourScale

Span = tuple[int, int]


class Scale(Protocol):
    """How one unit of limits is measured.

    `unit` is the size of 1 in the limit, `day` the size of a day that an extension adds, and
    `lands` tells whether a due date moves to a working day.
    """

    @property
    def unit(self) -> int:
        """The size of one unit of the limit."""

    @property
    def day(self) -> int:
        """The size of one day of an extension."""

    @property
    def lands(self) -> bool:
        """Whether the due date moves to the next working day."""

    def position_of(self, moment: datetime) -> int:
        """Where a moment lies."""

    def before(self, moment: datetime) -> int:
        """The last position that a stop or resumption at this moment leaves as it was."""

    def end_of_day(self, ordinal: int) -> int:
        """The position of a day's end."""

    def elapsed(self, position: int) -> int:
        """How much has been counted up to a position; only differences mean anything."""

    def reach(self, elapsed: int) -> int:
        """The earliest position at which so much has been counted."""

    def begins(self, position: int) -> datetime:
        """The first moment of a position."""

    def last_moment(self, position: int) -> datetime:
        """The last moment that is still on time when this position is due."""

    def span_is_over(self, position: int) -> datetime:
        """The first moment at which a span up to this position no longer stands."""


def choose_scale(
    limit: Limit, calendar: WorkCalendar, office_hours: tuple[OfficeHours, ...]
) -> Scale:
    """The scale of a limit; one of no hours is instant, so counted in days (rule 5)."""
    working = limit.unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)
    if limit.amount == 0 or limit.unit in (Unit.WORKING_DAYS, Unit.NATURAL_DAYS):
        return DayScale(calendar, working)
    return WorkingHourScale(calendar, office_hours) if working else NaturalHourScale()
