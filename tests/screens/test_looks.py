"""Colours, language and plain mode are chosen at the desk and kept for the next start."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.color import Color
from textual.theme import Theme
from textual.widgets import Input, TextArea

from screens.dialogs import Choose
from screens.looks import offered_looks
from screens.themes import THEMES
from services.bootstrap import Desk
from tests.screens.story import Person, at, receive
from tests.support.cases import FOOD
from tests.support.screens import LARGE
from tests.support.snapshots import contrast, find_drawn, in_front, strips_of


def act(person: Person, name: str) -> Callable[[], object]:
    """One of the palette's acts."""
    offered = offered_looks(person.app, person.app.looks)
    return next(one.callback for one in offered if one.title == name)


async def test_colours_are_kept_at_the_desk(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        assert person.app.theme == "clerk-dark"
        await person.press("ctrl+p")
        await person.type("peise")
        await person.press("enter")
        assert isinstance(person.app.screen, Choose)
        await person.press("down")
        await person.press("down", "enter")
        assert person.app.theme == "clerk-contrast"
    async with at(desk, "counter") as person:
        assert person.app.theme == "clerk-contrast"


async def test_plain_draws_no_frames_and_is_kept(desk: Desk) -> None:
    receive(desk, FOOD)
    async with at(desk, "counter") as person:
        await person.press("f2")
        assert "╭" in person.text
        person.app.call_later(act(person, "Plain screen"))
        await person.press("tab")
        assert not find_drawn(strips_of(person.app))
        assert "2 · Applicant" in person.text
        await person.press("escape", "f2")
        await person.type("41")
        assert "41" in person.text, "what is typed is in sight"
    async with at(desk, "counter", LARGE) as person:
        for keys in (("f1",), ("escape", "f2"), ("escape", "f6"), ("escape", "f4")):
            await person.press(*keys)
            assert not find_drawn(in_front(person.app)), person.front
            boxes = [one for one in person.app.screen.query(Input) if one.outer_size.height]
            assert all(one.content_size.height for one in boxes), person.front
        await person.press("escape", "ctrl+p")
        assert not find_drawn(strips_of(person.app)), "nor has the palette any"
        await person.press("escape", "f3", "down", "enter", "end")
        assert person.front == "CaseScreen"
        assert not find_drawn(strips_of(person.app)), "the flow and the limits stand in words"
        assert "1 承办 (Handler)" in person.text
        assert "day 0 of 5" in person.text
        await person.press("ctrl+l")
        assert not find_drawn(in_front(person.app)), person.front
        dialog = person.app.screen.query_one(".dialog")
        assert dialog.outer_size.width == LARGE[0], "no line is read out that is half of the page"


async def test_no_list_chart_or_box_keeps_a_frame_and_all_come_back(desk: Desk) -> None:
    receive(desk, FOOD)
    async with at(desk, "manager", LARGE) as person:
        for key, words in (("f10", ""), ("f7", "received 1")):
            await person.press(key)
            framed = len(find_drawn(strips_of(person.app)))
            assert framed, person.front
            await choose_plain(person)
            assert not find_drawn(strips_of(person.app)), person.front
            assert words in person.text, "what a chart says in words stays"
            await choose_plain(person)
            assert len(find_drawn(strips_of(person.app))) == framed, person.front
            await person.press("escape")
        await choose_plain(person)
        await person.press("shift+f11", "ctrl+r", "enter", "enter", "enter")
        assert person.app.screen.query(TextArea)
        assert not find_drawn(strips_of(person.app)), "a box of several lines has none either"


async def choose_plain(person: Person) -> None:
    """Switch it in the palette, whichever way."""
    await person.press("ctrl+p")
    await person.type("plain")
    await person.press("enter")


async def test_the_language_is_kept(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        assert desk.looks.language == "zh_CN"
        await person.press("f9")
        await person.press("f9")
        assert desk.looks.language == "en"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_box_to_type_in_is_told_from_what_lies_around_it(theme: Theme) -> None:
    behind, field, frame = (
        Color.parse(one or "").rgb
        for one in (theme.background, theme.surface, theme.variables["border-blurred"])
    )
    assert field != behind
    if theme.name == "clerk-contrast":
        assert contrast(frame, behind) >= 3, "WCAG 2.1, 1.4.11: what shows where a part is"
        muted = Color.parse(theme.variables["primary-muted"]).rgb
        assert contrast(muted, behind) >= 2, "the row of a list that is not in focus"
