"""A long list under keys: it waits for no page, shows what is true, and cuts no column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from sqlalchemy import Engine, event
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown

from clerk.clock import SettableClock
from screens.home.screen import HomeScreen
from screens.widgets.cells import fit
from screens.widgets.column import Column
from screens.widgets.listing import Listing
from screens.widgets.paged import PAGES_HELD, Paged
from services.bootstrap import Desk
from services.outline import lay_out
from storage import cases
from storage.cases import CaseKey, Order
from tests.screens.story import receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN
from tests.support.screens import LARGE, SMALL, OneScreenApp, press, screen_lines, settle
from tests.support.storage import make_record
from tests.support.work_calendar import REAL_CALENDAR

EVERY, LONG = 200, 1_000_000


@dataclass(frozen=True)
class Row:
    """A line of a list that is counted out."""

    id: str
    cells: tuple[str, ...]
    colour: str = ""


def rows(page: int) -> list[Row]:
    """The lines of a page; every third name is of wide characters."""
    first = page * EVERY
    names = ("司马相如", "Ms. Ng", "é\u0301tienne\t\n\u200b")
    return [Row(str(n), (f"no. {n}", names[n % 3], "end")) for n in range(first, first + EVERY)]


def long_list(asked: list[int]) -> Paged[Row]:
    """A million lines of which the first page is there."""
    ends = [CaseKey(n, "") for n in range(EVERY - 1, LONG, EVERY)]
    source = Paged(rows(0), asked.append)
    source.lay_out(lay_out(Order.OLDEST, ends, EVERY, 0))
    return source


class OneList(App[None]):
    """Nothing but a list."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def compose(self) -> ComposeResult:
        columns = [Column("Number", 12, sorted=1), Column("Name"), Column("End", 3)]
        yield Listing(columns, empty=lambda: "", id="list")

    def on_listing_marked(self, event: Listing.Marked) -> None:
        self.told.append(event.marks)

    def on_listing_heading_chosen(self, event: Listing.HeadingChosen) -> None:
        self.told.append(event.column.title)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_keys_wait_for_no_page(size: tuple[int, int]) -> None:
    app, asked = OneList(), list[int]()
    async with app.run_test(size=size) as pilot:
        listing, source = app.query_one(Listing), long_list(asked)
        listing.show(source)
        await press(pilot, "end")
        assert listing.cursor == LONG - 1
        last = LONG // EVERY - 1
        assert asked == [last]
        assert any("…" in line for line in _lines(app))
        source.put(last, rows(last))
        listing.come()
        await settle(pilot)
        assert f"no. {LONG - 1}" in _lines(app)[-1]
        assert _lines(app)[0].startswith("▲Number")
        ends = {cell_len(line[: line.index("end")]) for line in _lines(app)[1:]}
        assert len(ends) == 1, "wide characters push nothing aside"
        await press(pilot, "home", "pagedown", "pagedown", "pageup")
        assert listing.cursor == size[1] - 2


async def test_marks_stay_with_their_rows_and_the_mouse_does_all() -> None:
    app = OneList()
    async with app.run_test(size=SMALL) as pilot:
        listing = app.query_one(Listing)
        listing.show(long_list([]))
        await settle(pilot)
        await pilot.click(Listing, offset=(5, 3), control=True)
        await settle(pilot)
        assert app.told == [frozenset({"2"})]
        assert [n for n, line in enumerate(_lines(app)) if "✓" in line] == [3]
        moved = Paged([Row("new", ("new", "", "end")), *rows(0)], lambda _page: None)
        listing.show(moved, cursor=3)
        await settle(pilot)
        assert "✓ no. 2" in next(line for line in _lines(app) if "✓" in line)
        assert listing.cursor == 3
        await pilot.click(Listing, offset=(4, 0))
        await settle(pilot)
        assert app.told[-1] == "Number"
        await pilot._post_mouse_events([MouseScrollDown], Listing, offset=(4, 4))
        await settle(pilot)
        assert listing.scroll_offset.y > 0


def test_few_pages_are_held_and_one_is_under_way() -> None:
    asked: list[int] = []
    source = long_list(asked)
    for index in range(EVERY * 10, EVERY * 200, EVERY):
        source.look_at(index + EVERY // 2)
    assert asked == [10], "no second one before the first is there"
    source.put(10, rows(10))
    assert asked == [10, 199], "and then the one that was looked at last"
    for page in range(200, 300):
        source.put(page, rows(page))
    assert len(source._held) == PAGES_HELD
    assert source.identity(0) == "0"
    source.give_up(199)
    source.look_at(EVERY * 50)
    assert asked[-1] == 50


@given(st.text(), st.integers(0, 40))
def test_a_text_takes_its_cells_and_no_more(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert cell_len(fitted) == width
    assert fitted.isprintable()


async def test_the_cursor_stays_with_its_case_when_rows_come(
    desk: Desk, clock: SettableClock
) -> None:
    for seed in range(1, 8):
        receive(desk, FOOD, seed=seed)
        clock.put(clock.now() + timedelta(minutes=1))
    app = OneScreenApp(desk, lambda: HomeScreen(page_rows=3))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.find_cases()  # the newest first
        await settle(pilot)
        home.listing.focus()
        await press(pilot, "end", "up")
        before = home._entries.find(home.listing.cursor)
        assert before is not None
        receive(desk, SIGN, seed=9)
        await settle(pilot)
        assert home.listing.length == 8
        assert home._entries.identity(home.listing.cursor) == before.id
        shown = [home._entries.identity(n) for n in range(8)]
        assert len(set(shown)) == 8
        assert before.cells[0] in "\n".join(screen_lines(app))


async def test_a_list_is_shown_before_more_of_it_is_read_than_is_in_sight(desk: Desk) -> None:
    with desk._store.begin() as connection:
        records = [make_record(place) for place in range(1, 61)]
        cases.upsert(connection, records, REAL_CALENDAR, desk.clock.now())
    app = OneScreenApp(desk, lambda: HomeScreen(page_rows=50))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        limits: list[int] = []

        def look(
            _connection: object,
            _cursor: object,
            statement: str,
            given: tuple[object, ...],
            *_more: object,
        ) -> None:
            if "FROM case_head" in statement and " LIMIT " in statement:
                limits.append(int(str(given[-2])))

        event.listen(Engine, "before_cursor_execute", look)
        try:
            home.find_cases()
            await settle(pilot)
        finally:
            event.remove(Engine, "before_cursor_execute", look)
        assert limits[:2] == [home.listing.size.height + 8, 50]
        assert home.listing.length == 60
        shown = [home._entries.identity(n) for n in range(home.listing.length)]
        assert len(set(shown[:50])) == 50


def _lines(app: App[None]) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips(app.size)]
