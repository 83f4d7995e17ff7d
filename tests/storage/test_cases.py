"""Queues over the cache of cases: every filter, and pages by key."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import event

from clerk.contract.case import CaseRecord, ClockState, Delivery, Outcome, Stage
from clerk.contract.command import (
    AcceptCase,
    ClaimCase,
    DecideCase,
    PassStep,
    Propose,
    WithdrawCase,
)
from clerk.contract.proposal import ExtendPlan, Procedure, Stopped
from clerk.contract.user import Role
from clerk.errors import StoreError
from clerk.rules.case import fold
from clerk.rules.case.timing import timing_of
from clerk.rules.clock import Light
from services.matching import matches
from storage import cases, outbox
from storage.cases import CaseQuery, Order
from storage.store import Store
from tests.support.cases import (
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    MONDAY,
    REVIEWER,
    CaseStory,
)
from tests.support.storage import case_id, make_record
from tests.support.work_calendar import REAL_CALENDAR

FIRE = replace(FOOD, id="fire", name="消防验收", department="fire", department_name="消防支队")


def renamed(record: CaseRecord | None, place: int) -> CaseRecord:
    assert record is not None
    return replace(record, id=case_id(place))


def varied() -> dict[str, CaseRecord]:
    """One case for each thing that a queue can ask for."""
    stopped_at = MONDAY + timedelta(hours=2)
    accepted = CaseStory().accepted()
    claimed = CaseStory().accepted().do(ClaimCase(), HANDLER)
    reviewing = CaseStory().accepted().do(ClaimCase(), HANDLER)
    reviewing.do(PassStep(opinion="齐全"), HANDLER)
    decided = CaseStory().accepted()
    for step, user in ((PassStep(opinion="可"), HANDLER), (PassStep(opinion="可"), REVIEWER)):
        decided.do(ClaimCase(), user).do(step, user)
    decided.do(ClaimCase(), APPROVER)
    decided.do(DecideCase(outcome=Outcome.GRANTED, opinion="准"), APPROVER)
    withdrawn = CaseStory().received().do(WithdrawCase(reason="放弃"), CLERK)
    base = renamed(accepted.record, 6)
    actor = base.events[0].by
    stop = Stopped(
        at=stopped_at, by=actor, procedure=Procedure.INSPECTION, basis="Art. 45", planned_days=5
    )
    return {
        "received": make_record(1, name="欧阳娜娜"),
        "accepted": renamed(accepted.record, 2),
        "claimed": renamed(claimed.record, 3),
        "reviewing": renamed(reviewing.record, 4),
        "decided": renamed(decided.record, 5),
        "stopped": CaseRecord(id=base.id, version=base.version + 1, events=(*base.events, stop)),
        "elsewhere": make_record(7, item=FIRE, window="w9"),
        "withdrawn": renamed(withdrawn.record, 8),
    }


@pytest.fixture
def filled(store: Store) -> Store:
    with store.begin() as conn:
        cases.upsert(conn, varied().values(), REAL_CALENDAR, MONDAY)
    return store


SOON = MONDAY + timedelta(minutes=30)

FILTERS = [
    (CaseQuery(), set(varied())),
    (CaseQuery(stages=(Stage.RECEIVED,)), {"received", "elsewhere"}),
    (
        CaseQuery(stages=(Stage.ACCEPTED, Stage.HANDLING)),
        {"accepted", "claimed", "reviewing", "stopped"},
    ),
    (CaseQuery(clocks=(ClockState.STOPPED,)), {"stopped"}),
    (CaseQuery(outcomes=(Outcome.GRANTED,)), {"decided"}),
    (CaseQuery(deliveries=(Delivery.AT_WINDOW,)), {"decided"}),
    (CaseQuery(department="fire"), {"elsewhere"}),
    (CaseQuery(window="w9"), {"elsewhere"}),
    (CaseQuery(item="fire"), {"elsewhere"}),
    (CaseQuery(application="visit-7"), {"elsewhere"}),
    (
        CaseQuery(step_department="market"),
        {"accepted", "claimed", "reviewing", "stopped"},
    ),
    (CaseQuery(step_department="fire"), set()),
    (CaseQuery(step_roles=(Role.REVIEWER,)), {"reviewing"}),
    (
        CaseQuery(step_roles=(Role.REVIEWER, Role.HANDLER)),
        {"accepted", "claimed", "reviewing", "stopped"},
    ),
    (CaseQuery(claim_user=HANDLER.id), {"claimed"}),
    (CaseQuery(claim_user=REVIEWER.id), set()),
    (CaseQuery(free_for=REVIEWER.id), set(varied()) - {"claimed"}),
    (CaseQuery(free_for=HANDLER.id), set(varied())),
    (CaseQuery(text="欧阳"), {"received"}),
    (CaseQuery(text="娜"), {"received"}),
    (CaseQuery(text="%"), set()),
    (CaseQuery(text=varied()["elsewhere"].events[0].number), {"elsewhere"}),  # type: ignore[union-attr]
    (CaseQuery(text="260601"), set(varied())),
    (CaseQuery(stages=(Stage.RECEIVED,), window="w1"), {"received"}),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_a_filter_finds_what_it_asks_for(
    filled: Store, query: CaseQuery, expected: set[str]
) -> None:
    names = {record.id: name for name, record in varied().items()}
    with filled.read() as conn:
        assert {names[row.id] for row in cases.page(conn, query, SOON)} == expected
        assert cases.count(conn, query, SOON) == len(expected)


def test_what_waits_for_a_seat_is_found_by_it(store: Store) -> None:
    asking = CaseStory().accepted().do(ClaimCase(), HANDLER)
    asking.do(Propose(plan=ExtendPlan(days=5, reason="复杂")), HANDLER)
    record = renamed(asking.record, 9)
    with store.begin() as conn:
        cases.upsert(conn, [record], REAL_CALENDAR, MONDAY)
        for seat, found in (("head@market", 1), ("head@fire", 0), ("head@", 0), ("head", 0)):
            query = CaseQuery(seats=("approver@market", seat))
            assert cases.count(conn, query, SOON) == found, seat
            row = cases.page(conn, CaseQuery(), SOON)[0]
            assert matches(row, query, SOON, waiting=False) is bool(found), seat


def test_a_claim_that_ran_out_holds_nobody_off(filled: Store) -> None:
    later = MONDAY + timedelta(hours=3)
    with filled.read() as conn:
        assert cases.count(conn, CaseQuery(free_for=REVIEWER.id), later) == len(varied())
        assert cases.count(conn, CaseQuery(claim_user=HANDLER.id), later) == 0


@pytest.mark.parametrize("days", range(0, 45, 3))
@pytest.mark.parametrize("light", Light)
def test_a_light_in_sql_is_the_light_of_the_rules(filled: Store, light: Light, days: int) -> None:
    now = MONDAY + timedelta(days=days, hours=5)
    shining = {
        record.id
        for record in varied().values()
        if timing_of(fold(record), REAL_CALENDAR, MONDAY).light(now) is light
    }
    with filled.read() as conn:
        rows = cases.page(conn, CaseQuery(lights=(light,)), now)
        assert {row.id for row in rows} == shining
        assert all(row.light(now) is light for row in rows)


def test_all_lights_are_seen_by_the_test_above() -> None:
    seen = {
        timing_of(fold(record), REAL_CALENDAR, MONDAY).light(MONDAY + timedelta(days=days, hours=5))
        for record in varied().values()
        for days in range(0, 45, 3)
    }
    assert seen == set(Light)


def test_waiting_means_a_command_without_an_answer(filled: Store) -> None:
    with filled.begin() as conn:
        outbox.append(
            conn,
            command_id="c1",
            case_id=case_id(1),
            base_version=1,
            command=AcceptCase(),
            user="u-clerk",
            at=MONDAY,
        )
        waiting = cases.page(conn, CaseQuery(waiting=True), SOON)
        assert [row.id for row in waiting] == [case_id(1)]
        assert cases.count(conn, CaseQuery(waiting=False), SOON) == len(varied()) - 1


def test_a_head_tells_what_the_rules_derive(filled: Store) -> None:
    record = varied()["claimed"]
    case, timing = fold(record), timing_of(fold(record), REAL_CALENDAR, MONDAY)
    with filled.read() as conn:
        row = cases.find_row(conn, record.id)
        by_number = cases.find_by_number(conn, "nothing of ours")
    assert by_number is None
    assert row is not None
    assert case.claim is not None
    assert (row.version, row.number, row.item_name) == (case.version, case.number, FOOD.name)
    assert (row.stage, row.clock, row.delivery) == (case.stage, case.clock, case.delivery)
    assert (row.step, row.step_role, row.step_department) == ("handle", "handler", "market")
    assert (row.claim_user, row.claim_until) == (HANDLER.id, case.claim.until)
    assert (row.promised_due, row.statutory_due) == (timing.promised_due, timing.statutory_due)
    assert (row.received_at, row.forecast) == (case.received_at, False)
    assert row.plan == timing.plan


def test_a_case_comes_back_with_its_events(filled: Store) -> None:
    with filled.read() as conn:
        for record in varied().values():
            assert cases.get(conn, record.id) == record
        with pytest.raises(StoreError, match=r"case\.unknown"):
            cases.get(conn, "nobody")


def pages(store: Store, query: CaseQuery) -> list[list[str]]:
    found: list[list[str]] = []
    with store.read() as conn:
        while rows := cases.page(conn, query, MONDAY):
            found.append([row.id for row in rows])
            query = replace(query, after=cases.key_of(rows[-1], query.order))
    return found


NAMED = {
    Order.ITEM: "item_name",
    Order.APPLICANT: "applicant_name",
    Order.DEPARTMENT: "department_name",
}
"""Orders that somebody chooses over a list."""


@pytest.mark.parametrize("order", Order)
def test_pages_go_on_by_key_through_equal_values(store: Store, order: Order) -> None:
    with store.begin() as conn:
        records = [make_record(n, at=MONDAY + timedelta(days=n // 10)) for n in range(95)]
        cases.upsert(conn, records, REAL_CALENDAR, MONDAY)
        cases.upsert(conn, [make_record(95)], None, MONDAY)
    query = CaseQuery(order=order, limit=20)
    found = pages(store, query)
    assert [len(one) for one in found] == [20, 20, 20, 20, 16]
    together = [one for page in found for one in page]
    assert sorted(together) == [case_id(n) for n in range(96)]
    with store.read() as conn:
        whole = cases.page(conn, replace(query, limit=1000), MONDAY)
    assert [row.id for row in whole] == together
    if order is Order.DEFERRED:
        assert [row.id for row in whole] == sorted(together), "none of them defers a paper"
    elif order in NAMED:
        named = [getattr(row, NAMED[order]) for row in whole]
        assert named == sorted(named)
    elif order is not Order.DUE:
        received = [row.received_at for row in whole]
        assert received == sorted(received, reverse=order is Order.NEWEST)
    else:
        assert whole[-1].promised_due is None, "what has no due date comes last"
        due = [row.promised_due for row in whole[:-1]]
        assert due == sorted(due, key=str)


def test_a_case_that_comes_in_between_shifts_no_page(store: Store) -> None:
    with store.begin() as conn:
        cases.upsert(conn, [make_record(n) for n in range(40)], REAL_CALENDAR, MONDAY)
        first = cases.page(conn, CaseQuery(limit=20), MONDAY)
        cases.upsert(conn, [make_record(99)], REAL_CALENDAR, MONDAY)
        after = cases.key_of(first[-1], Order.NEWEST)
        second = cases.page(conn, CaseQuery(limit=20, after=after), MONDAY)
    assert [row.id for row in first + second] == [case_id(n) for n in reversed(range(40))]


@pytest.mark.parametrize("order", Order)
def test_a_page_is_read_from_an_index_without_skipping_or_sorting(
    store: Store, order: Order
) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    query = CaseQuery(after=cases.CaseKey(5, "x"), order=order, limit=7)
    with store.read() as conn:
        event.listen(conn, "before_cursor_execute", lambda *seen: asked.append(seen[2:4]))
        cases.page(conn, query, MONDAY)
        ((statement, parameters),) = asked
        plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    assert parameters[-2:] == (7, 0), "the limit, and no rows skipped"
    by = {Order.DUE: "promised_due", Order.DEFERRED: "deferred_due"} | NAMED
    column = by.get(order, "received_at")
    comparison = "<" if order is Order.NEWEST else ">"
    searched = f"SEARCH case_head USING INDEX ix_case_head_{column}"
    assert [row.detail for row in plan] == [f"{searched} (({column},id){comparison}(?,?))"]


def test_forecasts_are_counted_anew_and_decided_cases_are_left(filled: Store) -> None:
    later: datetime = MONDAY + timedelta(days=7)
    with filled.begin() as conn:
        before = {row.id: row for row in cases.page(conn, CaseQuery(), MONDAY)}
        touched = cases.date_anew(conn, REAL_CALENDAR, later)
        after = {row.id: row for row in cases.page(conn, CaseQuery(), MONDAY)}
    records = varied()
    assert touched == {records[name].id for name in ("received", "elsewhere", "stopped")}
    first = records["received"].id
    old_due, new_due = before[first].promised_due, after[first].promised_due
    assert old_due is not None
    assert new_due is not None
    assert new_due > old_due
    untouched = set(before) - touched
    assert {one: before[one] for one in untouched} == {one: after[one] for one in untouched}


def test_cases_that_are_left_out_are_not_read(filled: Store) -> None:
    kept = case_id(7)
    others = {record.id for record in varied().values()} - {kept}
    with filled.begin() as conn:
        conn.exec_driver_sql("UPDATE case_body SET body = x'00' WHERE id != ?", (kept,))
        (found,) = cases.every(conn, CaseQuery(), MONDAY, others)
        assert found.id == kept


def test_dates_are_counted_anew_so_many_cases_at_once(filled: Store) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    with filled.begin() as conn:
        event.listen(conn, "before_cursor_execute", lambda *seen: asked.append(seen[2:4]))
        touched = cases.date_anew(conn, REAL_CALENDAR, MONDAY + timedelta(days=7), at_once=2)
        reads = [one for one in asked if one[0].startswith("SELECT")]
        plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {reads[0][0]}", reads[0][1]).all()
    assert len(touched) == 3
    assert len(reads) == 3, "two, one, and no more"
    assert all(parameters[-2] == 2 for _statement, parameters in reads)
    assert plan[0].detail == "SEARCH case_head USING INTEGER PRIMARY KEY (rowid>?)"
    assert not [row.detail for row in plan if "TEMP B-TREE" in row.detail]
