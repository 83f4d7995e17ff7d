"""What comes into the catalogue on a later day: versions of items and of bundles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Table, delete, select

from central.db import dialect
from central.db.coming_schema import coming_bundles, coming_items
from central.db.engine import Connection
from clerk.contract.item import Bundle, Item
from clerk.decoding import decode


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What comes on a day; `base` is the version that it was made from, 0 for a new one."""

    on: date
    base: int
    put_at: datetime
    actor: str
    reason: str = ""


class Coming(_Kept, frozen=True, kw_only=True):
    """An item as it is to be from a day on."""

    item: Item


class ComingBundle(_Kept, frozen=True, kw_only=True):
    """A bundle as it is to be from a day on."""

    bundle: Bundle


T = TypeVar("T", bound=_Kept)


class Shelf(Generic[T]):
    """Keeps one kind of them, each by its id and its day."""

    def __init__(self, table: Table, shape: type[T], entry: type[Item | Bundle]) -> None:
        """The key of the table bears the name of the field that holds the entry."""
        self._table = table
        self._shape = shape
        self._entry = entry
        self._key = next(iter(table.primary_key.columns))

    def put(self, connection: Connection, coming: T) -> None:
        """Remember it, in place of what was to come for the same on this day."""
        entry = getattr(coming, self._key.name)
        row = {name: getattr(coming, name) for name in _Kept.__struct_fields__}
        row |= {self._key.name: entry.id, "body": msgspec.json.encode(entry)}
        dialect.put(connection, self._table, row)

    def list_all(self, connection: Connection, until: date | None = None) -> tuple[T, ...]:
        """What is to come, by day; until a day on demand."""
        statement = select(self._table).order_by(self._table.c.on, self._key)
        if until is not None:
            statement = statement.where(self._table.c.on <= until)
        return tuple(map(self._read, connection.execute(statement)))

    def find_on(self, connection: Connection, on: date) -> dict[str, T]:
        """What is to come on this very day, by id."""
        rows = connection.execute(select(self._table).where(self._table.c.on == on))
        return {getattr(row, self._key.name): self._read(row) for row in rows}

    def take(self, connection: Connection, entry_id: str, on: date) -> bool:
        """Take it away; whether it was still there, so that of many only one carries it out."""
        mine = (self._key == entry_id) & (self._table.c.on == on)
        return bool(connection.execute(delete(self._table).where(mine)).rowcount)

    def days_of(self, connection: Connection, entry_id: str) -> tuple[date, ...]:
        """On which days something comes for it."""
        mine = select(self._table.c.on).where(self._key == entry_id)
        return tuple(connection.execute(mine.order_by(self._table.c.on)).scalars())

    def _read(self, row: Any) -> T:  # noqa: ANN401 - a row of whichever table
        kept = {name: getattr(row, name) for name in _Kept.__struct_fields__}
        kept[self._key.name] = decode(row.body, self._entry)
        return self._shape(**kept)


items = Shelf(coming_items, Coming, Item)
bundles = Shelf(coming_bundles, ComingBundle, Bundle)
