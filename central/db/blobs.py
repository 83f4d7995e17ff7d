"""Which scans there are, which case they belong to, and how far they have come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update

from central.db import dialect
from central.db.engine import Connection
from central.db.scan_schema import blob_parts, blob_uploads, blobs, case_scans
from central.db.schema import case_audiences, commands
from clerk.contract.case import AnyEvent, LicenceSealed, ScanAttached


class Blob(msgspec.Struct, frozen=True):
    """A blob that is whole; it never changes."""

    sha256: str
    size: int
    media_type: str


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """How far one desk has come with a blob."""

    device: str
    sha256: str
    size: int
    received: int


class Part(msgspec.Struct, frozen=True):
    """A chunk that has come in."""

    start: int
    size: int


def note_attached(connection: Connection, case_id: str, events: Iterable[AnyEvent]) -> None:
    """Remember which scans belong to a case, and its licence as a sealed PDF."""
    for event in events:
        if isinstance(event, ScanAttached | LicenceSealed):
            sha256 = event.scan.sha256 if isinstance(event, ScanAttached) else event.sha256
            row = {"case_id": case_id, "sha256": sha256}
            dialect.add_unless_there(connection, case_scans, row)


def find_case(connection: Connection, sha256: str, audiences: frozenset[str]) -> str | None:
    """A case with this scan that one of these audiences sees, if there is one."""
    joined = case_scans.join(case_audiences, case_audiences.c.case_id == case_scans.c.case_id)
    statement = (
        select(case_scans.c.case_id)
        .select_from(joined)
        .where(case_scans.c.sha256 == sha256, case_audiences.c.audience.in_(sorted(audiences)))
        .order_by(case_scans.c.case_id)
        .limit(1)
    )
    return connection.execute(statement).scalar()


def was_attached_by(connection: Connection, sha256: str, device: str) -> bool:
    """Whether a desk has acted on a case with this scan: it may bring what it has promised."""
    acted = exists().where(commands.c.case_id == case_scans.c.case_id, commands.c.device == device)
    statement = select(case_scans.c.case_id).where(case_scans.c.sha256 == sha256, acted).limit(1)
    return connection.execute(statement).first() is not None


def find(connection: Connection, sha256: str) -> Blob | None:
    """A blob that is whole."""
    row = connection.execute(select(blobs).where(blobs.c.sha256 == sha256)).one_or_none()
    return Blob(row.sha256, row.size, row.media_type) if row else None


def add(connection: Connection, blob: Blob, now: datetime) -> None:
    """Say that a blob is whole; another desk may have brought it at the same time."""
    row = {**msgspec.structs.asdict(blob), "finished_at": now}
    dialect.add_unless_there(connection, blobs, row)


def find_upload(connection: Connection, device: str, sha256: str) -> Upload | None:
    """How far a desk has come with a blob, if it has begun."""
    statement = select(blob_uploads).where(*_of(device, sha256))
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    return Upload(device=row.device, sha256=row.sha256, size=row.size, received=row.received)


def count_uploads(connection: Connection, device: str) -> int:
    """How many blobs a desk has begun and not finished."""
    statement = select(func.count()).where(blob_uploads.c.device == device)
    return connection.execute(statement).scalar_one()


def begin_upload(connection: Connection, upload: Upload, now: datetime) -> None:
    """Begin; begun twice at once it is begun once."""
    row = {**msgspec.structs.asdict(upload), "touched_at": now}
    dialect.add_unless_there(connection, blob_uploads, row)


def add_part(connection: Connection, upload: Upload, part: Part, now: datetime) -> bool:
    """Go on by one chunk; whether nobody else has gone on from there meanwhile."""
    moved = (
        update(blob_uploads)
        .where(*_of(upload.device, upload.sha256), blob_uploads.c.received == part.start)
        .values(received=part.start + part.size, touched_at=now)
    )
    if connection.execute(moved).rowcount != 1:
        return False
    row = {"device": upload.device, "sha256": upload.sha256, **msgspec.structs.asdict(part)}
    connection.execute(insert(blob_parts), [row])
    return True


def list_parts(connection: Connection, device: str, sha256: str) -> tuple[Part, ...]:
    """The chunks of an upload, in order."""
    mine = (blob_parts.c.device == device, blob_parts.c.sha256 == sha256)
    statement = select(blob_parts.c.start, blob_parts.c.size).where(*mine)
    rows = connection.execute(statement.order_by(blob_parts.c.start))
    return tuple(Part(row.start, row.size) for row in rows)


def end_upload(connection: Connection, device: str, sha256: str) -> None:
    """Forget an upload: it is whole, or was worth nothing."""
    for table in (blob_parts, blob_uploads):
        mine = (table.c.device == device, table.c.sha256 == sha256)
        connection.execute(delete(table).where(*mine))


def list_forgotten(connection: Connection, before: datetime) -> tuple[Upload, ...]:
    """The uploads that nobody has gone on with since."""
    statement = select(blob_uploads).where(blob_uploads.c.touched_at < before)
    return tuple(
        Upload(device=row.device, sha256=row.sha256, size=row.size, received=row.received)
        for row in connection.execute(statement.order_by(blob_uploads.c.touched_at))
    )


def still_forgotten(connection: Connection, upload: Upload, before: datetime) -> bool:
    """Whether nobody has gone on with it after all; kept from others until this ends."""
    statement = select(blob_uploads.c.touched_at).where(*_of(upload.device, upload.sha256))
    touched = connection.execute(statement.with_for_update()).scalar()
    return touched is not None and touched < before


def known_parts(connection: Connection, places: Iterable[tuple[str, str, int]]) -> set[object]:
    """Those of these chunks, by device, hash and start, that belong to an upload."""
    known: set[object] = set()
    for device, sha256, start in places:
        mine = (blob_parts.c.device == device, blob_parts.c.sha256 == sha256)
        there = select(blob_parts.c.start).where(*mine, blob_parts.c.start == start)
        if connection.execute(there).first() is not None:
            known.add((device, sha256, start))
    return known


def _of(device: str, sha256: str) -> tuple[ColumnElement[bool], ...]:
    return (blob_uploads.c.device == device, blob_uploads.c.sha256 == sha256)
