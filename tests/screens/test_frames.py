"""What keys and acts cost on screens: counted, for time tells of the machine and not of them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from textual.strip import Strip
from textual.widgets import Input

from screens.base import DeskScreen
from screens.widgets.listing import Listing
from services.bootstrap import Desk
from tests.screens.story import at, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN
from tests.support.frames import counting
from tests.support.screens import LARGE, settle


def test_a_frame_waits_seven_milliseconds_at_most() -> None:
    """In a program of its own, for Textual asks once, when it is first imported."""
    asked = "import screens.app, textual.screen; print(textual.screen.UPDATE_PERIOD)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert float(told.stdout) <= 0.007


async def test_nothing_glides(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        assert person.app.animation_level == "none"


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


async def test_a_letter_in_the_find_box_moves_nothing(desk: Desk) -> None:
    receive(desk, FOOD, SIGN, seed=1)
    async with at(desk, "counter", size=LARGE) as person:
        await person.press("ctrl+underscore")
        await person.type("spjy")
        assert FOOD.name in person.text
        with counting() as cost:
            await person.type("x")
        assert FOOD.name in person.text
        assert not cost.layouts
        assert not [one for one in cost.styled if not isinstance(one, Input)]
        assert len(cost.frames) <= len(("the letter", "what it finds")), "in its row, nothing else"
        assert cost.sent < 1_500, "of a whole screen of 11,000 bytes"


async def test_a_figure_in_the_filter_draws_the_rows_that_changed(desk: Desk) -> None:
    for seed in (1, 2, 3):
        receive(desk, FOOD, seed=seed)
    async with at(desk, "counter", size=LARGE) as person:
        await person.type("2")
        with counting() as cost:
            await person.type("0")
        assert not cost.layouts
        assert not cost.styled
        assert cost.sent < 1_500, "of a whole list of 7,000 bytes"


async def test_the_focus_is_shown_by_one_row(desk: Desk) -> None:
    receive(desk, FOOD, SIGN, seed=1)
    async with at(desk, "counter", size=LARGE) as person:
        listing = person.app.screen.query_one("#cases", Listing)
        while not listing.has_focus:
            await person.press("tab")
        lit = listing.render_line(listing.focus_line)
        drawn: list[int] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(listing, "render_line", _remember(listing.render_line, drawn))
            await person.press("tab")
        assert drawn == [listing.focus_line]
        assert listing.render_line(listing.focus_line) != lit


def _remember(draw: Callable[[int], Strip], drawn: list[int]) -> Callable[[int], Strip]:
    def render_line(y: int) -> Strip:
        drawn.append(y)
        return draw(y)

    return render_line


@pytest.mark.parametrize("key", ["f2", "ctrl+underscore", "f1", "f7"])
async def test_a_new_screen_is_styled_once(desk: Desk, key: str) -> None:
    async with at(desk, "counter", size=LARGE) as person:
        with counting() as cost:
            await person.press(key)
        front = person.app.screen
        assert front.has_class("-wide")
        often = Counter(one for one in cost.styled if one in front.query("*"))
        assert often.total() < 2 * len(often), "but for boxes, which are found valid"


async def test_a_list_as_high_as_its_rows_grows_with_them(desk: Desk) -> None:
    receive(desk, FOOD, SIGN, seed=1)
    async with at(desk, "counter", size=LARGE) as person:
        await person.press("shift+f4", "escape", "ctrl+underscore")
        listing = person.app.screen.query_one("#found", Listing)
        assert listing.size.height > LARGE[1] // 2, "the look of no other screen"
        listing.styles.height = "auto"
        await person.type(FOOD.name[:2])
        assert listing.size.height == listing.length + len(["heading"])
        assert FOOD.name in person.text
