"""What is told in passing never covers the work, wherever the cursor stands."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets._toast import Toast

from screens.app import ClerkApp
from services.bootstrap import Desk
from tests.screens.story import Person, receive
from tests.support.cases import FOOD
from tests.support.screens import LARGE, SMALL, settle, until

LONG = "One sentence that takes more than a line of a small terminal, as some do. " * 2


def regions(person: Person, kind: type[Widget]) -> list[Region]:
    return [one.region for one in person.app.screen.query(kind) if one.region]


def layout(person: Person) -> list[tuple[str, Region]]:
    """The rows that what the screen in front consists of takes."""
    return layout_of(person.app.screen)


def layout_of(screen: Screen[object]) -> list[tuple[str, Region]]:
    """The same for one that may lie behind another."""
    parts = screen.children
    return [(str(one), one.region) for one in parts if "-textual-system" not in one.classes]


async def check(person: Person) -> None:
    """Tell three things at once; each has room of its own beside what has the focus."""
    before = layout(person)
    focused = person.app.focused
    for text in ("Done.", LONG, "Not now."):
        person.app.say(text)
    await settle(person.pilot)
    toasts = regions(person, Toast)
    assert toasts
    screen = person.app.screen
    for widget in screen._compositor.visible_widgets:
        if not widget.is_container and not isinstance(widget, Toast):
            seen = screen.find_widget(widget).visible_region
            assert not seen or not any(seen.overlaps(one) for one in toasts), widget
    if focused is not None:
        assert screen.find_widget(focused).visible_region, "the cursor is out of sight"
    for toast in screen.query(Toast):
        toast._expire()  # as its timer does
    await settle(person.pilot)
    assert not regions(person, Toast)
    assert layout(person) == before, "the work did not get its room back"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_work_moves_up(desk: Desk, size: tuple[int, int]) -> None:
    receive(desk, FOOD)
    app = ClerkApp(desk, idle_s=0)
    async with app.run_test(size=size, notifications=True) as pilot:
        person = Person(pilot, app)
        await check(person)
        await person.sign_in("counter")
        for keys in (("down",), ("enter",), ("ctrl+l",), ("escape", "f2"), ["tab"] * 9, ("f1",)):
            await person.press(*keys)
            await check(person)


async def test_it_ends_behind_a_dialog_too(desk: Desk) -> None:
    """Its empty rows once took all the others: the list behind stood blank."""
    receive(desk, FOOD)
    app = ClerkApp(desk, idle_s=0)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        person = Person(pilot, app)
        await person.sign_in("counter")
        home, before = app.screen, layout(person)
        app.say(LONG)
        await settle(pilot)
        await person.press("f1")
        for toast in [one for screen in app.screen_stack for one in screen.query(Toast)]:
            toast._expire()
        await settle(pilot)
        assert app.screen is not home
        await until(pilot, lambda: layout_of(home) == before)


async def test_it_is_whole_below_a_sign_in_box_that_has_no_room(desk: Desk) -> None:
    """The box went on unseen below what was told, and its frame cut a wide character out."""
    app = ClerkApp(desk, idle_s=0)
    async with app.run_test(size=(80, 16), notifications=True) as pilot:
        app.say("请先登录。")
        await settle(pilot)
        assert "请先登录。" in Person(pilot, app).text
