"""The present state of what the feed speaks of, as a desk may see it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from central.db import bodies, cases, findings, journal, matters
from central.db.cases import StoredEvent
from central.db.engine import Connection
from clerk.contract.sync import EntityKind, Put
from clerk.rules.case.privacy import masked_bodies
from clerk.sync.scope import AUDIT


def read_entities(
    connection: Connection, kind: EntityKind, ids: Sequence[str], audiences: frozenset[str]
) -> dict[str, Put]:
    """What there is of these and may be seen, by id."""
    if kind is EntityKind.CASE:
        return _read_cases(connection, ids, audiences)
    if kind is EntityKind.FINDING:
        found = findings.bodies(connection, ids) if AUDIT in audiences else []
    elif kind is EntityKind.JOURNAL:
        found = journal.bodies(connection, ids, audiences)
    elif kind is EntityKind.MATTER:
        found = matters.bodies(connection, ids, audiences)
    else:
        found = bodies.read(connection, kind, ids)
    return {one.id: Put(kind, one.id, one.version, msgspec.Raw(one.body)) for one in found}


def _read_cases(
    connection: Connection, ids: Sequence[str], audiences: frozenset[str]
) -> dict[str, Put]:
    seen = cases.visible(connection, ids, audiences)
    found = cases.find_events(connection, sorted(seen))
    return {case_id: _put_case(case_id, stored) for case_id, stored in found.items()}


def _put_case(case_id: str, stored: Sequence[StoredEvent]) -> Put:
    """A case from the JSON of its events: a bootstrap passes millions of them on."""
    told = _Told(
        id=case_id,
        version=len(stored),
        events=[msgspec.Raw(body) for body in masked_bodies(stored)],
    )
    return Put(EntityKind.CASE, case_id, told.version, msgspec.Raw(msgspec.json.encode(told)))


class _Told(msgspec.Struct):
    """A `CaseRecord` with its events as JSON."""

    id: str
    version: int
    events: list[msgspec.Raw]
