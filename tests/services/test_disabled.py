"""Who was disabled hands over what is only here; then nothing of it is left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from central.desks import disable_desk
from central.staff import disable_user, enable_user
from clerk.clock import SettableClock
from clerk.errors import RefusedError, StoreError, UnreachableError
from services.bootstrap import Desk, open_desk
from services.cases import CaseQuery
from tests.services.scan_story import large_pdf, received
from tests.support.cases import FOOD
from tests.support.desk import Hall, type_walk_in
from tests.support.people import a_person
from tests.support.scans import put
from tests.support.seats import MemoryKeyring


def disable(hall: Hall, desk: Desk) -> None:
    device, now = desk.enrolled.device, hall.clock.now()
    hall.central.database.commit(lambda connection: disable_desk(connection, device, now))


def test_a_disabled_desk_hands_over_and_is_emptied(
    hall: Hall, desk: Desk, memory_keyring: MemoryKeyring, clock: SettableClock
) -> None:
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD))
    assert list(desk.profile.papers.iterdir())
    hall.start()
    clock.put(clock.now() + timedelta(minutes=5))
    disable(hall, desk)
    clock.put(clock.now() + timedelta(minutes=5))
    desk.intake.receive(type_walk_in(desk, FOOD, seed=3))
    with pytest.raises(RefusedError, match=r"desk\.ended"):
        desk.sync.run_once()
    assert hall.count("cases") == 2, "the desk could not know; the applicant has the receipt"
    left = [one for one in desk.profile.data.rglob("*") if one.is_file()]
    assert [one.name for one in left] == ["running.lock"]
    assert not memory_keyring.kept
    with pytest.raises(StoreError, match=r"desk\.ended"):
        desk.cases.page(CaseQuery())
    assert not desk.profile.store.exists()
    desk.close()
    with pytest.raises(StoreError, match=r"desk\.not_enrolled"):
        open_desk(desk.profile, clock)


def test_nothing_is_destroyed_before_central_has_it(hall: Hall, desk: Desk) -> None:
    desk.intake.receive(type_walk_in(desk, FOOD))
    disable(hall, desk)
    hall.stop()
    with pytest.raises(UnreachableError):
        desk.sync.run_once()
    assert desk.sync.status().waiting == 1
    assert desk.profile.store.exists()
    hall.start()
    with pytest.raises(RefusedError, match=r"desk\.ended"):
        desk.sync.run_once()
    assert hall.count("cases") == 1


def test_a_disabled_user_is_out_at_once_and_blocks_nobody(hall: Hall, desk: Desk) -> None:
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    desk.intake.receive(type_walk_in(desk, FOOD, seed=3))
    now = hall.clock.now()
    hall.central.database.commit(lambda connection: disable_user(connection, "counter", now))
    with pytest.raises(RefusedError, match=r"user\.disabled"):
        desk.counter.accept(case.case_id)
    desk.sync.run_once()
    assert desk.session.user is None
    assert hall.count("cases") == 2, "what they had received stands"
    hall.stop()
    with pytest.raises(UnreachableError, match=r"session\.unknown_here"):
        desk.session.sign_in("counter", "paper-and-seal")
    hall.start()
    hall.central.database.commit(lambda connection: enable_user(connection, "counter", now))
    desk.session.sign_in("counter", "paper-and-seal")
    desk.session.leave_if_gone()
    assert desk.session.get_user().login == "counter", "no greeting has told it yet"
    desk.counter.accept(case.case_id)


def test_rows_lock_after_the_lease_and_intake_works(
    hall: Hall, desk: Desk, clock: SettableClock
) -> None:
    desk.intake.receive(type_walk_in(desk, FOOD))
    desk.sync.run_once()
    hall.stop()
    clock.put(clock.now() + timedelta(hours=25))
    for shown in (lambda: desk.cases.page(CaseQuery()), lambda: desk.cases.count(CaseQuery())):
        with pytest.raises(StoreError, match=r"cases\.locked"):
            shown()
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD, seed=3)).cases
    hall.start()
    desk.sync.run_once()
    assert desk.cases.find_by_number(case.number) is not None
    assert a_person(3).name in [row.applicant_name for row in desk.cases.page(CaseQuery())]


def test_the_lease_is_a_setting_of_central(hall: Hall, desk: Desk, clock: SettableClock) -> None:
    hall.put_meta("lease_hours", "2")
    desk._line.forget_greeting()
    desk.sync.run_once()
    hall.stop()
    clock.put(clock.now() + timedelta(hours=3))
    with pytest.raises(StoreError, match=r"cases\.locked"):
        desk.cases.page(CaseQuery())


def test_a_disabled_desk_brings_its_scans_before_it_is_emptied(
    hall: Hall, desk: Desk, tmp_path: Path
) -> None:
    case_id = received(desk)
    desk.scanner.add_to_case(case_id, "m1", put(tmp_path / "s", "a.pdf", large_pdf()))
    disable(hall, desk)
    with pytest.raises(RefusedError, match=r"desk\.ended"):
        desk.sync.run_once()
    assert hall.count("blobs") == 1
    assert not desk.profile.store.exists()
