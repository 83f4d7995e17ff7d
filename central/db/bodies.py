"""Catalogue entries as the feed carries them: undecoded."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Select, select

from central.db import catalogue
from central.db.engine import Connection
from central.db.schema import bundles, departments, items, licence_types, windows
from central.db.setting_schema import settings
from central.db.usual_schema import usual_times
from clerk.contract.sync import EntityKind


class StoredBody(msgspec.Struct, frozen=True):
    """The JSON of something in its present version."""

    id: str
    version: int
    body: bytes


_TABLES = {
    EntityKind.DEPARTMENT: departments,
    EntityKind.WINDOW: windows,
    EntityKind.ITEM: items,
    EntityKind.BUNDLE: bundles,
    EntityKind.LICENCE_TYPE: licence_types,
    EntityKind.SETTING: settings,
    EntityKind.USUAL_TIME: usual_times,
}

KINDS = (*_TABLES, EntityKind.CALENDAR)
"""What everybody may see, in the order in which a desk wants it."""


def read(connection: Connection, kind: EntityKind, ids: Sequence[str]) -> list[StoredBody]:
    """The entries of these ids that there are."""
    if kind not in _TABLES:
        return _calendar(connection) if catalogue.CALENDAR_ID in ids else []
    statement = _statement(kind).where(_TABLES[kind].c.id.in_(ids))
    return [StoredBody(row.id, row.version, row.body) for row in connection.execute(statement)]


def page(connection: Connection, kind: EntityKind, after: str, limit: int) -> list[StoredBody]:
    """The next entries of a kind by id."""
    if kind not in _TABLES:
        return [] if after >= catalogue.CALENDAR_ID else _calendar(connection)
    column = _TABLES[kind].c.id
    statement = _statement(kind).where(column > after).order_by(column).limit(limit)
    return [StoredBody(row.id, row.version, row.body) for row in connection.execute(statement)]


def versions(connection: Connection, kind: EntityKind) -> list[tuple[str, int]]:
    """The id and version of every entry of a kind."""
    if kind not in _TABLES:
        return [(one.id, one.version) for one in _calendar(connection)]
    table = _TABLES[kind]
    statement = select(table.c.id, table.c.version)
    statement = statement.where(items.c.current) if table is items else statement
    return [(row.id, row.version) for row in connection.execute(statement)]


def _statement(kind: EntityKind) -> Select[tuple[str, int, bytes]]:
    table = _TABLES[kind]
    statement = select(table.c.id, table.c.version, table.c.body)
    return statement.where(items.c.current) if table is items else statement


def _calendar(connection: Connection) -> list[StoredBody]:
    found = catalogue.find_calendar_body(connection)
    return [StoredBody(catalogue.CALENDAR_ID, *found)] if found else []
