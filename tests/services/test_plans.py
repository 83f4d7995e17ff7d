"""Lists and counts go by an index: with a million cases, looking at each takes tens of seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, Select
from sqlalchemy.dialects import sqlite

from clerk.contract.case import Stage
from clerk.contract.sync import Enrolled
from clerk.contract.user import Role, User
from services.queues import COUNTER_QUEUES, DEPARTMENT_QUEUES, fill_in
from storage import cases
from storage.case_filter import select_bodies, select_count, select_page
from storage.case_query import CaseQuery, Order
from storage.store import Store
from tests.support.cases import MONDAY
from tests.support.storage import open_store

CLERK = User(id="u", login="u", name="窗口甲", roles=(Role.COUNTER, Role.APPROVER))
HANDLER = User(
    id="h", login="h", name="承办乙", roles=(Role.HANDLER, Role.APPROVER), department="market"
)
SEAT = Enrolled(
    device="d", incarnation=1, window="w1", window_name="一号窗", window_number=1, centre="中心"
)
ROOM = Enrolled(device="d", incarnation=1, department="market", centre="中心")


SORTED = (Order.DUE, Order.ITEM, Order.APPLICANT, Order.DEPARTMENT)
"""What somebody sorts a list by."""


def asked() -> dict[str, CaseQuery]:
    """Every queue, and what the papers of a window are found by."""
    queues = {f"window {one.key}": fill_in(one, CLERK, SEAT) for one in COUNTER_QUEUES}
    queues |= {f"room {one.key}": fill_in(one, HANDLER, ROOM) for one in DEPARTMENT_QUEUES}
    queues |= {
        "papers here": CaseQuery(window="w1", papers_at="window:w1"),
        "papers coming": CaseQuery(papers_to="window:w1"),
        "papers moved": CaseQuery(papers_since=MONDAY),
        "receipts": CaseQuery(window="w1", received_since=MONDAY),
    }
    queues |= {
        f"{place}, by {order}": replace(query, order=order)
        for order in SORTED
        for place, query in (
            ("a window", CaseQuery(window="w1")),
            ("a department", CaseQuery(department="market")),
            ("what is handled", CaseQuery(window="w1", stages=(Stage.HANDLING,))),
        )
    }
    return {name: one for name, one in queues.items() if one.waiting is None}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that was filled as often as its indexes have names."""
    store = open_store(Path(tmp_path_factory.mktemp("plans")))
    for _ in range(3):
        with store.begin() as connection:
            cases.begin_fresh(connection)
            cases.take_fresh(connection)
    yield store
    store.close()


def plan_of(connection: Connection, statement: Select[tuple[object]]) -> list[str]:
    """How the database would go about it."""
    told = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {told}")]


@pytest.mark.parametrize("name", asked())
def test_no_list_looks_at_every_case(store: Store, name: str) -> None:
    query = asked()[name]
    with store.read() as connection:
        page = plan_of(connection, select_page(query, MONDAY))
        count = plan_of(connection, select_count(query, MONDAY))
        bodies = plan_of(connection, select_bodies(query, MONDAY))
    assert "USING INDEX" in page[0], "in the order of the list"
    assert query.order not in SORTED or len(page) == 1, "and not sorted out"
    if query.lights:
        assert "lit" in page[0], "of those that have a light"
        assert "COVERING" in count[0], "which is told without reading a row"
    for step in (count[0], bodies[0]):
        assert "INDEX" in step
    whole = query in (replace(CaseQuery(), window="w1"), replace(CaseQuery(), department="market"))
    assert not whole or "COVERING" in count[0], "counted without reading a row"
