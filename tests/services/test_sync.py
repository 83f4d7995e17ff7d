"""The background: it pushes what is queued, hears of what changed, and stops at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from clerk.contract.case import Stage
from clerk.errors import UnreachableError
from services.backoff import delay_s
from services.bootstrap import Desk
from services.cases import CaseQuery
from services.changes import Changed
from tests.support.cases import FOOD
from tests.support.desk import Hall, OpenDesk, type_walk_in

PATIENCE_S = 20.0


class Ear:
    """Hears what changed, and waits until something is so."""

    def __init__(self, desk: Desk) -> None:
        self.heard: list[Changed] = []
        self._told = threading.Condition()
        desk.listen(self.hear)

    def hear(self, changed: Changed) -> None:
        with self._told:
            self.heard.append(changed)
            self._told.notify_all()

    def wait(self, until: Callable[[], bool]) -> bool:
        with self._told:
            return self._told.wait_for(until, PATIENCE_S)


def test_a_receipt_is_pushed_at_once(hall: Hall, desk: Desk) -> None:
    desk.sync.start()
    assert desk.sync.wait_idle(PATIENCE_S)
    received = desk.intake.receive(type_walk_in(desk, FOOD))
    assert desk.sync.wait_idle(PATIENCE_S)
    assert not desk.sync.outbox()
    assert hall.count("cases") == 1
    assert desk.cases.detail(received.cases[0].case_id).record.version == 1


def test_another_desk_hears_of_it(desk: Desk, open_at: OpenDesk) -> None:
    market = open_at("market", department="market", login="market-handler")
    ear = Ear(market)
    market.sync.start()
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    assert ear.wait(lambda: any(case.case_id in one.cases for one in ear.heard))
    assert [row.number for row in market.cases.page(CaseQuery())] == [case.number]


def pulls_answered(hall: Hall) -> int:
    """How many pulls central has answered so far, as its own metrics tell."""
    counted = 'clerk_requests_total{route="/sync/pull",status="200"} '
    lines = hall.central.metrics.render().splitlines()
    return sum(int(line.removeprefix(counted)) for line in lines if line.startswith(counted))


def wait_until(so: Callable[[], bool]) -> bool:
    """Look again and again, where nobody tells."""
    until, never = time.monotonic() + PATIENCE_S, threading.Event()
    while not so() and time.monotonic() < until:
        never.wait(0.01)
    return so()


def test_a_change_is_the_answer_to_the_poll_that_waits_for_it(
    hall: Hall, desk: Desk, open_at: OpenDesk
) -> None:
    market = open_at("market", department="market", login="market-handler")
    ear = Ear(market)
    market.sync.start()
    assert wait_until(lambda: len(hall.central.wakeups) == 1), "it waits at central"
    before = pulls_answered(hall)
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    assert pulls_answered(hall) == before, "it goes on waiting"
    desk.sync._pusher.push_queued()
    assert ear.wait(lambda: any(case.case_id in one.cases for one in ear.heard))
    assert pulls_answered(hall) == before + 1, "the poll that waited, and no other"
    assert wait_until(lambda: len(hall.central.wakeups) == 1), "and it waits again"


def test_the_line_comes_back_by_itself(hall: Hall, desk: Desk) -> None:
    ear = Ear(desk)
    desk.sync.start()
    assert desk.sync.wait_idle(PATIENCE_S)
    hall.stop()
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    assert ear.wait(lambda: not desk.sync.status().online)
    assert desk.sync.wait_idle(PATIENCE_S), "with the line down there is nothing to do"
    assert desk.sync.status().waiting == 1
    hall.start()
    desk.sync.retry_now()
    assert ear.wait(lambda: not desk.sync.outbox())
    assert desk.cases.detail(case.case_id).record.version == 1


def test_an_act_beside_the_background_is_done_once(hall: Hall, desk: Desk) -> None:
    desk.sync.start()
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    done = desk.counter.accept(case.case_id)
    assert done.case.case is not None
    assert done.case.case.stage is Stage.ACCEPTED
    assert desk.sync.wait_idle(PATIENCE_S)
    assert hall.count("commands") == 2


def test_stopping_does_not_wait_for_central(desk: Desk) -> None:
    desk.sync.start()
    assert desk.sync.wait_idle(PATIENCE_S)
    desk.sync.stop()
    assert not [one for one in threading.enumerate() if one.name.startswith("clerk-")]


def test_a_bootstrap_comes_anew_where_the_scope_changed(hall: Hall, desk: Desk) -> None:
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    with hall.central.database.write() as connection:
        connection.exec_driver_sql("update devices set scope_version = 2")
    desk._line.forget_greeting()
    desk.sync.run_once()
    assert desk.cases.detail(case.case_id).record.version == 1
    assert desk.catalogue.count() == 2


@pytest.mark.parametrize(
    ("failures", "longest"), [(1, 1.0), (2, 2.0), (4, 8.0), (7, 60.0), (1000, 60.0)]
)
def test_each_failure_doubles_the_longest_wait(failures: int, longest: float) -> None:
    assert delay_s(failures, None, lambda: 1.0) == longest
    assert delay_s(failures, None, lambda: 0.0) == 0.0


def test_central_is_left_alone_for_as_long_as_it_asked() -> None:
    busy = UnreachableError("central.busy", retry_after_s=30)
    assert delay_s(1, busy, lambda: 0.5) == 30.5
