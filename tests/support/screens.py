"""Screens under test: an app that begins with one of them, and a clerk who presses its keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.events import Paste
from textual.widgets import Static
from textual.worker import WorkerCancelled

import screens.app
from screens.app import ClerkApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot
    from textual.screen import Screen

    from services.bootstrap import Desk

SMALL, LARGE = (80, 24), (160, 50)
_KEYS = {
    " ": "space",
    "-": "minus",
    "+": "plus",
    ".": "full_stop",
    "/": "slash",
    ",": "comma",
}


class OneScreenApp(ClerkApp):
    """The real application, which begins with the screen under test instead of signing in."""

    CSS_PATH = str(Path(screens.app.__file__).parent / "app.tcss")

    def __init__(self, desk: Desk, first: Callable[[], Screen[None]]) -> None:
        super().__init__(desk, idle_s=0)
        self._first = first

    def show_sign_in(self) -> None:
        """Show the screen under test."""
        self.push_screen(self._first())


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no worker runs and no message waits."""
    await pilot.pause()
    while running := [one for one in pilot.app.workers if not one.is_finished]:
        for worker in running:
            try:
                await worker.wait()
            except WorkerCancelled:
                continue  # a newer one took its place
        await pilot.pause()


def screen_lines(app: ClerkApp) -> list[str]:
    """What the terminal shows, line by line."""
    strips = app.screen._compositor.render_strips(app.size)
    return [strip.text for strip in strips]


class Walk:
    """A clerk at a terminal: presses keys, counts them, and reads what the screen says."""

    def __init__(self, pilot: Pilot[None], app: ClerkApp) -> None:
        self.pilot = pilot
        self.app = app
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Press keys and wait until all is idle."""
        self.keys += len(keys)
        await self.pilot.press(*keys)
        await settle(self.pilot)

    async def type(self, text: str) -> None:
        """Type data; it is not counted among the keys."""
        await self.pilot.press(*(_KEYS.get(character, character) for character in text))
        await settle(self.pilot)

    async def scan(self, text: str) -> None:
        """Give data all at once, as a scanner does."""
        self.app.post_message(Paste(text))
        await settle(self.pilot)

    @property
    def place(self) -> str:
        """The field that the cursor stands in."""
        return str(getattr(self.app.focused, "place", ""))

    @property
    def text(self) -> str:
        """All that the terminal shows."""
        return "\n".join(screen_lines(self.app))

    def read(self, selector: str) -> str:
        """What one widget says, whether it is scrolled into sight or not."""
        widget = self.app.screen.query_one(selector)
        if isinstance(widget, Static):
            return str(widget.content)
        return str(widget.render())
