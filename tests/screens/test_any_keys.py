"""Whatever keys come, in whatever order: the window stays, and a locked one stays locked.

It found a window that `~somebody/` ended, and a lock that one letter opened.
"""

from __future__ import annotations

import logging
from collections import deque
from random import Random
from typing import TYPE_CHECKING

import pytest
from textual.screen import ModalScreen

from screens.app import ClerkApp
from screens.sign_in.screen import SignInScreen
from tests.screens.story import Person, receive
from tests.support.any_keys import any_events
from tests.support.cases import FOOD
from tests.support.desk import SIGN, OpenDesk
from tests.support.screens import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.events import Event

    from services.bootstrap import Desk

    Errors = Callable[[], list[str]]

_DEPARTMENTS = {"market-handler": "market", "market-approver": "market"}
_ALL = ("counter", "manager", "auditor", *_DEPARTMENTS)
_FEW, _MANY = 100, 3000


async def walk(
    desk: Desk, login: str, keys: Iterator[list[Event]], count: int, errors: Errors
) -> int:
    """Give so many keys, or fewer where one of them leaves; how many are left to give."""
    app = ClerkApp(desk, idle_s=0)
    given: deque[Event] = deque(maxlen=40)
    async with app.run_test() as pilot:
        person = Person(pilot, app)
        await settle(pilot)
        while count > 0 and app.is_running and not app._exit:
            if isinstance(app.screen, SignInScreen):
                await person.sign_in(login)
            for event in (events := next(keys)):
                app.post_message(event)
            count -= len(events)
            given.extend(events)
            await settle(pilot)
            assert errors() == [], f"{count} left, at {app.screen}, after {list(given)}"
            front = app.screen if app._screen_stack else None
            assert not app.is_shut or isinstance(front, SignInScreen | ModalScreen | None), (
                f"{count} left, at {front}, after {list(given)}"
            )
    return count


@pytest.mark.parametrize(
    ("login", "seed", "count"),
    [
        ("counter", 2, _FEW),
        *(
            pytest.param(login, seed, _MANY, marks=pytest.mark.soak)
            for login in _ALL
            for seed in range(3)
        ),
    ],
)
async def test_any_keys(  # noqa: PLR0917 - who, which keys, and what is needed for it
    desk: Desk,
    open_at: OpenDesk,
    caplog: pytest.LogCaptureFixture,
    login: str,
    seed: int,
    count: int,
) -> None:
    for person in (1, 2, 3):
        receive(desk, FOOD, SIGN, seed=person)
    department = _DEPARTMENTS.get(login, "")
    here = desk if login != "auditor" else open_at("audit")
    here = open_at("market", department=department) if department else here
    keys = any_events(Random(seed))

    def errors() -> list[str]:
        return [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]

    while count > 0:
        count = await walk(here, login, keys, count, errors)
    assert errors() == []
