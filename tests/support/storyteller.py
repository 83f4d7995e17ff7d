"""The people of a story, each at a terminal of their own: they press keys and read the screen.

A method is what a person does; its name is the verb. What they know they read off the screen, so
that a screen that tells nothing fails the story.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from textual.widgets import Input

from screens.app import ClerkApp
from screens.dialogs import ProblemDialog
from screens.home.screen import HomeScreen
from screens.intake.choices import Choices
from screens.intake.received import ReceivedScreen
from screens.intake.row import Box
from screens.release.screen import ReleaseScreen
from services.bootstrap import Desk
from tests.support.screens import Walk, settle

SIZE = (120, 40)
"""The smallest window in which everything of a walk-in stands side by side."""

PASSWORD = "clerk-demo-city"
"""Everybody's in a city of invented people."""

_LEVEL_S = 30.0
_MOST_FIELDS = 30
_PAPER = re.compile(r"/\S+?\.pdf")
_WORKBOOK = re.compile(r"/\S+?\.xlsx")

Whoever = TypeVar("Whoever", bound="Person")


class Person:
    """Somebody at a desk; the screen in front of them is all they see."""

    def __init__(self, walk: Walk, desk: Desk) -> None:
        """Sit down before the terminal of this desk."""
        self.walk = walk
        self.desk = desk

    @property
    def sees(self) -> str:
        """All that the terminal shows."""
        return self.walk.text

    @property
    def place(self) -> str:
        """The field that the cursor stands in."""
        return self.walk.place

    def reads(self, selector: str) -> str:
        """One part of the screen in whole, whether it is scrolled into sight or not."""
        return self.walk.read(selector)

    def is_told(self, text: str, selector: str) -> bool:
        """Whether a part of the screen says this; the story fails with what it showed instead."""
        assert text in self.reads(selector), f"{self.reads(selector)!r} in\n{self.sees}"
        return True

    def papers(self, selector: str) -> list[Path]:
        """The papers that a part of the screen names; a long path may run over several lines."""
        told = "".join(line.strip() for line in self.reads(selector).splitlines())
        return [Path(one) for one in _PAPER.findall(told)]

    async def presses(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.walk.press(*keys)

    async def types(self, text: str) -> None:
        """Type a text, key by key."""
        await self.walk.type(text)

    async def pastes(self, text: str) -> None:
        """Give a text all at once, as a scanner or a clipboard does."""
        await self.walk.scan(text)

    async def signs_in(self, login: str, password: str) -> None:
        """Say who is there, instead of whoever was there before."""
        if self.walk.app.screen.query_one("#login", Input).value:
            await self.presses("shift+tab", "end", "ctrl+u")
        await self.pastes(login)
        await self.presses("enter")
        await self.pastes(password)
        await self.presses("enter")
        assert isinstance(self.walk.app.screen, HomeScreen), self.sees

    async def fetches(self) -> None:
        """Send and fetch: whatever waits has arrived, whatever is new is here."""
        await self.presses("f5")
        await self.rests()

    async def rests(self) -> None:
        """Wait until the desk is level with central or finds the line down."""
        level = await asyncio.to_thread(self.desk.sync.wait_idle, _LEVEL_S)
        assert level, f"{self.desk.sync.status()}\n{self.sees}"
        await settle(self.walk.pilot)

    async def opens(self, number: str) -> None:
        """Look a case up by its number and open its page."""
        await self.presses("f3", "end", "ctrl+u")
        await self.pastes(number)
        await self.presses("enter")
        assert number in "".join(self.sees.split()), self.sees

    async def goes_back(self) -> None:
        """To the screen before."""
        await self.presses("escape")

    async def answers_dialog(self, *texts: str) -> None:
        """Type into the lines of a dialog, instead of what stands there, and finish it."""
        for place, text in enumerate(texts):
            if place:
                await self.presses("enter")
            await self.presses("end", "ctrl+u")
            await self.pastes(text)
        await self.presses("ctrl+y")

    async def reads_problem(self) -> str:
        """Read a problem that the desk tells, in whole, and close it."""
        dialog = self.walk.app.screen
        assert isinstance(dialog, ProblemDialog), self.sees
        told = "\n".join(dialog.told)
        await self.presses("enter")
        return told


class Clerk(Person):
    """Somebody at the counter."""

    async def begins(self) -> None:
        """Take in the next visitor, from wherever they are."""
        await self._goes_where("F2")
        await self.presses("f2")

    async def types_id(self, number: str) -> None:
        """Type an ID number and confirm it."""
        await self.types(number)
        await self.presses("enter")

    async def chooses(self, text: str) -> None:
        """Find an item by whatever is typed, and take the first that is found."""
        await self.goes_to("items")
        await self.types(text)
        await self.presses("enter")

    async def answers(self, *options: int) -> None:
        """Answer the situations from the first on, by the numbers of the options."""
        await self.presses("enter")
        for option in options:
            assert self.place.startswith("answer:"), self.place
            await self.presses(str(option))

    async def ticks_all(self) -> None:
        """Tick everything that is still asked for, and go on to the form."""
        assert self.place.startswith("line:"), self.place
        await self.presses("a", "enter")

    async def fills_in(self, values: Mapping[str, str]) -> None:
        """Type what the form asks for, field by field; what is known already is left."""
        for _ in range(_MOST_FIELDS):
            place = self.place
            if not place.startswith("field:"):
                return
            await self._fill_in(values[re.split("[:/]", place)[-1]])
            if self.place == place:
                return
        raise AssertionError(self.place)

    async def receives(self) -> tuple[str, ...]:
        """Give the receipt; the numbers that are read out."""
        await self.presses("ctrl+r")
        screen = self.walk.app.screen
        assert isinstance(screen, ReceivedScreen), self.sees
        numbers = tuple(one.number for one in screen.cases)
        assert all(" ".join(number) in self.sees for number in numbers), self.sees
        return numbers

    async def accepts(self) -> None:
        """Accept the case under the cursor."""
        await self.presses("ctrl+y")

    async def scans(self, text: str) -> None:
        """Scan a receipt, or type an ID number, where results are handed out."""
        if not isinstance(self.walk.app.screen, ReleaseScreen):
            await self._goes_where("F4")
            await self.presses("f4")
        self.walk.app.screen.query_one("#scan", Input).focus()
        await self.presses("end", "ctrl+u")
        await self.walk.scan(text)
        await self.presses("enter")

    async def hands_out(self, *, name: str, id_number: str, signature: str) -> None:
        """Hand what is marked to an agent, against a signature."""
        await self.presses("ctrl+y", "down", "enter")
        await self.answers_dialog(name, id_number, signature)

    async def goes_to(self, place: str) -> None:
        """Go on from part to part until the cursor stands there."""
        for _ in range(_MOST_FIELDS):
            if self.place.startswith(place):
                return
            await self.presses("ctrl+down")
        raise AssertionError(self.place)

    async def goes_to_field(self, key: str) -> None:
        """Go on in the form to one of its fields, leaving the others as they are."""
        for _ in range(_MOST_FIELDS):
            if re.split("[:/]", self.place)[-1] == key:
                return
            await self.presses("enter")
        raise AssertionError(self.place)

    async def _goes_where(self, key: str) -> None:
        """Leave screens until the bar at the bottom offers a key."""
        while f"{key} " not in self.sees:
            await self.goes_back()

    async def _fill_in(self, value: str) -> None:
        focused = self.walk.app.focused
        if isinstance(focused, Choices):
            await self.presses(value)
            return
        assert isinstance(focused, Box), focused
        if not focused.value:
            await self.types(value)
        await self.presses("enter")


class Official(Person):
    """Somebody of a department: handles, reviews or approves."""

    async def claims(self, number: str) -> None:
        """Open a case and take it on."""
        await self.opens(number)
        await self.presses("ctrl+o")

    async def passes_on(self, opinion: str) -> None:
        """Do one's step."""
        await self.presses("ctrl+g")
        await self.answers_dialog(opinion)

    async def grants(self, opinion: str) -> None:
        """Decide for the applicant."""
        await self.presses("ctrl+y")
        await self.answers_dialog(opinion)

    async def reports_made(self) -> None:
        """The result is made and lies at the window."""
        await self.presses("ctrl+f")


class Manager(Person):
    """Somebody who counts."""

    async def counts(self, first: str, last: str) -> None:
        """Count a period."""
        await self.presses("f7")
        for name, day in (("first", first), ("last", last)):
            self.walk.app.screen.query_one(f"#{name}", Input).focus()
            await self.presses("end", "ctrl+u")
            await self.types(day)
        await self.presses("enter")

    async def exports(self) -> Path:
        """Write the workbook; where it lies stands on the screen."""
        await self.presses("ctrl+l")
        found = _WORKBOOK.search(self.reads("#export-path"))
        assert found is not None, self.sees
        return Path(found[0])


@asynccontextmanager
async def sit_down(
    desk: Desk,
    who: type[Whoever],
    login: str = "",
    *,
    background: bool = True,
    size: tuple[int, int] = SIZE,
) -> AsyncIterator[Whoever]:
    """Open the program at a desk; whoever has a login signs in.

    The line is kept in the background as when a person works there. Without it nothing is sent
    or fetched but by a key, so that a story can stand still between the two.
    """
    if background:
        desk.sync.start()
    app = ClerkApp(desk, idle_s=0)
    try:
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            person = who(Walk(pilot, app), desk)
            if login:
                await person.signs_in(login, PASSWORD)
            yield person
            await settle(pilot)
    finally:
        await asyncio.to_thread(desk.sync.stop)
