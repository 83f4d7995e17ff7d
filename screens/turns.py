"""One key after the other: a key that may move the focus is done before the next one is given.

A scanner sends a number and Enter in a few milliseconds and the clerk types on; Textual gives
each key to whatever has the focus at that instant, which would be the box before.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.app import App

KeyOrPaste = events.Key | events.Paste
Give = Callable[[events.Event], Awaitable[None]]

MOST_WAIT_S = 1.0
"""After so long the keys go on, whatever a widget is still busy with."""

_WALKING = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown"})
_EDITING = frozenset({"backspace", "delete", "left", "right", "home", "end"})
_QUIET_ROUNDS = 2


class Turns:
    """Gives keys and pastes in their turn; they wait while an earlier one moves the focus."""

    def __init__(self, app: App[None], give: Give) -> None:
        """Give an event by this, within the app's own messages."""
        self._app = app
        self._give = give
        self._waiting: deque[KeyOrPaste] = deque()
        self._moving = False

    async def take(self, event: KeyOrPaste) -> None:
        """Give it now, or when its turn comes."""
        self._waiting.append(event)
        await self._go_on()

    async def _go_on(self) -> None:
        while self._waiting and not self._moving:
            event = self._waiting.popleft()
            self._moving = _may_move(self._app, event)
            await self._give(event)
            if self._moving:
                self._app.run_worker(self._settle(), group="turns")

    async def _settle(self) -> None:
        """Wait until what the key began has come to rest, then give what came meanwhile."""
        rest = asyncio.create_task(self._rest())
        await asyncio.wait({rest}, timeout=MOST_WAIT_S)
        rest.cancel()
        self._moving = False
        self._app.call_later(self._go_on)

    async def _rest(self) -> None:
        quiet = 0
        while quiet < _QUIET_ROUNDS:
            quiet = quiet + 1 if await self._pass_round() else 0

    async def _pass_round(self) -> bool:
        """Wait for all that lies before each widget from the focus up; whether nothing followed."""
        focused, screen = self._app.focused, self._app.screen
        quiet = True
        for pump in focused.ancestors_with_self if focused else [screen, self._app]:
            await _wait(pump.call_later)
            quiet = quiet and not pump.message_queue_size
        await _wait(screen.call_after_refresh)
        await _wait(self._app.call_later)
        same = self._app.focused is focused and self._app.screen is screen
        return quiet and same


async def _wait(call: Callable[[Callable[[], None]], bool]) -> None:
    """Wait for a callback's turn; a widget that is closing takes none."""
    turn = asyncio.Event()
    if call(turn.set):
        await turn.wait()


def _may_move(app: App[None], event: KeyOrPaste) -> bool:
    """Whether a key can do more than change a text or walk within a list."""
    if isinstance(event, events.Paste):
        return False
    if isinstance(app.focused, Input):
        return not (event.is_printable or event.key in _EDITING)
    return event.key not in _WALKING
