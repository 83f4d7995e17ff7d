"""The arithmetic of pages against a list that is counted out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.outline import Outline, is_after, lay_out
from storage import cases
from storage.cases import CaseKey, CaseQuery, Order
from tests.support.cases import MONDAY
from tests.support.storage import case_id, make_record, open_store
from tests.support.work_calendar import REAL_CALENDAR

KEYS = st.builds(CaseKey, st.integers(0, 9), st.text("ab", min_size=1, max_size=3))
ORDERS = st.sampled_from([Order.NEWEST, Order.OLDEST])


def in_order(keys: set[CaseKey], order: Order) -> list[CaseKey]:
    """The keys as a list of this order shows them."""
    plain = sorted((key.value, key.id) for key in keys)
    return [CaseKey(*key) for key in (reversed(plain) if order is Order.NEWEST else plain)]


@given(st.sets(KEYS), st.sets(KEYS, max_size=5), st.integers(1, 4), ORDERS)
def test_every_place_is_on_the_page_that_holds_its_row(
    cached: set[CaseKey], more: set[CaseKey], every: int, order: Order
) -> None:
    rows = in_order(cached - more, order)
    ends = rows[every - 1 :: every]
    outline = lay_out(order, ends, every, len(rows) - every * len(ends), more)
    whole = in_order(cached | more, order)
    assert outline.total == len(whole)
    assert sum(outline.size_of(page) for page in range(outline.pages)) == len(whole)
    for place, key in enumerate(whole):
        page = outline.page_of(place)
        assert outline.page_with(key) == page
        before = outline.key_before(page)
        after = [row for row in whole if before is None or is_after(row, before, order)]
        assert after[place - outline.start_of(page)] == key, "as the store finds it by key"


def test_an_empty_list_has_one_empty_page() -> None:
    assert lay_out(Order.DUE, (), 200, 0) == Outline(Order.DUE, (), (0,), 0)


@pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST, Order.DUE])
def test_the_pages_of_a_store_are_the_whole_list(tmp_path: Path, order: Order) -> None:
    store = open_store(tmp_path)
    records = [make_record(place, at=MONDAY + timedelta(hours=place % 7)) for place in range(23)]
    with store.begin() as connection:
        cases.upsert(connection, records, REAL_CALENDAR, MONDAY)
    query = CaseQuery(order=order, limit=100)
    left_out = {case_id(3), case_id(11)}
    with store.read() as connection:
        whole = [one for one in cases.page(connection, query, MONDAY) if one.id not in left_out]
        ends, rest = cases.outline(connection, query, MONDAY, 5, left_out)
        outline = lay_out(order, ends, 5, rest)
        assert outline.total == len(whole) == 21
        assert ends == [cases.key_of(one, order) for one in whole[4::5]]
        last = msgspec.structs.replace(query, after=outline.key_before(outline.pages - 1))
        found = [one for one in cases.page(connection, last, MONDAY) if one.id not in left_out]
        assert found == whole[-outline.size_of(outline.pages - 1) :]
    store.close()
