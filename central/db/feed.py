"""The feed: what changed for whom, in the one order in which it became visible."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Integer, Select, bindparam, func, insert, select, union_all

from central.db import meta
from central.db.dialect import lock_tail, tell_processes
from central.db.engine import Connection, note_touched
from central.db.schema import feed
from clerk.contract.sync import EntityKind

ALL = "all"
"""The audience of everybody."""

_NOBODY = "nobody"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something has a new state for `audiences`, and is out of sight for `lost_by`."""

    kind: EntityKind
    id: str
    version: int
    audiences: frozenset[str] = frozenset({ALL})
    lost_by: frozenset[str] = frozenset()


class FeedRow(msgspec.Struct, frozen=True):
    """One change as one audience sees it."""

    position: int
    audience: str
    kind: EntityKind
    id: str
    version: int
    removed: bool


def announce(connection: Connection, changes: Sequence[Change]) -> None:
    """Add changes to the feed: among the last statements of a transaction."""
    rows = [row for change in changes for row in _rows(change)]
    if not rows:
        return
    lock_tail(connection)
    connection.execute(insert(feed), rows)
    touched = frozenset(str(row["audience"]) for row in rows)
    tell_processes(connection, touched)
    note_touched(connection, touched)


def found(connection: Connection, now_ms: int) -> None:
    """Found a new database: its generation, its key, and a first row that nobody sees.

    With that row no desk's cursor is ever 0.
    """
    meta.found(connection, now_ms)
    lock_tail(connection)
    if head(connection) == 0:
        row = {"kind": EntityKind.SETTING.value, "entity": "feed", "version": 1, "op": "put"}
        connection.execute(insert(feed), [{"audience": _NOBODY, **row}])


def head(connection: Connection) -> int:
    """The newest position."""
    newest = connection.execute(select(func.max(feed.c.position))).scalar()
    return newest or 0


def rows_after(
    connection: Connection, audiences: frozenset[str], position: int, limit: int
) -> tuple[FeedRow, ...]:
    """The next changes for any of these audiences, in order.

    Each audience gives its own next ones, straight from the index: asked for all at once, the
    database would sort everything that a desk has missed for each page.
    """
    asked = {f"audience_{place}": one for place, one in enumerate(sorted(audiences))}
    found = connection.execute(
        _select_after(len(audiences)), {**asked, "after": position, "most": limit}
    )
    return tuple(
        FeedRow(
            row.position,
            row.audience,
            EntityKind(row.kind),
            row.entity,
            row.version,
            row.op == "remove",
        )
        for row in found
    )


@lru_cache(maxsize=8)
def _select_after(audiences: int) -> Select[Any]:
    """For so many audiences; each poll asks this, and making it costs more than running it."""
    position, most = feed.c.position, bindparam("most", type_=Integer)
    parts = [
        select(feed)
        .where(feed.c.audience == bindparam(f"audience_{place}"), position > bindparam("after"))
        .order_by(position)
        .limit(most)
        .subquery()
        for place in range(audiences)
    ]
    gathered = union_all(*(select(part) for part in parts)).subquery()
    return select(gathered).order_by(gathered.c.position).limit(most)


def _rows(change: Change) -> list[dict[str, object]]:
    entity: dict[str, object] = {
        "kind": change.kind.value,
        "entity": change.id,
        "version": change.version,
    }
    gone = sorted(change.lost_by - change.audiences)
    return [
        *({"audience": one, "op": "remove", **entity} for one in gone),
        *({"audience": one, "op": "put", **entity} for one in sorted(change.audiences)),
    ]
