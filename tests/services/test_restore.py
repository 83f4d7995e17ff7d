"""Central is restored from a backup: nothing that a clerk was told is saved is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from central.__main__ import main
from central.db import backup
from central.jobs.deemed import sweep_deemed
from clerk.clock import SettableClock
from clerk.contract.case import Stage
from clerk.errand import Errand
from clerk.rules.numbers import read_case_number
from services.bootstrap import Desk
from services.cases import CaseQuery
from services.sync import Comparison
from storage import leases
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, SIGN, Hall, OpenDesk, type_walk_in


class Backup:
    """A backup of a hall, taken while it serves."""

    def __init__(self, hall: Hall, folder: Path) -> None:
        self.hall = hall
        self.file = folder / "backup.db"
        backup.back_up(hall.central.database, self.file, Errand())

    def restore(self) -> None:
        self.hall.stop()
        assert main(["--database", self.hall.url, "restore", str(self.file)]) == 0
        self.hall.start()


def test_what_was_received_and_accepted_since_comes_back(
    hall: Hall, desk: Desk, open_at: OpenDesk, tmp_path: Path
) -> None:
    (old,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    taken = Backup(hall, tmp_path)
    accepted = desk.counter.accept(old.case_id)
    assert accepted.case.case is not None
    paper = desk.cases.detail(old.case_id).record.events[-1]
    (new,) = desk.intake.receive(type_walk_in(desk, SIGN, seed=3)).cases
    desk.sync.run_once()
    desk.sync.run_once()
    assert not desk.sync.outbox()

    taken.restore()
    assert hall.count("cases") == 1
    desk.sync.run_once()
    assert hall.count("cases") == 2
    assert not desk.sync.outbox(), "nobody has to deal with anything"
    shown = desk.cases.detail(old.case_id)
    assert shown.case.stage is Stage.ACCEPTED
    assert shown.record.events[-1] == paper, "with the moment and the number that are on paper"
    assert desk.cases.detail(new.case_id).record.version == 1
    assert desk.sync.compare() is Comparison.SAME

    fresh = desk.counter.accept(new.case_id).case.record
    assert fresh is not None
    assert fresh.events[-1] != paper
    market = open_at("market", department="market", login="market-handler")
    assert market.cases.detail(old.case_id).record.events[-1] == paper


def test_a_session_that_central_has_lost_is_asked_for(
    hall: Hall, open_at: OpenDesk, tmp_path: Path
) -> None:
    desk = open_at("w1", window="w1")
    taken = Backup(hall, tmp_path)
    desk.session.sign_in("counter", PASSWORD)
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.counter.accept(case.case_id)
    taken.restore()
    desk.sync.run_once()
    assert hall.count("cases") == 1, "a receipt needs nobody's session"
    assert desk.sync.status().blocked_for == "counter"
    assert desk.cases.detail(case.case_id).case.stage is Stage.ACCEPTED, "it is still shown so"
    desk.session.sign_in("counter", PASSWORD)
    desk.sync.run_once()
    assert not desk.sync.outbox()
    assert desk.cases.detail(case.case_id).case.stage is Stage.ACCEPTED


def test_an_act_waits_for_the_desk_that_has_what_it_leans_on(
    hall: Hall, desk: Desk, open_at: OpenDesk, tmp_path: Path
) -> None:
    market = open_at("market", department="market", login="market-handler")
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    taken = Backup(hall, tmp_path)
    desk.counter.accept(case.case_id)
    market.sync.run_once()
    market.casework.claim(case.case_id)
    market.sync.run_once()
    desk.sync.run_once()
    before = desk.cases.detail(case.case_id).record
    assert before.version == 3

    taken.restore()
    market.sync.run_once()
    assert [one.is_refused for one in market.sync.outbox()] == [False], "it waits, unrefused"
    desk.sync.run_once()
    market.sync.run_once()
    desk.sync.run_once()
    assert not market.sync.outbox()
    assert desk.cases.detail(case.case_id).record == before
    assert market.sync.compare() is desk.sync.compare() is Comparison.SAME


def test_what_central_refused_stays_refused(hall: Hall, desk: Desk, tmp_path: Path) -> None:
    taken = Backup(hall, tmp_path)
    (first,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    desk.counter.withdraw(first.case_id, "申请人自愿撤回")
    with pytest.raises(Exception, match=r"case\."):
        desk.counter.accept(first.case_id)
    (refused,) = desk.sync.outbox()
    (second,) = desk.intake.receive(type_walk_in(desk, FOOD, seed=4)).cases
    desk.sync.run_once()
    taken.restore()
    desk.sync.run_once()
    assert [one.n for one in desk.sync.outbox()] == [refused.n]
    assert desk.cases.detail(second.case_id).record.version == 1
    assert desk.cases.detail(first.case_id).case.stage is Stage.WITHDRAWN


def test_time_alone_accepts_nothing_while_desks_may_yet_speak(
    hall: Hall, desk: Desk, tmp_path: Path, clock: SettableClock
) -> None:
    desk.intake.receive(type_walk_in(desk, FOOD))
    desk.sync.run_once()
    taken = Backup(hall, tmp_path)
    clock.put(clock.now() + timedelta(days=14))
    hall.stop()
    main(["--database", hall.url, "restore", str(taken.file)])
    hall.start()
    hall.mark_restored()
    assert sweep_deemed(hall.central) == 0
    clock.put(clock.now() + timedelta(days=2))
    assert sweep_deemed(hall.central) == 1


def test_a_receipt_from_between_two_restores_of_one_backup(
    hall: Hall, desk: Desk, tmp_path: Path, clock: SettableClock
) -> None:
    """Its number was lent by a central that the second restore has lost."""
    taken = Backup(hall, tmp_path)
    taken.restore()
    hall.mark_restored()
    clock.put(clock.now() + timedelta(hours=2))
    with desk._store.begin() as connection:
        first = [leases.take_next(connection, 3, clock.now().date()) for _ in range(200)]
    desk.sync.run_once()
    desk.sync.run_once()
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    assert read_case_number(case.number).sequence not in first
    desk.sync.run_once()
    assert hall.count("cases") == 1

    taken.restore()
    hall.mark_restored()
    assert hall.count("cases") == 0
    clock.put(clock.now() + timedelta(hours=2))
    desk.sync.run_once()
    desk.sync.run_once()
    assert hall.count("cases") == 1
    assert desk.sync.status().refused == 0
    assert [row.number for row in desk.cases.page(CaseQuery())] == [case.number]


def test_a_central_at_work_is_not_restored(
    hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = Backup(hall, tmp_path)
    with hall.central.database.read() as connection:
        connection.exec_driver_sql("select 1 from cases").all()
        assert main(["--language", "en", "--database", hall.url, "restore", str(taken.file)]) == 1
    assert "still at work" in capsys.readouterr().err


def test_what_is_no_backup_is_refused(
    hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = tmp_path / "spoilt.db"
    spoilt.write_bytes(b"not a database at all" * 100)
    hall.stop()
    assert main(["--language", "en", "--database", hall.url, "restore", str(spoilt)]) == 1
    assert "no whole backup" in capsys.readouterr().err
    hall.start()
    assert hall.count("cases") == 0
