"""A circuit breaker: a register that fails again and again is let rest."""

from __future__ import annotations


class Breaker:
    """Opens after so many failures in a row, and lets one ask through after a pause.

    It is of one process: each finds out for itself, so that none trusts another's network.
    """

    def __init__(self, failures: int, pause_ms: float) -> None:
        """Begin closed: whoever asks may."""
        self._most = failures
        self._pause_ms = pause_ms
        self._failures = 0
        self._opened_ms: float | None = None
        self._trying = False

    @property
    def open(self) -> bool:
        """Whether the register rests now."""
        return self._opened_ms is not None

    def admits(self, now_ms: float) -> bool:
        """Whether to ask; after the pause one ask finds out for all."""
        if self._opened_ms is None:
            return True
        if self._trying or now_ms - self._opened_ms < self._pause_ms:
            return False
        self._trying = True
        return True

    def note_success(self) -> None:
        """It answered: all may ask again."""
        self._failures, self._opened_ms, self._trying = 0, None, False

    def note_failure(self, now_ms: float) -> None:
        """It did not; too often in a row, or at the trial, it rests from now on."""
        self._failures += 1
        if self._trying or self._failures >= self._most:
            self._opened_ms, self._trying = now_ms, False

    def note_nothing(self) -> None:
        """The ask came to nothing by itself: the trial is for another."""
        self._trying = False
