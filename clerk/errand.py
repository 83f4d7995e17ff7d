"""Something that takes a while: how far it is, and whether somebody called it off.

Whoever does the work tells its steps here and asks before what cannot be undone; whoever waits
reads it from another thread.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

from clerk.errors import CancelledError

T = TypeVar("T")
P = ParamSpec("P")
_TOLD_EVERY = 64
_NEARLY = 99


class Phase(StrEnum):
    """What is being done just now."""

    FETCHING = "fetching"
    SENDING = "sending"
    INVENTING = "inventing"
    COMPARING = "comparing"
    CHECKING = "checking"
    COPYING = "copying"
    READING = "reading"
    WRITING = "writing"
    PACKING = "packing"
    SEALING = "sealing"
    SIGNING = "signing"
    SETTING = "setting"
    PRINTING = "printing"
    CASES = "cases"
    ACTS = "acts"
    PAPERS = "papers"
    PAGES = "pages"
    SCAN = "scan"
    NAMES = "names"
    PASSWORDS = "passwords"
    STEPS = "steps"


IN_PERCENT = frozenset({Phase.CHECKING, Phase.COPYING, Phase.READING, Phase.SCAN, Phase.SETTING})
"""What these count, pages and bytes, means nothing to a person: only the share of it does."""


class Progress(NamedTuple):
    """How far a phase is: so many of so many; a total of 0 is not known.

    `left_s` is there where it is known beforehand how long the phase takes, in seconds.
    """

    phase: Phase
    done: int = 0
    total: int = 0
    left_s: int | None = None


class Errand:
    """One piece of work, watched and called off from another thread."""

    def __init__(self) -> None:
        """Not begun, not called off."""
        # Ctrl+C is heard in the thread that works, perhaps while it asks.
        self._lock = threading.RLock()
        self._cancelled = self._sure = False
        self._stands = False
        self._progress = Progress(Phase.FETCHING)
        self._began = self._expected_s = 0.0

    @property
    def progress(self) -> Progress:
        """How far it is."""
        expected_s = self._expected_s
        if not expected_s:
            return self._progress
        elapsed_s = time.monotonic() - self._began
        percent = min(_NEARLY, int(100 * elapsed_s / expected_s))
        left_s = max(1, math.ceil(expected_s - elapsed_s))
        return Progress(self._progress.phase, percent, 100, left_s)

    @property
    def stands(self) -> bool:
        """Whether something was done that stays, though what comes after it be called off."""
        return self._stands

    def cancel(self) -> bool:
        """Call it off; False once it is past its last question, for then it happens."""
        with self._lock:
            self._cancelled = self._cancelled or not self._sure
            return self._cancelled

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        """Say how far it is. Raises CancelledError where it was called off."""
        self._expected_s = 0.0
        self._progress = Progress(phase, done, total)
        with self._lock:
            self._raise_cancelled()

    def expect(self, phase: Phase, seconds: float) -> None:
        """Say what begins now that cannot tell how far it is, and how long it takes.

        Raises CancelledError where it was called off.
        """
        self.tell(phase)
        self._began, self._expected_s = time.monotonic(), seconds

    def follow(self, phase: Phase, things: Iterable[T], total: int) -> Iterator[T]:
        """These things one by one, telling now and then. Raises CancelledError between two.

        There may be a few more of them than the total says.
        """
        for done, thing in enumerate(things):
            if done % _TOLD_EVERY == 0:
                self.tell(phase, min(done, total), total)
            yield thing
        self.tell(phase, total, total)

    def make_sure(self) -> None:
        """Ask for the last time: from here on it happens. Raises CancelledError."""
        with self._lock:
            self._raise_cancelled()
            self._sure = True

    def go_on(self) -> None:
        """What was made sure of stands; what comes now may be called off for itself."""
        with self._lock:
            self._sure, self._stands = False, True

    def surely(self, act: Callable[P, T]) -> Callable[P, T]:
        """Ask for the last time when this is done: of a transaction that is before its commit."""

        @wraps(act)
        def done(*given: P.args, **named: P.kwargs) -> T:
            result = act(*given, **named)
            self.make_sure()
            return result

        return done

    def _raise_cancelled(self) -> None:
        if self._cancelled:
            raise CancelledError
