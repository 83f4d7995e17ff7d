"""Handing a scan out, in parts, to whoever sees a case with it."""

from __future__ import annotations

import re

import msgspec

from central.access import CASE_WORKERS, Caller, demand_role, scope_of
from central.blobs.store import BlobStore
from central.db import audit, blobs
from central.db.blobs import Blob
from central.db.engine import Connection
from clerk.contract.scan import BLOB_CHUNK_MOST_BYTES
from clerk.contract.user import Role
from clerk.errors import InputError, RefusedError

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a blob, from start up to, not including, end."""

    blob: Blob
    start: int
    end: int
    data: bytes


def get_seen_blob(connection: Connection, caller: Caller, sha256: str) -> tuple[Blob, str]:
    """A blob and the case through which the caller sees it.

    Raises RefusedError `blob.unknown`, `blob.awaited`, `user.role_needed`.
    """
    demand_role(caller.user, CASE_WORKERS | {Role.MANAGER})
    case_id = blobs.find_case(connection, sha256, scope_of(caller.device))
    if case_id is None:
        raise RefusedError("blob.unknown")
    blob = blobs.find(connection, sha256)
    if blob is None:
        raise RefusedError("blob.awaited")
    return blob, case_id


def note_given(connection: Connection, caller: Caller, blob: Blob, case_id: str) -> None:
    """Put on record that somebody looked at a scan."""
    entry = audit.Entry(
        at=caller.now,
        actor=caller.user.id,
        action="scan.fetched",
        subject=case_id,
        detail={"device": caller.device.id, "sha256": blob.sha256},
    )
    audit.append(connection, entry)


def give(store: BlobStore, blob: Blob, asked: str) -> Given:
    """What a Range header asks for, but never more than one chunk; without one, all of it.

    Raises InputError `blob.range`.
    """
    start, end = _read_range(asked, blob.size) if asked else (0, blob.size)
    data = store.read_blob(blob.sha256, start, end)
    return Given(blob=blob, start=start, end=end, data=data)


def _read_range(asked: str, size: int) -> tuple[int, int]:
    match = _RANGE.fullmatch(asked)
    if match is None or int(match[1]) >= size:
        raise InputError("blob.range", size=size)
    start = int(match[1])
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    if last < start:
        raise InputError("blob.range", size=size)
    return start, min(last + 1, start + BLOB_CHUNK_MOST_BYTES)
