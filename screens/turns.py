"""One key after the other: what a key does is done before one of another kind is given.

A scanner sends a number and Enter in a few milliseconds and the clerk types on. Textual gives each
key to whatever has the focus at that instant, which would be the box before; acts on a screen's own
keys at once, while the text before them is still on its way; and on BackSpace and arrows last of
all, when the character behind them is in the box already.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input
from textual.worker import Worker

if TYPE_CHECKING:
    from textual.app import App

KeyOrPaste = events.Key | events.Paste


class ScanEnd(events.Key):
    """The Enter that ended a scan: instead of it something is done, once all before has arrived."""

    def __init__(self, end: Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]) -> None:
        """Do this; it is handed what gives the Enter on after all."""
        super().__init__("enter", "\r")
        self.end = end


Give = Callable[[events.Event], Awaitable[None]]

MOST_WAIT_S = 1.0
"""After so long the keys go on, whatever a widget is still busy with."""

_WALKING = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown"})
_EDITING = frozenset({"backspace", "delete", "left", "right", "home", "end"})
_QUIET_ROUNDS = 2


class _Kind(Enum):
    """How a key goes: keys of one kind keep their order, but those that move go one by one."""

    TYPES = auto()
    WALKS = auto()
    MOVES = auto()


class Turns:
    """Gives keys and pastes in their turn; they wait while one of another kind is on its way."""

    def __init__(self, app: App[None], give: Give) -> None:
        """Give an event by this, within the app's own messages."""
        self._app = app
        self._give = give
        self._waiting: deque[KeyOrPaste] = deque()
        self._on_its_way: _Kind | None = None
        self._resting = False

    async def take(self, *taken: KeyOrPaste) -> None:
        """Give them now, or when their turn comes."""
        self._waiting.extend(taken)
        await self._go_on()

    async def _go_on(self) -> None:
        while self._waiting and not self._resting:
            kind = _kind(self._app, self._waiting[0])
            in_order = self._on_its_way in {None, kind}
            if in_order:
                self._on_its_way = kind
                await self._hand_over(self._waiting.popleft())
            if kind is _Kind.MOVES or not in_order:
                self._resting = True
                _started: Worker[None] = self._app.run_worker(self._settle, group="turns")

    async def _hand_over(self, event: KeyOrPaste) -> None:
        if isinstance(event, ScanEnd):
            await event.end(partial(self._give, events.Key("enter", "\r")))
        else:
            await self._give(event)

    async def _settle(self) -> None:
        """Wait until what the keys began has come to rest, then give what came meanwhile."""
        rest = asyncio.create_task(self._rest())
        try:
            await asyncio.wait({rest}, timeout=MOST_WAIT_S)
        finally:
            rest.cancel()  # also where the window closes: nobody answers any more
        self._resting, self._on_its_way = False, None
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


def _kind(app: App[None], event: KeyOrPaste) -> _Kind:
    """Changing a text and walking in it or in a list leave the focus where it is."""
    if isinstance(event, events.Paste):
        return _Kind.TYPES
    if isinstance(app.focused, Input):
        if event.is_printable:
            return _Kind.TYPES
        return _Kind.WALKS if event.key in _EDITING else _Kind.MOVES
    return _Kind.WALKS if event.key in _WALKING else _Kind.MOVES
