"""The engine: simulated time, one source of chance, faults counted, a trace to read."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from tests.sim.town import moment_of

TRACE_LINES = 300


class ViolationError(Exception):
    """An invariant does not hold: a code and what was seen."""

    def __init__(self, code: str, **seen: object) -> None:
        super().__init__(code)
        self.code = code
        self.seen = seen

    def __str__(self) -> str:
        return f"{self.code} {self.seen}"


class CrashedError(Exception):
    """A process died in the middle of something; what was not committed is gone."""


class Engine:
    """Runs what was scheduled, in order of time; the same seed does the same."""

    __slots__ = (
        "bugs",
        "chance",
        "events",
        "faults",
        "healed",
        "now",
        "queue",
        "serial",
        "trace",
        "traced",
    )

    def __init__(self, seed: int, bugs: frozenset[str], *, traced: bool) -> None:
        self.chance = Random(seed)
        self.bugs = bugs
        self.now = 0
        self.events = 0
        self.serial = 0
        self.healed = False
        self.faults: Counter[str] = Counter()
        self.queue: list[tuple[int, int, Callable[..., None], tuple[Any, ...]]] = []
        self.traced = traced
        self.trace: deque[str] = deque(maxlen=TRACE_LINES)

    def at(self, delay: int, act: Callable[..., None], *told: object) -> None:
        """Do something so many milliseconds from now."""
        self.serial += 1
        heapq.heappush(self.queue, (self.now + delay, self.serial, act, told))

    def run_until(self, until: int, most: int) -> None:
        """Do everything that is due until then."""
        queue, pop = self.queue, heapq.heappop
        while queue and queue[0][0] <= until:
            self.now, _, act, told = pop(queue)
            self.events += 1
            try:
                act(*told)
            except CrashedError:
                continue
            if self.events > most:
                raise ViolationError("never_comes_to_rest", events=self.events)
        self.now = max(self.now, until)

    def has(self, bug: str) -> bool:
        """Whether a planted bug is switched on."""
        return bug in self.bugs

    def strikes(self, fault: str, rate: float) -> bool:
        """Whether a fault of this kind happens now; none does once everything heals."""
        if self.healed or self.chance.random() >= rate:
            return False
        self.faults[fault] += 1
        return True

    def moment(self, skew: int = 0) -> datetime:
        """The present, by a clock that is so many milliseconds ahead."""
        return moment_of(self.now + skew)

    def note(self, who: str, what: str, *told: object) -> None:
        """A line of the trace; it costs nothing where nobody reads it."""
        if self.traced:
            seen = " ".join(str(one) for one in told)
            self.trace.append(f"{self.now / 1000:>11.3f} {who:<8} {what} {seen}")
