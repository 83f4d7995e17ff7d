"""The audit record: append-only, each entry hashed together with the one before it."""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec
from sqlalchemy import insert, select

from central.db.dialect import lock_tail
from central.db.engine import Connection
from central.db.schema import audit
from clerk.clock import OFFICE_ZONE
from clerk.decoding import decode

_BEGINNING = "0" * 64


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what to what. `detail` holds nothing personal."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, str] = {}


def append(connection: Connection, *entries: Entry) -> None:
    """Add entries to the chain: among the last statements of a transaction."""
    lock_tail(connection)
    newest = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    seq, previous = (last.seq, last.hash) if last else (0, _BEGINNING)
    rows = []
    for entry in entries:
        seq += 1
        row = _row(seq, entry, previous)
        previous = str(row["hash"])
        rows.append(row)
    connection.execute(insert(audit), rows)


def find_newest_at(connection: Connection) -> datetime | None:
    """When the last entry was written: how old a backup is."""
    newest = select(audit.c.at).order_by(audit.c.seq.desc()).limit(1)
    return connection.execute(newest).scalar()


def find_break(connection: Connection) -> int | None:
    """The number of the first entry that was changed or is gone; None where the chain holds."""
    previous, expected = _BEGINNING, 1
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        entry = Entry(
            at=row.at,
            actor=row.actor,
            action=row.action,
            subject=row.subject,
            detail=decode(row.detail, dict[str, str]),
        )
        same = row.seq == expected and row.previous == previous
        if not same or row.hash != _hash(row.seq, entry, previous):
            return expected
        previous, expected = row.hash, expected + 1
    return None


def _row(seq: int, entry: Entry, previous: str) -> dict[str, object]:
    return {
        "seq": seq,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": msgspec.json.encode(entry.detail, order="sorted").decode(),
        "previous": previous,
        "hash": _hash(seq, entry, previous),
    }


def _hash(seq: int, entry: Entry, previous: str) -> str:
    local = msgspec.structs.replace(entry, at=entry.at.astimezone(OFFICE_ZONE))
    told = (previous, seq, local)
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()
