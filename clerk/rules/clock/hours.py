"""Counting in hours: working hours inside the office's hours, natural hours that run on.

A position is a moment in local microseconds (counting rule 8). Where the last hour ends
as the office closes, the limit is due then, not when it opens again.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock.facts import OfficeHours
from clerk.rules.clock.moments import (
    DAY,
    HOUR,
    count_microseconds,
    microseconds_into_day,
    moment_at,
)


class NaturalHourScale:
    """Hours that run day and night; also the ground that working hours stand on."""

    __slots__ = ()

    unit: ClassVar[int] = HOUR
    lands: ClassVar[bool] = False

    @property
    def day(self) -> int:
        """A day of an extension is 24 hours."""
        return DAY

    def position_of(self, moment: datetime) -> int:
        """The moment in local microseconds."""
        return count_microseconds(moment)

    def before(self, moment: datetime) -> int:
        """The moment itself: a stop begins just after it."""
        return count_microseconds(moment)

    def end_of_day(self, ordinal: int) -> int:
        """The midnight that ends the day."""
        return (ordinal + 1) * DAY

    def elapsed(self, position: int) -> int:
        """Every microsecond counts."""
        return position

    def reach(self, elapsed: int) -> int:
        """Every microsecond counts."""
        return elapsed

    def begins(self, position: int) -> datetime:
        """The moment."""
        return moment_at(position)

    def last_moment(self, position: int) -> datetime:
        """The moment: done at it is on time."""
        return moment_at(position)

    def span_is_over(self, position: int) -> datetime:
        """The moment."""
        return moment_at(position)


class WorkingHourScale(NaturalHourScale):
    """Hours inside the office's hours of working days."""

    __slots__ = ("_calendar", "_day", "_stretches")

    def __init__(self, calendar: WorkCalendar, office_hours: tuple[OfficeHours, ...]) -> None:
        """Lay out one working day: opens, closes, and the office time before, in microseconds."""
        self._calendar = calendar
        stretches: list[tuple[int, int, int]] = []
        day = 0
        for hours in sorted(office_hours, key=lambda each: each.opens):
            opens, closes = microseconds_into_day(hours.opens), microseconds_into_day(hours.closes)
            stretches.append((opens, closes, day))
            day += closes - opens
        self._stretches = tuple(stretches)
        self._day = day

    @property
    def day(self) -> int:
        """A day of an extension is the office's hours of one working day."""
        return self._day

    def elapsed(self, position: int) -> int:
        """Office time up to the moment: whole working days, and the open part of this one."""
        ordinal, rest = divmod(position, DAY)
        days_before = self._calendar.number_of(ordinal - 1)
        whole = days_before * self._day
        if self._calendar.number_of(ordinal) == days_before:
            return whole
        return whole + sum(
            min(rest, closes) - opens for opens, closes, _ in self._stretches if opens < rest
        )

    def reach(self, elapsed: int) -> int:
        """The earliest moment, so a day's last hour ends that day and not the next morning."""
        days_before, rest = divmod(elapsed - 1, self._day)
        rest += 1
        opens, before = next(
            (opens, before) for opens, _, before in reversed(self._stretches) if before < rest
        )
        return self._calendar.ordinal_of(days_before + 1) * DAY + opens + rest - before
