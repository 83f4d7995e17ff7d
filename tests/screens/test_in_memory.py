"""Every list that is in memory: narrowed as somebody types, sorted by a column, copied."""

from __future__ import annotations

from textual.pilot import Pilot

from screens.in_memory import InMemoryScreen
from services.bootstrap import Desk
from tests.screens.every_screen import every_place
from tests.screens.story import Person, accept, at, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, OpenDesk
from tests.support.people import a_person
from tests.support.screens import LARGE, settle


def _screen(person: Person) -> InMemoryScreen:
    assert isinstance(person.app.screen, InMemoryScreen)
    return person.app.screen


def _column(person: Person, title: str) -> list[str]:
    """What a column says, row by row."""
    listing = _screen(person).listing
    place = [one.title for one in listing.columns].index(title)
    assert listing.source is not None
    return [listing.source.cells(row)[place] for row in range(listing.length)]


async def test_papers_are_sorted_narrowed_and_copied_and_keys_follow(desk: Desk) -> None:
    for seed, item in ((1, SIGN), (2, FOOD), (3, SIGN)):
        receive(desk, item, seed=seed)
    names = {a_person(seed).name for seed in (1, 2, 3)}
    async with at(desk, "counter", LARGE) as person:
        await person.press("shift+f8")
        as_it_is = _column(person, "Applicant")
        await _sort(person, "Applicant")
        assert _column(person, "Applicant") == sorted(as_it_is)
        await _sort(person, "Applicant")
        assert _column(person, "Applicant") == sorted(as_it_is, reverse=True)
        await person.press("home", "enter")
        assert max(names) in person.text, "Enter opens the row that is shown"
        await person.press("escape", "home", "ctrl+c")
        assert person.app.clipboard.split("\t")[5] == max(names)
        await person.type(min(names))
        assert set(_column(person, "Applicant")) == {min(names)}
        await person.press("down", "shift+f7", "enter")
        assert not _screen(person).is_sorted


async def test_a_heading_sorts_by_a_click(desk: Desk) -> None:
    for seed in (1, 2, 3):
        accept(desk, FOOD, seed=seed)
    async with at(desk, "counter", LARGE) as person:
        await person.press("shift+f9")
        as_it_is = _column(person, "Number")
        for wanted in (sorted(as_it_is), sorted(as_it_is, reverse=True), as_it_is):
            await _click_heading(person.pilot, person)
            assert _column(person, "Number") == wanted
        await person.type(as_it_is[0])
        assert set(_column(person, "Number")) == {as_it_is[0]}


async def test_each_of_them_takes_the_same_keys(desk: Desk, open_at: OpenDesk, hall: Hall) -> None:
    seen = set()
    for sat, login, screens_there in every_place(desk, open_at, hall):
        async with at(sat, login, LARGE) as person:
            for name, opens in screens_there.items():
                opens(person.app)
                await settle(person.pilot)
                if isinstance(person.app.screen, InMemoryScreen):
                    seen.add(name)
                    labels = person.app.screen.LABELS
                    assert labels["arrange"] == InMemoryScreen.SORT["arrange"], name
                    assert {"arrange", "copy"} <= {
                        one.binding.id for one in person.app.screen.active_bindings.values()
                    }
                    await person.type("no such row")
                    assert _screen(person).listing.length == 0, name
                    assert _screen(person).typing.value == "no such row"
    assert seen >= {"CustodyScreen", "ShiftScreen", "PrintsScreen", "FindingsScreen"}


async def _sort(person: Person, title: str) -> None:
    await person.press("shift+f7")
    titles = [one.title for one in _screen_below(person).listing.columns if one.title]
    await person.press(*["down"] * (titles.index(title) + 1), "enter")


def _screen_below(person: Person) -> InMemoryScreen:
    below = person.app.screen_stack[-2]
    assert isinstance(below, InMemoryScreen)
    return below


async def _click_heading(pilot: Pilot[None], person: Person) -> None:
    await pilot.click("#lines", offset=(5, 0))
    await settle(pilot)
    assert person.front == "ShiftScreen"
