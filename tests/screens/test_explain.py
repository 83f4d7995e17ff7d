"""Why a date is what it is, on the screen and on paper."""

from __future__ import annotations

from pathlib import Path

from services.bootstrap import Desk
from tests.screens.story import accept, at
from tests.support.cases import FOOD
from tests.support.desk import open_paper
from tests.support.screens import LARGE


async def test_each_day_of_a_limit_and_until_any_day(desk: Desk) -> None:
    accept(desk, FOOD)
    async with at(desk, "counter", size=LARGE) as person:
        await person.press("enter", "enter")
        assert person.front == "ExplainScreen"
        assert "5 working days" in person.text
        await person.press("right")
        assert "Promised limit · 8 working days" in person.text
        assert "2026-06-06  Sat" in person.text
        assert "weekend" in person.text
        await person.press("tab")
        await person.type("2026-06-12")
        await person.press("enter")
        assert "after the due date" in person.text
        await person.press("escape", "ctrl+l", "enter")
        said = str(person.app.screen.query_one("#case-said").render())
        paper = open_paper(Path(said.partition("The paper is at ")[2].strip()))
        assert "承诺时限" in paper
