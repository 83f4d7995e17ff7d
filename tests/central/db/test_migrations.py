"""The migrations make exactly the tables that the code declares, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select

from central.db import meta, migrating
from central.db.engine import Connection, Database, open_database
from central.db.schema import events, licences, metadata
from central.service import Central
from clerk.contract.case import AnyEvent
from clerk.contract.licence_life import LicenceAct, LicenceChanged, LicenceExpired
from clerk.contract.user import CLOCK_ACTOR
from clerk.errors import InputError, StoreError


@pytest.fixture
def emptied(database: Database) -> Database:
    metadata.drop_all(database.engine)
    return database


def test_migrated_is_declared(emptied: Database) -> None:
    with pytest.raises(StoreError, match="not_initialised"):
        Central(emptied).demand_ready()
    Central(emptied).init()
    Central(emptied).demand_ready()
    with emptied.read() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_again_changes_nothing(emptied: Database) -> None:
    Central(emptied).init()
    with emptied.read() as connection:
        generation = meta.get(connection, meta.GENERATION)
    Central(emptied).init()
    assert migrating.is_current(emptied)
    with emptied.read() as connection:
        assert meta.get(connection, meta.GENERATION) == generation


def test_an_address_that_is_none() -> None:
    with pytest.raises(InputError, match=r"database\.url"):
        open_database("not an address")


def test_a_database_that_is_away(tmp_path: Path) -> None:
    away = open_database(f"sqlite:///{tmp_path / 'nowhere' / 'central.db'}")
    with pytest.raises(StoreError, match=r"database\.file"), away.read():
        pass
    away.close()


_S, _R, _C = LicenceAct.SUSPEND, LicenceAct.RESUME, LicenceAct.CORRECT
_PLAYED = {
    "plain": ((), "valid"),
    "suspended": ((_S,), "suspended"),
    "resumed": ((_S, _R), "valid"),
    "again": ((_C, _S, _R, _S), "suspended"),
}
_AT, _LAST = datetime(2026, 11, 2, tzinfo=UTC), date(2026, 10, 31)


def test_what_licences_were_that_ended_before_it_was_kept(emptied: Database) -> None:
    migrating.migrate(emptied, to="0021")
    with emptied.write() as connection:
        _add(connection, _licence("loaded", "expired"), ())
        _add(connection, _licence("holds", "valid", case_id="holds"), ())
        for number, (acts, _was) in _PLAYED.items():
            # a decision that was taken back leaves its licence with the same case
            _add(connection, _licence(f"{number}-1", "revoked", case_id=number), ())
            _add(connection, _licence(number, "expired", case_id=number), acts)
    migrating.migrate(emptied)
    with emptied.read() as connection:
        kept = {row.number: row.ended_as for row in connection.execute(select(licences))}
    assert {number: kept[number] for number in _PLAYED} == {
        number: was for number, (_acts, was) in _PLAYED.items()
    }
    assert {kept["loaded"], kept["holds"], kept["plain-1"]} == {None}


def _add(connection: Connection, row: dict[str, object], acts: tuple[LicenceAct, ...]) -> None:
    """A licence with the events of its case, as they were written before 0021."""
    connection.execute(insert(licences).values(row))
    if row["status"] != "expired" or not row["case_id"]:
        return
    number = str(row["number"])
    story: list[AnyEvent] = [
        LicenceChanged(at=_AT, by=CLOCK_ACTOR, licence=f"{number}-1", act=_S, reason=""),
        *(LicenceChanged(at=_AT, by=CLOCK_ACTOR, licence=number, act=a, reason="") for a in acts),
        LicenceExpired(at=_AT, by=CLOCK_ACTOR, licence=number, last=_LAST),
    ]
    for n, event in enumerate(story):
        body = msgspec.json.encode(event)
        told = {"seq": n, "type": str(event.__struct_config__.tag), "at": _AT, "body": body}
        connection.execute(insert(events).values(case_id=row["case_id"], **told))


def _licence(number: str, status: str, case_id: str = "") -> dict[str, object]:
    return {
        "id": number,
        "type": "food",
        "number": number,
        "holder_kind": "resident",
        "holder_number": "1",
        "holder_name": "甲",
        "issuer": "局",
        "issued_on": date(2020, 11, 1),
        "valid_until": _LAST,
        "status": status,
        "case_id": case_id,
    }
