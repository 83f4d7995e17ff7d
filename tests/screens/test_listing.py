"""A list that is longer than its room keeps its last column and its last line."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from screens.widgets.cells import shorten
from screens.widgets.column import Column
from screens.widgets.listing import Listing
from screens.widgets.room import share_out
from screens.widgets.rows import Rows

SIZE = (40, 8)


class Page(App[None]):
    """Nothing but a list."""

    def compose(self) -> ComposeResult:
        yield Listing([Column("Name"), Column("End", 3)], empty=lambda: "", id="list")


@pytest.mark.parametrize("length", [3, 30])
async def test_the_last_column_is_whole(length: int) -> None:
    app = Page()
    async with app.run_test(size=SIZE) as pilot:
        listing = app.query_one(Listing)
        listing.show(Rows([f"row {n}" for n in range(length)], lambda name: [name, "end"]))
        await pilot.pause()
        lines = [strip.text for strip in app.screen._compositor.render_strips(app.size)]
        rows = [line for line in lines if "row" in line]
        assert len(rows) == min(length, SIZE[1] - 1)
        assert all("end" in row for row in rows)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("食品经营许可", 12, "食品经营许可"),
        ("食品经营许可证", 12, "食品经营许… "),
        ("At the window", 12, "At the wind…"),
        ("two words", 5, "two… "),
        ("原件", 8, "原件    "),
        ("✓✓✓✓", 3, "✓✓✓"),
    ],
)
def test_what_is_cut_off_says_so(text: str, width: int, shown: str) -> None:
    assert shorten(text, width) == shown


def test_no_wide_hole_parts_a_row() -> None:
    columns = [Column("Number", 18), Column("Material", most=60), Column("Kind", 14)]
    assert share_out(columns, 80) == [18, 46, 14]
    assert share_out(columns, 160) == [18, 60, 14]


@pytest.mark.parametrize(
    ("width", "widths"), [(71, [40, 30]), (100, [56, 43]), (120, [56, 63]), (160, [56, 90])]
)
def test_what_a_column_has_no_need_of_goes_to_the_others(width: int, widths: list[int]) -> None:
    columns = [Column("Found", share=4, most=56), Column("What it is", share=3, most=90)]
    assert share_out(columns, width) == widths


@pytest.mark.parametrize(("width", "widths"), [(60, [10, 24, 24]), (100, [16, 41, 41])])
def test_a_column_is_wider_where_there_is_room(width: int, widths: list[int]) -> None:
    columns = [Column("Stands at", 10, wide=16), Column("Item"), Column("Applicant")]
    assert share_out(columns, width) == widths
