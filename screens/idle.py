"""Locking a desk that nobody has touched for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.app import ClerkApp

_LOOK_EVERY_S = 5.0


class IdleLock:
    """Locks the desk once no key came for so long, by a clock that goes on in a machine's sleep."""

    def __init__(self, app: ClerkApp, after_s: float) -> None:
        """Lock after so many seconds; 0 never does."""
        self._app = app
        self._after_s = after_s
        self._touched_ms: int | None = None

    def begin(self) -> None:
        """Look every few seconds from now on."""
        if self._after_s:
            self._app.set_interval(_LOOK_EVERY_S, self.look)

    def touch(self) -> None:
        """Somebody is there."""
        if self._app.is_open:
            self._touched_ms = self._app.desk.clock.monotonic_ms()

    def look(self) -> None:
        """Lock if the time is over; a desk that is locked, or not yet open, has nobody at it."""
        if not self._app.is_open or self._app.desk.session.locked:
            self._touched_ms = None
        elif self._touched_ms is None:
            self.touch()
        elif self._app.desk.clock.monotonic_ms() - self._touched_ms >= self._after_s * 1000:
            self._app.action_lock()
