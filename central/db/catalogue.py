"""Items in all their versions, bundles, licence types and the calendar."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import func, insert, select, update

from central.db import dialect, projects
from central.db.engine import Connection
from central.db.feed import Change
from central.db.schema import bundles, calendars, items, licence_types
from clerk.contract.calendar import CalendarData
from clerk.contract.item import Bundle, Item
from clerk.contract.licence import LicenceType
from clerk.contract.sync import EntityKind
from clerk.decoding import decode
from clerk.errors import StoreError

CALENDAR_ID = "calendar"
"""The one calendar's name in the feed; its version there counts the calendars so far."""


def add_item(connection: Connection, item: Item, content_hash: str, at: datetime) -> Change:
    """Add a version of an item and make it the current one; announce what is returned."""
    outdated = update(items).where(items.c.id == item.id, items.c.current)
    connection.execute(outdated.values(current=False))
    connection.execute(
        insert(items).values(
            id=item.id,
            version=item.version,
            current=True,
            code=item.code,
            name=item.name,
            department=item.department,
            source=item.source,
            content_hash=content_hash,
            effective_at=at,
            body=msgspec.json.encode(item),
        )
    )
    return Change(kind=EntityKind.ITEM, id=item.id, version=item.version)


def find_item(connection: Connection, item_id: str, version: int | None = None) -> Item | None:
    """An item in one version, or in its current one."""
    wanted = items.c.current if version is None else items.c.version == version
    body = connection.execute(select(items.c.body).where(items.c.id == item_id, wanted)).scalar()
    return None if body is None else decode(body, Item)


class InForce(NamedTuple):
    """How many items and bundles hold now, and when the newest of the items came."""

    items: int
    bundles: int
    changed_at: datetime | None


def count_in_force(connection: Connection) -> InForce:
    """Those that are current."""
    count = select(func.count()).select_from(bundles).scalar_subquery()
    statement = select(func.count(), count, func.max(items.c.effective_at))
    return InForce(*connection.execute(statement.where(items.c.current)).one())


def put_bundle(connection: Connection, bundle: Bundle) -> Change:
    """Add a bundle or its next version; announce what is returned. Earlier versions stay."""
    projects.keep_bundle(connection, bundle)
    row = {"id": bundle.id, "version": bundle.version, "name": bundle.name}
    dialect.put(connection, bundles, {**row, "body": msgspec.json.encode(bundle)})
    return Change(kind=EntityKind.BUNDLE, id=bundle.id, version=bundle.version)


def put_licence_type(connection: Connection, kind: LicenceType) -> Change:
    """Add or change a licence type, as its next version; announce what is returned."""
    known = select(licence_types.c.version).where(licence_types.c.id == kind.id)
    version = (connection.execute(known).scalar() or 0) + 1
    row = {"id": kind.id, "version": version, "name": kind.name}
    dialect.put(connection, licence_types, {**row, "body": msgspec.json.encode(kind)})
    return Change(kind=EntityKind.LICENCE_TYPE, id=kind.id, version=version)


def find_licence_type(connection: Connection, type_id: str) -> LicenceType | None:
    """A licence type by its id."""
    statement = select(licence_types.c.body).where(licence_types.c.id == type_id)
    body = connection.execute(statement).scalar()
    return None if body is None else decode(body, LicenceType)


def add_calendar(connection: Connection, data: CalendarData, at: datetime) -> Change:
    """Put a calendar in force; announce what is returned."""
    row = {"version": data.version, "added_at": at, "body": msgspec.json.encode(data)}
    added = connection.execute(insert(calendars).values(**row)).inserted_primary_key
    assert added is not None, "the database numbers calendars"
    return Change(kind=EntityKind.CALENDAR, id=CALENDAR_ID, version=added[0])


def find_calendar_body(connection: Connection) -> tuple[int, bytes] | None:
    """The calendar in force as the feed carries it, with its number."""
    newest = select(func.max(calendars.c.id)).scalar_subquery()
    statement = select(calendars.c.id, calendars.c.body).where(calendars.c.id == newest)
    row = connection.execute(statement).one_or_none()
    return None if row is None else (row.id, row.body)


def get_calendar(connection: Connection) -> CalendarData:
    """The calendar in force; without one nothing can be decided."""
    found = find_calendar_body(connection)
    if found is None:
        raise StoreError("calendar.none")
    return decode(found[1], CalendarData)
