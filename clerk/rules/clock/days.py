"""Counting in days: working days (行政许可法 Art. 82) and natural days.

A position is a day at its end, as ordinal (counting rules 2 and 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock.moments import MICROSECOND, begin_of, ordinal_of


@dataclass(frozen=True, slots=True)
class DayScale:
    """Days of the calendar, all of them or the worked ones."""

    calendar: WorkCalendar
    working: bool

    unit: ClassVar[int] = 1
    day: ClassVar[int] = 1
    lands: ClassVar[bool] = True

    def position_of(self, moment: datetime) -> int:
        """The day of a moment."""
        return ordinal_of(moment)

    def before(self, moment: datetime) -> int:
        """The day before: whatever happens on a day decides how that day ends."""
        return ordinal_of(moment) - 1

    def end_of_day(self, ordinal: int) -> int:
        """The day itself: a position is its end."""
        return ordinal

    def elapsed(self, position: int) -> int:
        """Days up to and including this one."""
        return self.calendar.number_of(position) if self.working else position

    def reach(self, elapsed: int) -> int:
        """The day on which so many days have been counted."""
        return self.calendar.ordinal_of(elapsed) if self.working else elapsed

    def begins(self, position: int) -> datetime:
        """Midnight at which the day begins."""
        return begin_of(position)

    def last_moment(self, position: int) -> datetime:
        """The last moment of the day: decided on the due date is on time."""
        return begin_of(position + 1) - MICROSECOND

    def span_is_over(self, position: int) -> datetime:
        """Midnight after the day: it is left out as a whole."""
        return begin_of(position + 1)
