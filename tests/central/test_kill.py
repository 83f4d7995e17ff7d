"""kill -9 of central while desks push: nothing acknowledged is lost, nothing happens twice."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from central.db import audit, cases
from central.db.engine import Connection
from central.service import Central
from central.sync.enrol import give_code
from clerk.clock import SystemClock
from clerk.contract.answer import Conclusion
from clerk.contract.case import Accepted
from services.demo.server import CentralProcess
from tests.support.central import furnish
from tests.support.databases import new_postgres
from tests.support.pushing_desk import PushingDesk

DESKS = 3
MOST_WAIT_S = 0.8

pytestmark = pytest.mark.timeout(7200)


class Hall:
    """A central in a process of its own, over a furnished database that tests may look into."""

    def __init__(self, folder: Path, url: str, stack: ExitStack) -> None:
        """Serve; desks are enrolled with it."""
        self.clock = SystemClock()
        self.central = Central.open(url, self.clock)
        stack.callback(self.central.close)
        self.central.init()
        self.central.database.commit(furnish)
        self.process = CentralProcess(folder)
        self.process.database = url
        self.process.start()
        stack.callback(self.process.kill)
        self.desks = [self._enrol(stack) for _ in range(DESKS)]

    def kill_and_start(self, pause: float) -> None:
        """Let the desks push for so long, then end central as a power cut would."""
        threading.Event().wait(pause)
        self.process.kill()
        self.process.start()

    def _enrol(self, stack: ExitStack) -> PushingDesk:
        desk = PushingDesk(self.process.address)
        stack.enter_context(desk.http)
        desk.begin(self.central.database.commit(self._give_code))
        return desk

    def _give_code(self, connection: Connection) -> str:
        return give_code(connection, window="w1", department="", now=self.clock.now())


@pytest.fixture(params=["sqlite", "postgresql"])
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hall]:
    """Central on either kind of database, with three desks at one window."""
    url = f"sqlite:///{tmp_path / 'central.db'}"
    if request.param == "postgresql":
        url = new_postgres(request.getfixturevalue("postgres"))
    with ExitStack() as stack:
        yield Hall(tmp_path, url, stack)


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [2, pytest.param(150, marks=pytest.mark.soak)])
def test_no_command_is_lost_or_done_twice(hall: Hall, rounds: int) -> None:
    chance, done = random.Random(rounds), threading.Event()
    with ThreadPoolExecutor(DESKS) as pool:
        working = [pool.submit(desk.work, done) for desk in hall.desks]
        try:
            for _round in range(rounds):
                hall.kill_and_start(chance.uniform(0, MOST_WAIT_S))
        finally:
            done.set()
        for one in working:
            one.result(timeout=60)
    check(hall)


def check(hall: Hall) -> None:
    """Every answer stands, each effect is there once, and every desk can hear of it."""
    received = [
        envelope.case_id
        for desk in hall.desks
        for envelope, _answer in desk.answered.values()
        if envelope.base_version == 0
    ]
    answers = [answer for desk in hall.desks for _envelope, answer in desk.answered.values()]
    assert len(received) >= DESKS, "they did work"
    assert {one.conclusion for one in answers} == {Conclusion.APPLIED}
    for desk in hall.desks:
        for n in desk.answered:
            desk.repeat(n)
        assert desk.changed_answers == [], "the same answer to every repeat"
        desk.catch_up()
        assert {case for case in received if desk.fed.get(case) != 2} == set(), "a feed complete"
    hall.central.database.commit(partial(check_record, received=received, answers=len(answers)))


def check_record(connection: Connection, received: list[str], answers: int) -> None:
    """Central's own tables: one row, one effect and one audit record for each command."""
    records = [cases.find_record(connection, case) for case in received]
    documents = [
        event.document
        for record in records
        if record is not None
        for event in record.events
        if isinstance(event, Accepted)
    ]
    assert len(set(documents)) == len(documents) == len(received), "each accepted once"
    assert count(connection, "cases") == len(received)
    assert count(connection, "events") == 2 * len(received)
    assert count(connection, "commands") == answers
    acts = "audit where action in ('receive.1', 'accept.1')"
    assert count(connection, acts) == answers, "one audit record per effect"
    assert audit.find_break(connection) is None


def count(connection: Connection, rows: str) -> int:
    """How many rows there are."""
    return int(connection.exec_driver_sql(f"select count(*) from {rows}").scalar_one())  # noqa: S608
