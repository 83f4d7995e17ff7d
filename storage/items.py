"""The cache of service items: every version that was ever sent, the newest of them findable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, and_, delete, exists, func, select

from clerk.contract.item import Item
from clerk.decoding import decode
from clerk.errors import StoreError
from storage import item_search
from storage.bulk import delete_ids, these, write_rows
from storage.schema import fresh_item, item


class StoredItem(msgspec.Struct, frozen=True):
    """A version of an item with its body as central wrote it."""

    item: Item
    body: bytes


def find(conn: Connection, item_id: str, version: int) -> Item | None:
    """One version of an item; an old one stays, because drafts and cases are pinned to it."""
    statement = select(item.c.body).where(item.c.id == item_id, item.c.version == version)
    body = conn.execute(statement).scalar_one_or_none()
    return None if body is None else decode(body, Item)


def get(conn: Connection, item_id: str, version: int) -> Item:
    """One version of an item. Raises StoreError `item.unknown`."""
    found = find(conn, item_id, version)
    if found is None:
        raise StoreError("item.unknown", item=item_id, version=version)
    return found


def find_newest(conn: Connection, item_id: str) -> Item | None:
    """The newest version, retired or not."""
    statement = select(item.c.body).where(item.c.id == item_id)
    body = conn.execute(statement.order_by(item.c.version.desc()).limit(1)).scalar_one_or_none()
    return None if body is None else decode(body, Item)


def upsert(conn: Connection, items: Iterable[Item]) -> None:
    """Put new versions of items into the cache; only the feed does."""
    write(conn, [StoredItem(one, msgspec.json.encode(one)) for one in items])


def write(conn: Connection, stored: Sequence[StoredItem]) -> None:
    """Put new versions of items into the cache with their bodies as they came."""
    write_rows(conn, item, [(one.item.id, one.item.version, one.body) for one in stored])
    item_search.index(conn, [one.item for one in stored])


def write_fresh(conn: Connection, stored: Sequence[StoredItem]) -> None:
    """Put items into the shadow table."""
    write_rows(conn, fresh_item, [(one.item.id, one.item.version, one.body) for one in stored])


def take_fresh(conn: Connection) -> None:
    """Let the shadow table say which items there are; their older versions stay readable."""
    newer = and_(fresh_item.c.id == item.c.id, fresh_item.c.version >= item.c.version)
    conn.execute(delete(item).where(~exists().where(newer)))
    bodies = conn.execute(select(fresh_item.c.body)).scalars().all()
    item_search.unindex_all(conn)
    write(conn, [StoredItem(decode(body, Item), body) for body in bodies])
    conn.execute(delete(fresh_item))


def versions(conn: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The newest versions that the cache holds of those of these items that it holds."""
    statement = select(item.c.id, func.max(item.c.version).label("version"))
    rows = conn.execute(statement.where(item.c.id.in_(these(ids))).group_by(item.c.id))
    return {row.id: row.version for row in rows}


def purge(conn: Connection, ids: Iterable[str]) -> None:
    """Forget items with all their versions."""
    gone = list(ids)
    item_search.unindex(conn, gone)
    delete_ids(conn, item, gone)
