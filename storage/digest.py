"""What the cache holds, for comparison with what central believes that it holds."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from clerk.contract.sync import EntityKind
from storage.connection import WALK_CACHE_KIB, sweeping
from storage.schema import case_head, entity, item


def rows(conn: Connection) -> Iterator[tuple[str, str, int]]:
    """Kind, id and version of everything in the cache, in no order."""
    with sweeping(conn, WALK_CACHE_KIB):
        too_new = set()
        for row in conn.execute(select(entity.c.kind, entity.c.id, entity.c.version)):
            yield row.kind, row.id, row.version
            too_new.add((row.kind, row.id))
        newest = select(item.c.id, func.max(item.c.version)).group_by(item.c.id)
        for item_id, version in conn.execute(newest):
            if (EntityKind.ITEM.value, item_id) not in too_new:
                yield EntityKind.ITEM.value, item_id, version
        for case_id, version in conn.execute(select(case_head.c.id, case_head.c.version)):
            if (EntityKind.CASE.value, case_id) not in too_new:
                yield EntityKind.CASE.value, case_id, version
