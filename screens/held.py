"""What ends while the desk is locked is shown once whoever locked it is back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import TYPE_CHECKING

from textual.worker import Worker

if TYPE_CHECKING:
    from screens.app import ClerkApp
    from screens.base import DeskScreen

Ended = Callable[[], Awaitable[None]]


class Held:
    """Keeps what would lie over the sign-in box, or be told beside it to whoever passes by."""

    def __init__(self, app: ClerkApp) -> None:
        """Nothing is kept yet."""
        self._app = app
        self._waiting: dict[Hashable, Ended] = {}

    async def show(self, screen: DeskScreen, ended: Ended, key: Hashable = None) -> None:
        """Show it now, or later; of one key what ended last."""
        if self._is_covered(screen):
            self._waiting.pop(key, None)
            self._waiting[key if key is not None else object()] = ended
        else:
            await ended()

    def release(self, *, same_person: bool) -> None:
        """Show what was kept, in the order it ended; nobody else is shown any of it."""
        waiting, self._waiting = tuple(self._waiting.values()), {}
        if waiting and same_person:
            _started: Worker[None] = self._app.run_worker(_one_by_one(waiting), group="held")

    def _is_covered(self, screen: DeskScreen) -> bool:
        """Whether the sign-in box lies over a screen; what the box itself asks it shows."""
        front = self._app.front
        return front is not None and front.SHUTS and front is not screen


async def _one_by_one(waiting: tuple[Ended, ...]) -> None:
    for ended in waiting:
        await ended()
