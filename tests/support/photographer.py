"""Goes from screen to screen and compares each with what is kept."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

import screens
from screens.app import ClerkApp
from screens.base import DeskScreen
from screens.calm import CalmScreen
from screens.dialog import Dialog
from screens.home.several import SeveralRows
from screens.in_memory import InMemoryScreen
from screens.narrowing import NarrowedScreen
from screens.sorting import SortedScreen
from screens.themes import THEMES
from tests.screens.story import Person
from tests.support.screens import LARGE, SMALL, settle
from tests.support.snapshots import (
    compare,
    find_broken_frames,
    find_cut_characters,
    find_cut_labels,
    find_english,
    in_front,
    strips_of,
    take,
    texts_of,
)

LEAST = {"clerk-contrast": 7.0}
"""How well each text must be told from its ground; every other theme: 4.5."""

THEMES_OF = {"zh_CN": THEMES[::2], "en": THEMES[1::2]}
"""Colours are the same in both languages, so that each looks at half of them."""


class Photographer:
    """Goes from screen to screen with a person and compares each with what is kept."""

    def __init__(self, language: str, *, renew: bool) -> None:
        self.language = language
        self.renew = renew
        self.person: Person
        self.faults: list[str] = []
        self.seen: set[str] = set()

    async def shoot(self, name: str) -> None:
        """The screen in front, at both sizes."""
        app, shots = self.person.app, []
        for size in (SMALL, LARGE):
            await self.person.pilot.resize_terminal(*size)
            self._still()
            await settle(self.person.pilot)
            shots.append(take(app))
            strips = strips_of(app)
            self._note(name, find_cut_characters(strips, size[0]))
            self._note(name, find_broken_frames(app))
            self._note(name, find_cut_labels(app))
            self._note(name, find_untold(app))
            if self.language == "zh_CN":
                self._note(name, [f"English: {one}" for one in find_english(strips)])
            self.seen.add(type(app.screen).__name__)
        await self._look_at_contrast(name)
        differing = compare(f"{name}.{self.language}", "\n".join(shots), renew=self.renew)
        self._note(name, [differing] if differing else [])
        await self.person.pilot.resize_terminal(*SMALL)
        await settle(self.person.pilot)

    async def _look_at_contrast(self, name: str) -> None:
        app, worn = self.person.app, self.person.app.theme
        for theme in THEMES_OF[self.language]:
            app.theme = theme.name
            await settle(self.person.pilot)
            least = LEAST.get(theme.name, 4.5)
            faint = {
                f"{theme.name} {found:.1f}: {segment.text.strip()!r}"
                for segment, found in texts_of(in_front(app))
                if found < least
            }
            self._note(name, sorted(faint))
        app.theme = worn

    def _still(self) -> None:
        """A cursor that blinks would be there or not."""
        for box in self.person.app.screen.query("Input, TextArea"):
            assert isinstance(box, Input | TextArea)
            box.cursor_blink = False

    def _note(self, name: str, faults: list[str]) -> None:
        self.faults += [f"{name}: {fault}" for fault in faults]


async def shoot_alone(pilot: Pilot[Any], name: str, language: str, *, renew: bool) -> list[str]:
    """A program that is not yet the desk's, at both sizes; what is wrong with what it shows."""
    shots, faults = [], []
    for size in (SMALL, LARGE):
        await pilot.resize_terminal(*size)
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False
        await settle(pilot)
        shots.append(take(pilot.app))
        faults += find_cut_characters(strips_of(pilot.app), size[0])
    await pilot.resize_terminal(*SMALL)
    differing = compare(f"{name}.{language}", "\n".join(shots), renew=renew)
    return [*faults, differing] if differing else faults


def find_untold(app: ClerkApp) -> list[str]:
    """What takes clicks and has no tool tip, neither its own nor one for what lies under the mouse.

    A screen that takes them for its parts is looked over by those.
    """
    return [
        f"no tool tip: {one!r}"
        for one in app.screen.query("*")
        if type(one).__module__.startswith("screens.")
        and hasattr(one, "on_click")
        and not hasattr(one, "on_mouse_move")
        and not any(part.tooltip for part in one.walk_children(Widget, with_self=True))
    ]


BASES: set[type[object]] = {
    CalmScreen,
    Dialog,
    DeskScreen,
    SeveralRows,
    SortedScreen,
    NarrowedScreen,
    InMemoryScreen,
}
"""What screens are made of, and no screens."""


def every_screen() -> set[str]:
    """The name of each screen that the program has."""
    for found in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(found.name)
    known: set[str] = set()
    waiting: list[type] = [Screen]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.__module__.startswith("screens.") and one not in BASES:
            known.add(one.__name__)
    return known
