"""The one place where the present time is read; everything else is handed a clock."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")

# Of the clocks that nobody sets, one that goes on while the machine sleeps; Windows has but one.
_SLEEPLESS = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def begin_of_day(day: date) -> datetime:
    """The first moment of a day of the office."""
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)


class Clock(Protocol):
    """Tells the present, so that a test or a simulation can tell another one."""

    def now(self) -> datetime:
        """The present moment in the office's zone, Asia/Shanghai."""

    def monotonic_ms(self) -> int:
        """Milliseconds that only grow, to notice that somebody changed the wall clock."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment in the office's zone."""
        return datetime.now(OFFICE_ZONE)

    def monotonic_ms(self) -> int:
        """Milliseconds since some fixed moment of this machine's run, its sleep among them."""
        if _SLEEPLESS is None:
            return time.monotonic_ns() // 1_000_000
        return time.clock_gettime_ns(_SLEEPLESS) // 1_000_000


class SettableClock:
    """A clock that stands where it was put: for tests, simulations and the demo day."""

    def __init__(self, at: datetime) -> None:
        """Start at a moment that names its zone."""
        assert at.tzinfo is not None, "a moment names its zone"
        self._at = at.astimezone(OFFICE_ZONE)
        self._wrong = timedelta()

    def now(self) -> datetime:
        """The moment this clock was last put to, as somebody set it wrong."""
        return self._at + self._wrong

    def monotonic_ms(self) -> int:
        """The same moment in milliseconds."""
        return int(self._at.timestamp() * 1000)

    def put(self, at: datetime) -> None:
        """Move to another moment: time passes."""
        self._at = at.astimezone(OFFICE_ZONE) - self._wrong

    def turn(self, by: timedelta) -> None:
        """Set the clock wrong by so much more, though no time passes."""
        self._wrong += by
