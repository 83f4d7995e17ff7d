"""The present state of what the feed speaks of, as a desk may see it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from central.db import bodies, cases
from central.db.engine import Connection
from clerk.contract.sync import EntityKind, Put
from clerk.rules.case.privacy import masked


def read_entities(
    connection: Connection, kind: EntityKind, ids: Sequence[str], audiences: frozenset[str]
) -> dict[str, Put]:
    """What there is of these and may be seen, by id."""
    if kind is EntityKind.CASE:
        return _read_cases(connection, ids, audiences)
    found = bodies.read(connection, kind, ids)
    return {one.id: Put(kind, one.id, one.version, msgspec.Raw(one.body)) for one in found}


def _read_cases(
    connection: Connection, ids: Sequence[str], audiences: frozenset[str]
) -> dict[str, Put]:
    seen = cases.visible(connection, ids, audiences)
    records = cases.find_records(connection, sorted(seen))
    return {
        record.id: Put(
            EntityKind.CASE,
            record.id,
            record.version,
            msgspec.Raw(msgspec.json.encode(masked(record))),
        )
        for record in records.values()
    }
