"""A desk that is killed while a clerk works at it: keys pressed on the real screens.

For each line on stdin it forks a child that opens the desk, types walk-ins and receives them,
while the background talks to central, until it is killed. What the screen showed is told. The
first line holds what the keyring keeps. Run as `python -m tests.support.dying_clerk PROFILE`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from typing import TYPE_CHECKING

import keyring
import msgspec

from screens.home.screen import HomeScreen
from screens.intake.received import ReceivedScreen
from screens.intake.screen import IntakeScreen
from services.bootstrap import Desk, open_desk
from services.profile import get_profile
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, type_walk_in
from tests.support.dying_writer import tell
from tests.support.screens import OneScreenApp, settle
from tests.support.seats import MemoryKeyring

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from screens.app import ClerkApp

_DIGITS = "1101051949123"
"""A number that is not whole yet, so that nobody looks it up."""


async def work_until_killed(desk: Desk, round_: int) -> None:
    """A walk-in typed key by key, then another received, for ever; each round begins otherwise."""
    desk.session.sign_in("counter", PASSWORD)
    desk.sync.start()
    app = OneScreenApp(desk, HomeScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        tell("ready")
        for step in range(round_, 1_000_000):
            if step % 2:
                await _receive_one(desk, app, pilot, seed=1 + step % 90)
            else:
                await _type_one(app, pilot)


async def _type_one(app: ClerkApp, pilot: Pilot[None]) -> None:
    """Each key is told with the moment at which the screen had it."""
    screen = IntakeScreen()
    await app.push_screen(screen)
    await settle(pilot)
    for digit in _DIGITS:
        await pilot.press(digit)
        tell(f"typed {screen.draft.id} {screen.draft.id_text} {time.monotonic_ns()}")
    await pilot.press("escape")
    await settle(pilot)


async def _receive_one(desk: Desk, app: ClerkApp, pilot: Pilot[None], seed: int) -> None:
    """A receipt counts as soon as the clerk sees its number."""
    draft = type_walk_in(desk, FOOD, seed=seed)
    await app.push_screen(IntakeScreen(draft.id))
    await settle(pilot)
    await pilot.press("ctrl+r")
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, ReceivedScreen), type(screen)
    for case in screen.cases:
        tell(f"received {case.case_id} {case.number} {time.monotonic_ns()}")
    await pilot.press("escape")
    await settle(pilot)


def _serve(profile: str) -> None:
    """One child after the other, each named by its process id."""
    backend = MemoryKeyring()
    for service, entry, secret in msgspec.json.decode(sys.stdin.readline()):
        backend.set_password(service, entry, secret)
    keyring.set_keyring(backend)
    for round_, _line in enumerate(sys.stdin):
        child = os.fork()
        if child == 0:
            asyncio.run(work_until_killed(open_desk(get_profile(profile)), round_))
        tell(f"child {child}")
        os.waitpid(child, 0)
        tell("dead")


if __name__ == "__main__":
    _serve(sys.argv[1])
