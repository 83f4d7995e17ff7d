"""A long list of keys takes the lines it needs; every screen is looked over in test_snapshots."""

from __future__ import annotations

from screens.widgets.key_bar import KeyBar
from services.bootstrap import Desk
from tests.screens.story import at
from tests.support.cases import FOOD
from tests.support.desk import type_walk_in


async def test_a_long_list_of_keys_takes_more_lines(desk: Desk) -> None:
    type_walk_in(desk, FOOD)
    async with at(desk, "counter", (40, 24)) as person:
        bar = person.app.screen.query_one(KeyBar)
        assert bar.size.height > 1
        check_keys = [label for _key, label in bar._keys]
        assert all(label in person.text for label in check_keys)
