"""The desk's time: the machine's clock, put right by central's word where the two differ.

Central's time as of the last hello runs on with the machine's monotonic clock, which nobody
sets. So whoever sets the wall clock changes neither what a receipt is dated nor how long
central's word holds, and is told that the clock is wrong.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from clerk.clock import OFFICE_ZONE, Clock

AS_GOOD_AS_RIGHT = timedelta(seconds=30)
"""What a slow line may make of a right clock: so little is not corrected."""

MOST_OFF = timedelta(minutes=2)
"""A clock that is off by more is told of."""


class ClockFault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with this machine's clock: a code, and by how many minutes."""

    code: str
    minutes: int


class Timekeeper:
    """A clock over the machine's own."""

    def __init__(self, machine: Clock) -> None:
        """Begin with nothing but the machine's word."""
        self._machine = machine
        self._begun = (machine.now(), machine.monotonic_ms())
        self._told: tuple[datetime, int] | None = None
        self._off_when_told = timedelta()
        self._behind = timedelta()

    def now(self) -> datetime:
        """The present moment, by central's time where it is known and differs."""
        off = self.find_off()
        machine = self._machine.now()
        return machine if off is None or abs(off) <= AS_GOOD_AS_RIGHT else machine - off

    def today(self) -> date:
        """The office's date."""
        return self.now().astimezone(OFFICE_ZONE).date()

    def monotonic_ms(self) -> int:
        """The machine's clock that only grows."""
        return self._machine.monotonic_ms()

    def hear(self, central_time: datetime) -> None:
        """Take central's word for what time it is now."""
        self._told = (central_time, self.monotonic_ms())
        self._off_when_told = self._machine.now() - central_time
        self._behind = timedelta()

    def recall(self, seen: datetime | None) -> None:
        """The desk ran at this moment before: a clock that shows an earlier one was set back."""
        if seen is not None:
            self._behind = max(seen - self._machine.now(), timedelta())

    def find_off(self) -> timedelta | None:
        """How far the machine's clock is ahead of central's, as far as this run knows."""
        return None if self._told is None else self._machine.now() - self._run_on(self._told)

    @property
    def was_set(self) -> bool:
        """Whether somebody set the wall clock since central was last asked for the time."""
        off = self.find_off()
        return off is not None and abs(off - self._off_when_told) > MOST_OFF

    def find_fault(self) -> ClockFault | None:
        """What to tell of the machine's clock, if anything."""
        off = self.find_off()
        if off is not None:
            return _fault("clock.fast" if off > timedelta() else "clock.slow", off)
        if self._behind > MOST_OFF:
            return _fault("clock.set_back", self._behind)
        return _fault("clock.was_set", self._machine.now() - self._run_on(self._begun))

    def _run_on(self, from_: tuple[datetime, int]) -> datetime:
        return from_[0] + timedelta(milliseconds=self.monotonic_ms() - from_[1])


def _fault(code: str, off: timedelta) -> ClockFault | None:
    if abs(off) <= MOST_OFF:
        return None
    return ClockFault(code=code, minutes=round(abs(off) / timedelta(minutes=1)))
