"""What central has not answered is unknown; no list says that there is none."""

from __future__ import annotations

from services.bootstrap import Desk
from tests.screens.story import accept, at
from tests.support.cases import FOOD
from tests.support.desk import Hall
from tests.support.screens import LARGE


async def test_a_board_that_central_never_answered_says_nothing_of_cases(
    desk: Desk, hall: Hall
) -> None:
    accept(desk, FOOD)
    async with at(desk, "manager", LARGE) as person:
        hall.stop()
        await person.press("f10")
        assert "Central cannot be reached" in person.text
        assert "No open cases" not in person.text
        assert "No case in this list" not in person.text
