"""Pull: what changed for a desk since its cursor, as it is now, in one snapshot."""

from __future__ import annotations

from collections.abc import Sequence

from central.access import scope_of
from central.db import feed, meta
from central.db.devices import Device
from central.db.engine import Connection
from central.db.feed import FeedRow
from central.sync.entities import read_entities
from clerk.contract.sync import PAGE_ROWS, EntityKind, Page, Put, Remove
from clerk.sync.central import end_of_page


def pull(connection: Connection, device: Device, cursor: int, rows: int = PAGE_ROWS) -> Page:
    """The next page after a cursor; with nothing in sight it still moves the cursor on."""
    audiences = scope_of(device)
    head = feed.head(connection)
    found = feed.rows_after(connection, audiences, cursor, rows)
    end = end_of_page([row.position for row in found], rows, head, cursor)
    return Page(
        generation=meta.get(connection, meta.GENERATION),
        start=cursor,
        end=end,
        head=head,
        items=_present(connection, found, audiences),
        scope_version=device.scope_version,
    )


def _present(
    connection: Connection, rows: Sequence[FeedRow], audiences: frozenset[str]
) -> tuple[Put | Remove, ...]:
    """Each thing once, in the order of its last change; what is out of sight is removed."""
    last = {(row.kind, row.id): row for row in rows}
    ordered = sorted(last.values(), key=lambda row: row.position)
    bodies: dict[tuple[EntityKind, str], Put] = {}
    for kind in {row.kind for row in ordered}:
        ids = [row.id for row in ordered if row.kind is kind]
        found = read_entities(connection, kind, ids, audiences)
        bodies.update({(kind, one): put for one, put in found.items()})
    return tuple(
        bodies.get((row.kind, row.id)) or Remove(row.kind, row.id, row.version) for row in ordered
    )
