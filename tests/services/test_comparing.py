"""A cache that came to differ from central is found, fetched anew, and reported."""

from __future__ import annotations

from datetime import timedelta

from clerk.clock import SettableClock
from services.bootstrap import Desk
from services.sync import Comparison
from tests.support.cases import FOOD
from tests.support.desk import Hall, type_walk_in


def test_a_level_desk_is_the_same(hall: Hall, desk: Desk) -> None:
    desk.intake.receive(type_walk_in(desk, FOOD))
    assert desk.sync.compare() is Comparison.SAME
    assert desk.sync.status().rebuilt_at is None
    assert hall.list_audit("digest.mismatch") == []


def test_a_row_too_few_is_fetched_anew(hall: Hall, desk: Desk, clock: SettableClock) -> None:
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    with desk._store.begin() as connection:
        connection.exec_driver_sql("delete from case_head")
        connection.exec_driver_sql("delete from case_body")
    desk.sync.run_once()
    assert desk.cases.find_by_number(case.number) is None, "not every day is a day of comparison"
    clock.put(clock.now() + timedelta(days=1))
    desk.sync.run_once()
    assert desk.cases.detail(case.case_id).record.version == 1
    assert desk.sync.status().rebuilt_at == clock.now()
    assert hall.list_audit("digest.mismatch") == [desk.enrolled.device]
    assert desk.sync.compare() is Comparison.SAME


def test_a_row_too_many_and_a_wrong_version_are_found(desk: Desk) -> None:
    desk.intake.receive(type_walk_in(desk, FOOD))
    desk.sync.run_once()
    for spoiling in (
        "insert into entity values ('window', 'w9', 1, '{}', 0)",
        "update case_head set version = version + 1",
        "update entity set version = 7 where id = 'w1'",
    ):
        with desk._store.begin() as connection:
            connection.exec_driver_sql(spoiling)
        assert desk.sync.compare() is Comparison.DIFFERENT
        assert desk.sync.compare() is Comparison.SAME


def test_what_is_typed_outlives_a_rebuild(desk: Desk) -> None:
    draft = type_walk_in(desk, FOOD)
    with desk._store.begin() as connection:
        connection.exec_driver_sql("delete from entity")
    assert desk.sync.compare() is Comparison.DIFFERENT
    assert desk.drafts.get(draft.id) == draft
