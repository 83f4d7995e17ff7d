"""No label is cut, in either language, on a small terminal and on a large one."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.widgets import Label

from clerk.errors import RefusedError
from clerk.locale import use_language
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing
from services.bootstrap import Desk
from tests.screens.story import Person, accept, at, receive
from tests.support.cases import FOOD
from tests.support.desk import type_walk_in
from tests.support.screens import LARGE, SMALL


def cut_titles(listing: Listing) -> list[str]:
    """Titles of a list that do not fit over their column."""
    width = listing.size.width
    shown = [one for one in listing.columns if one.from_width <= width]
    widths = listing._widths(width)
    return [
        one.title for one, wide in zip(shown, widths, strict=True) if cell_len(one.title) > wide
    ]


def check(person: Person) -> None:
    """Look the screen in front over."""
    screen = person.app.screen
    for listing in (one for one in screen.query(Listing) if one.display):
        assert not cut_titles(listing)
        if not listing.length:
            assert cell_len(listing._empty()) <= listing.size.width
    for bar in screen.query(KeyBar):
        for key, label in bar._keys:
            assert label in person.text, key
    for one in screen.query(Label):
        assert cell_len(str(one.render())) <= one.size.width, str(one.render())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_screens_of_a_counter(desk: Desk, size: tuple[int, int], language: str) -> None:
    use_language(language)
    receive(desk, FOOD)
    async with at(desk, size=size) as person:
        check(person)
        await person.sign_in("counter")
        check(person)
        for key in ("enter", "f1", "escape", "ctrl+b", "escape", "escape", "f4", "escape", "f6"):
            await person.press(key)
            check(person)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_screens_that_mend(desk: Desk, size: tuple[int, int], language: str) -> None:
    (case_id,) = accept(desk, FOOD)
    with pytest.raises(RefusedError):
        desk.counter.accept(case_id)
    use_language(language)
    async with at(desk, "counter", size) as person:
        for key in ("f6", "f1", "escape", "ctrl+u", "escape", "enter", "f1", "escape", "f9"):
            await person.press(key)
            check(person)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_screens_of_others(desk: Desk, size: tuple[int, int], language: str) -> None:
    use_language(language)
    async with at(desk, "manager", size) as person:
        check(person)
        await person.press("f7")
        check(person)


async def test_a_long_list_of_keys_takes_more_lines(desk: Desk) -> None:
    type_walk_in(desk, FOOD)
    async with at(desk, "counter", (40, 24)) as person:
        bar = person.app.screen.query_one(KeyBar)
        assert bar.size.height > 1
        check_keys = [label for _key, label in bar._keys]
        assert all(label in person.text for label in check_keys)
