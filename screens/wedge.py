"""Scanners and card readers as keyboards: what they send goes where it belongs, whatever has focus.

Keys that somebody types into a box go there at once. Those of a scan went there too, and are taken
out again when its Enter tells that it was one. Where keys are commands, they wait for a moment
until it is known whose they are.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
from textual import events
from textual.widgets import Input

from clerk.rules.burst import MOST_GAP_S, Burst, follow, is_scan
from clerk.rules.scanned import ScanKind, Scanned, read_scanned
from screens.turns import KeyOrPaste, ScanEnd, Turns

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from screens.app import ClerkApp


class _Start(msgspec.Struct, frozen=True):
    """Where a burst began, and what stood there before."""

    box: Input | None
    value: str = ""
    cursor: int = 0
    selected: bool = False


class Wedge:
    """Stands before the turns that keys wait for."""

    def __init__(self, app: ClerkApp, turns: Turns, carry: Callable[[Scanned], None]) -> None:
        """Pass keys on to these turns; carry out what was scanned with `carry`."""
        self._app = app
        self._turns = turns
        self._carry = carry
        self._burst: Burst | None = None
        self._start = _Start(None)
        self._held: list[events.Key] = []
        self._release: asyncio.Task[None] | None = None

    async def take(self, event: KeyOrPaste) -> None:
        """Pass a key on, hold it for a moment, or end a scan with it."""
        if isinstance(event, events.Paste):
            self._burst = None
            await self._pass(event)
        elif event.is_printable and event.character:
            await self._take_character(event, event.character)
        else:
            await self._take_other(event)

    async def _take_character(self, event: events.Key, character: str) -> None:
        self._burst = follow(self._burst, character, event.time)
        if len(self._burst.text) == 1:
            await self._pass()
            self._start = _start_of(self._app)
        # A space acts in lists and begins no scan.
        if self._start.box is None and self._burst.text != " ":
            self._hold(event)
        else:
            await self._pass(event)

    async def _take_other(self, event: events.Key) -> None:
        burst, self._burst = self._burst, None
        scanned = None
        if event.key == "enter" and burst is not None and is_scan(burst, event.time):
            scanned = read_scanned(burst.text, self._app.desk.today)
        if burst is None or scanned is None or self._app.is_shut:
            await self._pass(event)
            return
        self._held.clear()
        start = self._start

        async def end(enter: Callable[[], Awaitable[None]]) -> None:
            await self._end(scanned, burst.text, start, enter)

        await self._turns.take(ScanEnd(end))

    def _hold(self, event: events.Key) -> None:
        """Wait for the next key as long as a scanner may take for it."""
        self._held.append(event)
        if self._release is not None:
            self._release.cancel()
        self._release = asyncio.create_task(self._release_later())

    async def _release_later(self) -> None:
        await asyncio.sleep(MOST_GAP_S)
        # Within the app's own messages, where keys come from too.
        self._app.call_later(self._pass)

    async def _pass(self, *more: KeyOrPaste) -> None:
        """Pass on what was held, in its order, and more after it."""
        held, self._held = self._held, []
        await self._turns.take(*held, *more)

    async def _end(
        self, scanned: Scanned, text: str, start: _Start, enter: Callable[[], Awaitable[None]]
    ) -> None:
        """All keys of the scan have arrived: leave them where they belong, or take them out."""
        box = start.box
        if box is None or not box.is_attached:
            self._carry(scanned)
        elif takes(box, scanned.kind):
            if box.value != text:
                box.value = text  # it takes the place of what stood there
            await enter()
        else:
            _take_out(box, text, start)
            self._carry(scanned)


def takes(box: Input, kind: ScanKind) -> bool:
    """Whether a box is for such scans: screens say so by a class of it."""
    return box.has_class(f"scan-{kind.value}")


def _start_of(app: ClerkApp) -> _Start:
    box = app.focused
    if not isinstance(box, Input):
        return _Start(None)
    return _Start(box, box.value, box.cursor_position, not box.selection.is_empty)


def _take_out(box: Input, text: str, start: _Start) -> None:
    """What was typed before a scan, and meanwhile, stays; the scan goes."""
    cursor = box.cursor_position
    begins = cursor - len(text)
    if not start.selected and begins >= 0 and box.value[begins:cursor] == text:
        box.value = box.value[:begins] + box.value[cursor:]
        box.cursor_position = begins
    else:
        box.value = start.value
        box.cursor_position = start.cursor
