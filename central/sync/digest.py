"""What central believes that a desk holds, summed, for the desk to compare with what it holds."""

from __future__ import annotations

from datetime import datetime

from central.access import scope_of
from central.db import audit, bodies, cases, feed, findings, journal, matters, meta
from central.db.devices import Device
from central.db.engine import Connection
from clerk.contract.sync import Digest, EntityKind, Mismatch
from clerk.sync.digest import sum_rows
from clerk.sync.scope import AUDIT


def digest(connection: Connection, device: Device) -> Digest:
    """Count and sum of all that a desk may see, read in one snapshot."""
    rows = [(kind, *row) for kind in bodies.KINDS for row in bodies.versions(connection, kind)]
    scope = scope_of(device)
    rows += [(EntityKind.CASE, *row) for row in cases.versions_visible(connection, scope)]
    if AUDIT in scope:
        rows += [(EntityKind.FINDING, *row) for row in findings.versions(connection)]
    rows += [(EntityKind.JOURNAL, *row) for row in journal.versions(connection, scope)]
    rows += [(EntityKind.MATTER, *row) for row in matters.versions(connection, scope)]
    count, value = sum_rows((kind.value, entity, version) for kind, entity, version in rows)
    return Digest(
        generation=meta.get(connection, meta.GENERATION),
        position=feed.head(connection),
        count=count,
        value=value,
        scope_version=device.scope_version,
    )


def note_mismatch(connection: Connection, device: Device, told: Mismatch, now: datetime) -> None:
    """Put down that a desk's cache had come to differ: somebody has to find out why."""
    detail = {"position": str(told.position), "count": str(told.count), "value": told.value[:64]}
    entry = audit.Entry(
        at=now, actor=device.id, action="digest.mismatch", subject=device.id, detail=detail
    )
    audit.append(connection, entry)
