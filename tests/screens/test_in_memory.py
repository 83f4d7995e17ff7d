"""Every list that is in memory: narrowed as somebody types, sorted by a column, copied."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace
from textual.pilot import Pilot

from central.watching.following import sweep_watched
from clerk.clock import SettableClock
from clerk.contract.matter import MatterKind
from clerk.rules.numbers import spaced
from screens.arrangement import AS_IT_IS, Arrangement
from screens.dialogs.choose import Choose
from screens.matters.screen import MattersScreen
from screens.sorting import SortedScreen
from screens.widgets.column import Column
from screens.widgets.listing import Listing
from screens.widgets.rows import GroupedRows
from screens.words import word
from services.bootstrap import Desk
from tests.screens.story import Person, accept, at, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, type_walk_in
from tests.support.matters import INQUIRY
from tests.support.people import a_person
from tests.support.screens import LARGE, settle


def _screen(person: Person) -> SortedScreen:
    assert isinstance(person.app.screen, SortedScreen)
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
        await person.type("qq")
        await person.press("down", "space")
        assert "There is no row under the cursor." in person.toasts, "an empty list says so"


async def test_a_report_is_sorted_by_a_figure_below_its_total(desk: Desk) -> None:
    for seed, item in ((1, SIGN), (2, FOOD), (3, FOOD), (4, FOOD)):
        receive(desk, item, seed=seed)
    async with at(desk, "manager", LARGE) as person:
        await person.press("f7")
        title = _screen(person).listing.columns[1].title
        for wanted in (["4", "1", "3"], ["4", "3", "1"]):
            await _sort(person, title)
            assert [one.strip() for one in _column(person, title)] == wanted
        assert f"▼{title.strip()}" in person.text
        await person.press("right", "left")
        assert [one.strip() for one in _column(person, title)] == ["4", "3", "1"], "it stays so"
        await person.press("home", "down", "ctrl+c")
        assert person.app.clipboard.split("\t")[:2] == [FOOD.department_name, "3"]


async def test_matters_are_grouped_and_each_row_is_copied_whole(desk: Desk, hall: Hall) -> None:
    hall.stop()
    kinds = (MatterKind.INQUIRY, MatterKind.COMPLAINT, MatterKind.INQUIRY)
    for number, kind in enumerate(kinds):
        desk.matters.take(replace(INQUIRY, kind=kind, text=f"第{number}件"))
    async with at(desk, "counter", LARGE) as person:
        await person.press("shift+f11")
        await _arrange(person, "Group: by Matter")
        listing = _screen(person).listing
        assert listing.columns[0].title == "Matter"
        assert [bool(told) for told in _column(person, "Matter")].count(False) == 1
        ((at_row, twice),) = _told_twice(listing)
        await person.press("home", *["down"] * at_row, "ctrl+c")
        assert person.app.clipboard.split("\t")[0] == twice, "a copy tells the group again"
        screen = _screen(person)
        assert isinstance(screen, MattersScreen)
        assert screen.chosen is not None
        assert word(screen.chosen.matter.kind) == twice, "the keys follow the order"
        await _sort(person, "What is brought")
        assert _column(person, "What is brought") == ["第0件", "第1件", "第2件"]


async def test_the_cursor_and_the_marks_go_with_their_rows(desk: Desk, hall: Hall) -> None:
    hall.stop()

    def take(number: int) -> None:
        desk.matters.take(replace(INQUIRY, text=f"第{number}件"))

    take(1)
    take(3)
    async with at(desk, "counter", LARGE) as person:
        await person.press("shift+f11")
        await _sort(person, "What is brought")
        await person.press("home", "space")
        screen = _screen(person)
        assert isinstance(screen, MattersScreen)
        take(0)
        take(2)
        screen.reload()
        await settle(person.pilot)
        assert _column(person, "What is brought") == [f"第{n}件" for n in range(4)]
        assert screen.chosen is not None
        assert screen.chosen.matter.brought.text == "第3件", "what came above it moves no hand"
        await person.press("ctrl+c")
        assert "第1件" in person.app.clipboard


async def test_what_waits_is_narrowed_and_sorted_by_its_age(
    desk: Desk, hall: Hall, clock: SettableClock
) -> None:
    hall.stop()
    for seed in (1, 2):
        desk.intake.receive(type_walk_in(desk, FOOD, seed=seed))
        clock.put(clock.now() + timedelta(minutes=100))
    async with at(desk, "counter", LARGE) as person:
        await person.press("f6")
        as_it_is = _column(person, "Case")
        assert a_person(1).name in person.text
        await _sort(person, "Age")
        assert _column(person, "Case") == as_it_is[::-1], "100 minutes are less than 200"
        assert a_person(2).name in person.text, "what is told below is of the row that is shown"
        await person.type(as_it_is[0].replace(" ", ""))
        assert _column(person, "Case") == as_it_is[:1]
        assert a_person(1).name in person.text


async def test_the_board_copies_a_case_or_a_group(desk: Desk, hall: Hall) -> None:
    (case_id,) = accept(desk, FOOD)
    sweep_watched(hall.central)
    number = desk.cases.numbers({case_id})[case_id]
    async with at(desk, "manager", LARGE) as person:
        await person.press("f10", "ctrl+c")
        assert person.app.clipboard.split("\t")[:2] == ["All", "1"]
        await person.press("enter", "ctrl+c")
        assert person.app.clipboard.split("\t")[:2] == [spaced(number), FOOD.name]


async def _sort(person: Person, title: str) -> None:
    await _arrange(person, f"Sort: by {title.strip()}")


async def _arrange(person: Person, way: str) -> None:
    """Choose a way by its words."""
    await person.press("shift+f7")
    offer = person.app.screen
    assert isinstance(offer, Choose)
    told = [label for _key, label in offer.options]
    await person.press(*["down"] * told.index(way), "enter")


def _told_twice(listing: Listing) -> list[tuple[int, str]]:
    """The rows whose group the row before tells, with that group."""
    source = listing.source
    assert isinstance(source, GroupedRows)
    return [(n, source.whole(n)[0]) for n in range(len(source)) if not source.cells(n)[0]]


async def _click_heading(pilot: Pilot[None], person: Person) -> None:
    await pilot.click("#lines", offset=(5, 0))
    await settle(pilot)
    assert person.front == "ShiftScreen"


def test_a_kept_list_means_the_column_of_its_name() -> None:
    """Another column in front of it changes nothing; earlier programs kept its place alone."""
    columns = [Column("Number"), Column("Item")]
    by_item = Arrangement(by="Item", backwards=True)
    assert by_item.within(columns) == Arrangement(1, backwards=True)
    assert by_item.within([Column("New"), *columns]) == Arrangement(2, backwards=True)
    assert by_item.within(columns[:1]) == AS_IT_IS, "there is none any more"
    assert Arrangement(1).within(columns) == Arrangement(1)
    assert Arrangement(2).within(columns) == AS_IT_IS
