"""Central after a restore from a backup: what it must not do until the desks have spoken."""

from __future__ import annotations

import os
from datetime import datetime
from functools import partial

from central.db import audit, counters, meta, migrating, watched
from central.db.engine import Connection, Database
from clerk.contract.ids import new_id
from clerk.errand import Errand
from clerk.sync.restoring import documents_left_out, is_mending


def mark_restored(connection: Connection, now: datetime) -> str:
    """Begin another generation: desks begin again and send what was lost.

    Numbers that may have been given out since the backup are left out, and said so.
    """
    now_ms = int(now.timestamp() * 1000)
    generation = new_id(now_ms, os.urandom)
    meta.found(connection, now_ms)
    meta.put(connection, meta.GENERATION, generation)
    meta.put(connection, meta.RESTORED_AT, now.isoformat())
    known_at = audit.find_newest_at(connection) or now
    skipped = documents_left_out(known_at, now)
    before = counters.skip_numbers(connection, skipped)
    watched.skip_marks(connection)
    detail = {"generation": generation, "skipped": str(skipped)}
    detail |= {f"last {name}": str(last) for name, last in sorted(before.items())}
    entry = audit.Entry(
        at=now, actor="console", action="central.restored", subject=generation, detail=detail
    )
    audit.append(connection, entry)
    return generation


def find_mending(connection: Connection, now: datetime) -> datetime | None:
    """When this central was restored, as long as desks may still bring what it has lost."""
    told = meta.find(connection, meta.RESTORED_AT)
    restored_at = datetime.fromisoformat(told) if told else None
    return restored_at if is_mending(restored_at, now) else None


def end_mending(connection: Connection, now: datetime) -> None:
    """Once the time for it is over, new series begin at 1 again."""
    if find_mending(connection, now) is None and counters.is_skipping(connection):
        counters.end_skipping(connection)


def begin_again(database: Database, now: datetime, errand: Errand | None = None) -> str:
    """Bring a restored database to the present schema and begin another generation.

    Raises CancelledError; then the schema is the old one or the present one, and nothing is told.
    """
    errand = errand or Errand()
    migrating.migrate(database, errand=errand)
    return database.commit(errand.surely(partial(mark_restored, now=now)))
