"""A queue asked in Python holds what it holds when asked in SQL."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clerk.contract.case import (
    Accepted,
    AnyEvent,
    Claimed,
    CompletedAtCounter,
    Decided,
    Declined,
    DeclineGround,
    Delivery,
    DepartmentAccepted,
    MaterialState,
    Outcome,
    Stage,
    Ticked,
)
from clerk.contract.user import Actor, Role
from clerk.rules.clock import Light
from clerk.rules.exemption import Flaw
from services.matching import is_on_page, matches, sorting_key
from storage import cases
from storage.cases import CaseQuery, CaseRow, Order, key_of
from storage.store import Store
from tests.support.cases import MONDAY
from tests.support.storage import make_record, open_store
from tests.support.work_calendar import REAL_CALENDAR

MARKET = Actor(user="u-h", name="承办乙", department="market")
COUNTER = Actor(user="u-clerk", name="窗口甲", window="w1")


def lives(at: datetime) -> tuple[tuple[AnyEvent, ...], ...]:
    """Ways that a case may have gone since it was received."""
    accepted = Accepted(at=at + timedelta(hours=1), by=COUNTER, document="1")
    taken_up = DepartmentAccepted(at=at + timedelta(hours=2), by=MARKET)
    claimed = Claimed(at=at + timedelta(hours=2), by=MARKET, until=at + timedelta(days=3))
    granted = Decided(
        at=at + timedelta(hours=3), by=MARKET, step="approve", outcome=Outcome.GRANTED, opinion="行"
    )
    declined = Declined(
        at=at + timedelta(hours=1), by=COUNTER, ground=DeclineGround.NOT_ELIGIBLE, reason="不符"
    )
    to_come = Ticked(
        key="m3", name="布局图", state=MaterialState.DEFERRED, due=(at + timedelta(days=10)).date()
    )
    ticked = CompletedAtCounter(at=at, by=COUNTER, materials=(to_come,))
    lacks = msgspec.structs.replace(
        to_come, state=MaterialState.MISSING, note=Flaw.REVOKED, due=None
    )
    return (
        (),
        (CompletedAtCounter(at=at, by=COUNTER, materials=(lacks,)),),
        (ticked,),
        (ticked, accepted, taken_up, granted),
        (accepted,),
        (accepted, claimed),
        (accepted, taken_up, granted),
        (declined,),
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(Path(tmp_path_factory.mktemp("matching")))
    chance = random.Random(5)
    records = []
    for place in range(60):
        at = MONDAY + timedelta(days=chance.randrange(20), minutes=place)
        more = chance.choice(lives(at))
        window = chance.choice(("w1", "w2"))
        name = chance.choice(("", "Ǻlice Əliyev", "Li Ming"))
        records.append(make_record(place, more, at=at, window=window, name=name))
    with store.begin() as connection:
        cases.upsert(connection, records, REAL_CALENDAR, MONDAY)
    yield store
    store.close()


def some(values: type[StrEnum]) -> st.SearchStrategy[tuple[StrEnum, ...]]:
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


QUERIES = st.builds(
    CaseQuery,
    stages=some(Stage),
    deliveries=some(Delivery),
    outcomes=some(Outcome),
    department=st.sampled_from(("", "market", "construction")),
    window=st.sampled_from(("", "w1", "w2")),
    step_department=st.sampled_from(("", "", "market")),
    step_roles=some(Role),
    claim_user=st.sampled_from(("", "", "u-h", "u-x")),
    free_for=st.sampled_from(("", "u-h", "u-x")),
    text=st.sampled_from(("", "li", "LI", "əli", "ǺLICE", "2606", "260601")),
    lights=some(Light),
    deferred=st.booleans(),
    asked_after_all=st.booleans(),
    order=st.sampled_from(Order),
    limit=st.just(100),
)
MOMENTS = st.integers(0, 60).map(lambda days: MONDAY + timedelta(days=days))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(query=QUERIES, now=MOMENTS, start=st.none() | st.integers(0, 59))
def test_python_and_sql_agree(
    store: Store, query: CaseQuery, now: datetime, start: int | None
) -> None:
    with store.read() as connection:
        everything = cases.page(connection, CaseQuery(limit=100), now)
        if start is not None:
            query = _after(query, everything[start])
        asked = cases.page(connection, query, now)
    told = [
        row
        for row in everything
        if matches(row, query, now, waiting=False) and is_on_page(row, query)
    ]
    newest = query.order is Order.NEWEST
    told.sort(key=lambda row: sorting_key(row, query.order), reverse=newest)
    assert [row.id for row in told] == [row.id for row in asked]


def _after(query: CaseQuery, row: CaseRow) -> CaseQuery:
    return msgspec.structs.replace(query, after=key_of(row, query.order))
