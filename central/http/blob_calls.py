"""The calls about scans: how far one has come, a chunk of it in, a part of it out."""

from __future__ import annotations

import re
from functools import partial

from central.blobs import giving
from central.blobs.receiving import Chunk, Progress
from central.db.devices import Device
from central.http.answering import Binary
from central.http.asked import Asked
from central.service import Central
from clerk.errors import InputError, RefusedError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_WHOLE = re.compile(r"\d{1,15}")
_PARTIAL, _ALL = 206, 200


def show_progress(central: Central, asked: Asked) -> Binary:
    """How far a scan has come from this desk."""
    device, sha256 = _device(central, asked), _sha256(asked)
    return _told(central.receiver.find_progress(device, sha256))


def put_blob(central: Central, asked: Asked) -> Binary:
    """A small scan, whole in one request."""
    device, sha256, data = _device(central, asked), _sha256(asked), asked.raw
    chunk = Chunk(sha256=sha256, start=0, total=len(data), data=data)
    return _told(central.receiver.take(device, chunk, central.clock.now()))


def patch_blob(central: Central, asked: Asked) -> Binary:
    """A chunk of a scan; the last one makes it whole."""
    device = _device(central, asked)
    chunk = Chunk(
        sha256=_sha256(asked),
        start=_header(asked, "upload-offset"),
        total=_header(asked, "upload-length"),
        data=asked.raw,
    )
    return _told(central.receiver.take(device, chunk, central.clock.now()))


def get_blob(central: Central, asked: Asked) -> Binary:
    """A part of a scan, for a person who sees its case; that they looked is on record."""
    sha256 = _sha256(asked)
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
        blob, case_id = giving.get_seen_blob(connection, caller, sha256)
    ranged = asked.headers.get("range", "")
    given = giving.give(central.blobs, blob, ranged)
    if not given.start:
        note = partial(giving.note_given, caller=caller, blob=blob, case_id=case_id)
        central.database.commit(note)
    headers = {"Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff"}
    if ranged:
        headers["Content-Range"] = f"bytes {given.start}-{given.end - 1}/{blob.size}"
    status = _PARTIAL if ranged else _ALL
    return Binary(body=given.data, status=status, headers=headers, media_type=blob.media_type)


def _device(central: Central, asked: Asked) -> Device:
    with central.database.read() as connection:
        return asked.get_leaving_device(connection)


def _sha256(asked: Asked) -> str:
    told = asked.path["sha256"]
    if not _SHA256.fullmatch(told):
        raise RefusedError("blob.unknown")
    return told


def _header(asked: Asked, name: str) -> int:
    told = asked.headers.get(name, "")
    if not _WHOLE.fullmatch(told):
        raise InputError("blob.malformed")
    return int(told)


def _told(progress: Progress) -> Binary:
    """The names are those of the draft standard for resumable uploads."""
    headers = {
        "Upload-Offset": str(progress.received),
        "Upload-Length": str(progress.size),
        "Upload-Complete": "?1" if progress.complete else "?0",
    }
    return Binary(status=204, headers=headers)
