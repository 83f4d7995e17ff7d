"""What a bulk load of the licence library asks and writes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Row, select, tuple_

from central.db import dialect
from central.db.engine import Connection
from central.db.schema import licence_types, licences
from clerk.contract.identity import IdKind
from clerk.contract.ids import new_id
from clerk.contract.licence import LicenceStatus

Key = tuple[str, str]
"""Type and number of a licence."""


class LoadedLicence(msgspec.Struct, frozen=True, kw_only=True):
    """A licence as its issuer's list tells it. `case_id` is set on those that central issued."""

    type: str
    number: str
    holder_kind: IdKind
    holder_number: str
    holder_name: str
    issuer: str
    issued_on: date
    source: str | None
    as_of: datetime | None
    valid_until: date | None = None
    status: LicenceStatus = LicenceStatus.VALID
    case_id: str = ""
    id: str = ""


_NAMES = tuple(LoadedLicence.__struct_fields__)


def list_types(connection: Connection) -> dict[str, str]:
    """The ids of all types of licences by id and by name."""
    rows = connection.execute(select(licence_types.c.id, licence_types.c.name)).all()
    return {row.name: row.id for row in rows} | {row.id: row.id for row in rows}


def find_licences(connection: Connection, keys: Sequence[Key]) -> dict[Key, LoadedLicence]:
    """Those of these licences that the library has; some hundred at a time."""
    columns = [licences.c[name] for name in _NAMES]
    wanted = tuple_(licences.c.type, licences.c.number).in_(keys)
    rows = connection.execute(select(*columns).where(wanted))
    return {(row.type, row.number): _read(row) for row in rows}


def put_licences(connection: Connection, rows: Sequence[LoadedLicence]) -> None:
    """Add licences, or change those that the library has."""
    dialect.load(connection, licences, _NAMES, [_plain(row) for row in rows])


def _plain(row: LoadedLicence) -> tuple[object, ...]:
    told = msgspec.structs.asdict(row)
    told |= {"holder_kind": row.holder_kind.value, "status": row.status.value}
    if not row.id:
        assert row.as_of is not None, "a loaded row tells of when it is"
        told["id"] = new_id(int(row.as_of.timestamp() * 1000), os.urandom)
    return tuple(told.values())


def _read(row: Row[Any]) -> LoadedLicence:
    kinds = {"holder_kind": IdKind(row.holder_kind), "status": LicenceStatus(row.status)}
    return LoadedLicence(**row._asdict() | kinds)
