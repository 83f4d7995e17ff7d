"""The mouse over what it can click tells what a click does; rows that are read stay free."""

from __future__ import annotations

from textual.widget import Widget

from screens.keymap import VERBS
from screens.widgets.key_bar import KeyBar
from services.bootstrap import Desk
from tests.screens.story import Person, at, receive
from tests.support.cases import FOOD
from tests.support.photographer import find_untold
from tests.support.screens import LARGE, screen_lines, settle


async def _tip(person: Person, selector: str, x: int, y: int) -> str:
    """What is told of a place, when the mouse has come to it."""
    await person.pilot.hover(selector, offset=(x, y))
    await settle(person.pilot)
    return str(person.app.screen.query_one(selector, Widget).tooltip or "")


async def test_what_lies_under_the_mouse_says_what_a_click_does(desk: Desk) -> None:
    receive(desk, FOOD)
    async with at(desk, "counter", LARGE) as person:
        bar = person.app.screen.query_one(KeyBar).region
        walk_in = VERBS["walk_in"]
        lines = screen_lines(person.app)[bar.y : bar.bottom]
        y = next(n for n, line in enumerate(lines) if walk_in.label in line)
        x = lines[y].index(walk_in.label)
        assert await _tip(person, "KeyBar", x, y) == walk_in.tip
        assert await _tip(person, "#cases", 2, 0) == "A click sorts by this column."
        assert not await _tip(person, "#cases", 2, 1)
        assert (await _tip(person, "#queues", 2, 0)).startswith("A click shows this list.")
        assert "F6 opens the sync centre" in await _tip(person, "StatusBar", 2, 0)
        assert not find_untold(person.app)
        await person.press("f9")
        assert not (await _tip(person, "StatusBar", 2, 0)).isascii()
        assert not (await _tip(person, "KeyBar", x, y)).isascii()
