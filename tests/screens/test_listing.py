"""A list that is longer than its room keeps its last column and its last line."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from screens.widgets.listing import Column, Listing
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
