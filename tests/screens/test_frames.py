"""What keys and acts cost on screens: counted, for time tells of the machine and not of them."""

from __future__ import annotations

from screens.base import DeskScreen
from services.bootstrap import Desk
from tests.screens.story import at
from tests.support.frames import counting
from tests.support.screens import settle


async def test_an_act_styles_nothing(desk: Desk) -> None:
    done: list[int] = []
    async with at(desk, "counter") as person:
        screen = person.app.screen
        assert isinstance(screen, DeskScreen)
        with counting() as cost:
            screen.do(lambda: 7, done=done.append)
            assert screen.is_busy
            await settle(person.pilot)
        assert done == [7]
        assert not cost.styled
