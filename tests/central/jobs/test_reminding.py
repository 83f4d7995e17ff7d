"""Renewals: each holder is noted once and offered to the notifier once, by however many sweep."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from central.db import catalogue, licences, reminders
from central.db.engine import Connection
from central.jobs.reminding import sweep_reminders
from central.notifier import Notice
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.identity import IdKind
from clerk.contract.licence import Licence, LicenceStatus, LicenceType
from clerk.decoding import decode
from clerk.rules.renewal import is_to_remind, renew_by
from tests.support.cases import MONDAY
from tests.support.people import a_person

TODAY = MONDAY.date()


def hold(
    connection: Connection, number: str, days_left: int, type_id: str = "food-licence"
) -> None:
    """A licence of the registered person, with so many days left."""
    person = a_person()
    licence = Licence(
        id=f"l-{number}",
        type=type_id,
        type_name="",
        number=number,
        holder_name=person.name,
        issuer="市市场监督管理局",
        issued_on=TODAY - timedelta(days=300),
        valid_until=TODAY + timedelta(days=days_left),
    )
    licences.add(connection, licence, IdKind.RESIDENT, person.id_number)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 2), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_told_thirty_days_before_renewal_is_due(today: date, *, told: bool) -> None:
    until = date(2026, 11, 30)
    assert renew_by(until, 30) == date(2026, 10, 31)
    assert is_to_remind(until, 29, today) is told


def test_each_is_noted_once_and_another_last_day_anew(
    central: Central, clock: SettableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def furnish(connection: Connection) -> None:
        early = LicenceType(id="early", name="提前办理证", renewal_days=90)
        catalogue.put_licence_type(connection, early)
        hold(connection, "F-60", 60)
        hold(connection, "F-61", 61)
        hold(connection, "E-120", 120, "early")
        hold(connection, "F-OVER", -1)
        hold(connection, "F-STOPPED", 10)
        licences.set_status(connection, "l-F-STOPPED", LicenceStatus.SUSPENDED)

    central.database.commit(furnish)
    assert sweep_reminders(central) == 2
    assert sweep_reminders(central) == 0
    with central.database.read() as connection:
        waiting = reminders.list_open(connection, 10)
    assert [one.number for one in waiting] == ["F-60", "E-120"]
    monkeypatch.setenv("CLERK_NOTICES_DIR", str(tmp_path))
    sweep_reminders(central)
    files = sorted(one.name for one in tmp_path.glob("*.json"))
    assert len(files) == 2
    notice = decode((tmp_path / files[1]).read_bytes(), Notice)
    person = a_person()
    assert notice.phone == person.phone
    assert "请在" in notice.text
    assert person.name not in notice.text
    assert person.id_number not in notice.text
    for one in files:
        (tmp_path / one).unlink()  # the gateway took them
    clock.put(clock.now() + timedelta(days=1))
    assert sweep_reminders(central) == 1
    assert [one.name for one in tmp_path.glob("*.json")] == [
        f"l-F-61-{TODAY + timedelta(days=61):%Y%m%d}.json"
    ]


def test_many_who_sweep_note_each_once_and_a_folder_that_is_away_loses_nothing(
    central: Central, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLERK_NOTICES_DIR", str(tmp_path / "away"))
    central.database.commit(lambda one: hold(one, "F-1", 20))
    done: list[int] = []
    sweeps = [
        threading.Thread(target=lambda: done.append(sweep_reminders(central))) for _ in range(3)
    ]
    for one in sweeps:
        one.start()
    for one in sweeps:
        one.join()
    assert sum(done) == 1
    with central.database.read() as connection:
        ((reminder, handed_at),) = reminders.list_due(connection, TODAY)
    assert handed_at is None
    assert reminder.number == "F-1"
    (tmp_path / "away").mkdir()
    sweep_reminders(central)
    with central.database.read() as connection:
        ((reminder, handed_at),) = reminders.list_due(connection, TODAY)
    assert handed_at == central.clock.now()
