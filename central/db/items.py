"""Items by the thousand: what an import asks about them all, and adds of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec
from sqlalchemy import bindparam, insert, select, update

from central.db.engine import Connection
from central.db.feed import Change
from central.db.schema import departments, items
from clerk.contract.item import Item
from clerk.contract.sync import EntityKind
from clerk.decoding import decode
from clerk.rules.offering import Effective

_AT_ONCE = 500
_T = TypeVar("_T")


class KnownItem(msgspec.Struct, frozen=True, kw_only=True):
    """What tells an item in its current version from all others."""

    id: str
    code: str
    source: str
    department: str
    name: str


_KNOWN = select(*(items.c[name] for name in KnownItem.__struct_fields__)).where(items.c.current)


def list_known(connection: Connection) -> tuple[KnownItem, ...]:
    """All items, without their content."""
    return tuple(KnownItem(**row._asdict()) for row in connection.execute(_KNOWN))


def list_current(connection: Connection) -> tuple[Item, ...]:
    """All items in their current versions, by id."""
    statement = select(items.c.body).where(items.c.current).order_by(items.c.id)
    return tuple(_decode(body) for body in connection.execute(statement).scalars())


def find_current(connection: Connection, ids: Iterable[str]) -> dict[str, Item]:
    """Those of these items that there are, by id."""
    found: dict[str, Item] = {}
    for some in batches(sorted(set(ids)), _AT_ONCE):
        statement = select(items.c.id, items.c.body).where(items.c.current, items.c.id.in_(some))
        found |= {row.id: _decode(row.body) for row in connection.execute(statement)}
    return found


def is_current(connection: Connection, item_id: str, version: int) -> bool:
    """Whether this version of an item is the one in force."""
    this = (items.c.id == item_id) & (items.c.version == version)
    return bool(connection.execute(select(items.c.current).where(this)).scalar())


def list_effective(connection: Connection, item_id: str) -> tuple[Effective, ...]:
    """Since when each version of an item is in force, the oldest first."""
    statement = select(items.c.effective_at, items.c.body).where(items.c.id == item_id)
    rows = connection.execute(statement.order_by(items.c.version))
    return tuple(Effective(row.effective_at, _decode(row.body).retired) for row in rows)


def list_departments(connection: Connection) -> dict[str, str]:
    """The names of all departments by id."""
    statement = select(departments.c.id, departments.c.name)
    return {row.id: row.name for row in connection.execute(statement)}


def add(
    connection: Connection, fresh: Sequence[tuple[Item, str]], at: datetime
) -> tuple[Change, ...]:
    """Add versions with their content hashes and make them the current ones."""
    if not fresh:
        return ()
    older = [{"one": item.id} for item, _ in fresh if item.version > 1]
    if older:
        outdated = update(items).where(items.c.id == bindparam("one"), items.c.current)
        connection.execute(outdated.values(current=False), older)
    connection.execute(insert(items), [_row(item, digest, at) for item, digest in fresh])
    return tuple(
        Change(kind=EntityKind.ITEM, id=item.id, version=item.version) for item, _ in fresh
    )


def batches(rows: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """The rows in lists of at most that many."""
    batch: list[_T] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _row(item: Item, digest: str, at: datetime) -> dict[str, object]:
    return {
        "id": item.id,
        "version": item.version,
        "current": True,
        "code": item.code,
        "name": item.name,
        "department": item.department,
        "source": item.source,
        "content_hash": digest,
        "effective_at": at,
        "body": msgspec.json.encode(item),
    }


def _decode(body: bytes) -> Item:
    return decode(body, Item)
