"""A person at a desk: signs in, presses keys, and reads what the terminal says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Input, Static

from clerk.contract.case import MaterialState
from clerk.contract.item import Item
from screens.app import ClerkApp
from services.bootstrap import Desk
from tests.support.desk import PASSWORD, type_walk_in
from tests.support.screens import SMALL, press, screen_lines, settle, stroke, type_text


class Person:
    """Somebody in front of a terminal."""

    def __init__(self, pilot: Pilot[None], app: ClerkApp) -> None:
        self.pilot = pilot
        self.app = app

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, and wait until all is idle."""
        await press(self.pilot, *keys)

    async def burst(self, *keys: str) -> None:
        """Give keys all in one instant, faster than the screen can take them."""
        for key in keys:
            self.app.post_message(stroke(key))
        await settle(self.pilot)

    async def type(self, text: str) -> None:
        """Type a text."""
        await type_text(self.pilot, text)

    async def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Fill in what the sign-in screen asks for."""
        await settle(self.pilot)
        self.app.screen.query_one("#login", Input).focus()
        self.app.screen.query_one("#login", Input).value = ""
        await self.type(login)
        await self.press("enter")
        await self.type(password)
        await self.press("enter")

    @property
    def front(self) -> str:
        """The kind of screen in front."""
        return type(self.app.screen).__name__

    @property
    def place(self) -> str:
        """The field of a form that the cursor stands in."""
        return str(getattr(self.app.focused, "place", ""))

    @property
    def text(self) -> str:
        """All that the terminal shows."""
        return "\n".join(screen_lines(self.app))

    def read(self, selector: str) -> str:
        """What one text says, whether it is scrolled into sight or not."""
        return str(self.app.screen.query_one(selector, Static).content)

    @property
    def toasts(self) -> str:
        """What was said in passing."""
        return "\n".join(one.message for one in self.app._notifications)


@asynccontextmanager
async def at(
    desk: Desk, login: str = "", size: tuple[int, int] = SMALL, idle_s: float | None = 0
) -> AsyncIterator[Person]:
    """A terminal on a desk, with somebody signed in who is named."""
    app = ClerkApp(desk, idle_s=idle_s)
    async with app.run_test(size=size) as pilot:
        person = Person(pilot, app)
        await settle(pilot)
        if login:
            await person.sign_in(login)
        yield person
        await settle(pilot)


def receive(desk: Desk, *items: Item, seed: int = 1, **states: MaterialState) -> list[str]:
    """Cases received at the window and known to central."""
    visit = desk.intake.receive(type_walk_in(desk, *items, seed=seed, **states))
    desk.sync.run_once()
    return [one.case_id for one in visit.cases]


def accept(desk: Desk, *items: Item, seed: int = 1) -> list[str]:
    """The same, accepted."""
    found = receive(desk, *items, seed=seed)
    for case_id in found:
        desk.counter.accept(case_id)
    return found


def grant(desk: Desk, there: Desk, department: str, case_id: str) -> None:
    """Handle, review and grant a case at a department's desk, each step by its own person."""
    there.sync.run_once()
    for step in ("handler", "reviewer"):
        there.session.sign_in(f"{department}-{step}", PASSWORD)
        there.casework.claim(case_id)
        there.casework.pass_step(case_id, "同意")
    there.session.sign_in(f"{department}-approver", PASSWORD)
    there.casework.claim(case_id)
    there.casework.grant(case_id, "准予")
    desk.sync.run_once()
