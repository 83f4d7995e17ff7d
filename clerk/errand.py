"""Something that takes a while: how far it is, and whether somebody called it off.

Whoever does the work tells its steps here and asks before what cannot be undone; whoever waits
reads it from another thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

from clerk.errors import ClerkError

T = TypeVar("T")
P = ParamSpec("P")
_TOLD_EVERY = 64


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
    CASES = "cases"
    ACTS = "acts"
    PAPERS = "papers"
    PAGES = "pages"
    SCAN = "scan"
    NAMES = "names"
    PASSWORDS = "passwords"
    STEPS = "steps"


IN_PERCENT = frozenset({Phase.CHECKING, Phase.COPYING, Phase.READING, Phase.SCAN})
"""What these count, pages and bytes, means nothing to a person: only the share of it does."""


class Progress(NamedTuple):
    """How far a phase is: so many of so many; a total of 0 is not known."""

    phase: Phase
    done: int = 0
    total: int = 0


class CancelledError(ClerkError):
    """It was called off in time: nothing of it remains, or what its code says."""

    def __init__(self, code: str = "errand.cancelled", **parameters: object) -> None:
        """Another code where something stands that was done before."""
        super().__init__(code, **parameters)


class Errand:
    """One piece of work, watched and called off from another thread."""

    def __init__(self) -> None:
        """Not begun, not called off."""
        # Ctrl+C is heard in the thread that works, perhaps while it asks.
        self._lock = threading.RLock()
        self._cancelled = self._sure = False
        self._progress = Progress(Phase.FETCHING)

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._progress

    def cancel(self) -> bool:
        """Call it off; False once it is past its last question, for then it happens."""
        with self._lock:
            self._cancelled = self._cancelled or not self._sure
            return self._cancelled

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        """Say how far it is. Raises CancelledError where it was called off."""
        self._progress = Progress(phase, done, total)
        with self._lock:
            self._raise_cancelled()

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
