"""Screens under test: an app that begins with one of them, and how to wait until all is idle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import WorkerCancelled

import screens.app
from screens.app import ClerkApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot
    from textual.screen import Screen

    from services.bootstrap import Desk

SMALL, LARGE = (80, 24), (160, 50)


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
                continue  # a newer look-up took its place
        await pilot.pause()


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Press a key for every character."""
    await pilot.press(*(_key(character) for character in text))


def _key(character: str) -> str:
    return {" ": "space", "-": "minus", "+": "plus", ".": "full_stop"}.get(character, character)
