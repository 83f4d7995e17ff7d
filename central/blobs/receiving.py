"""Taking a scan in: chunk by chunk from any worker, whole only once its hash is right.

A blob is taken from a desk that sees a case with it, or that has acted on such a case: what a
desk has promised it may bring, even if the case has left its sight meanwhile.
"""

from __future__ import annotations

import hashlib
import threading
from datetime import datetime
from functools import partial

import msgspec

from central.access import scope_of
from central.blobs.limits import BlobLimits
from central.blobs.store import BlobStore, part_name
from central.db import blobs
from central.db.blobs import Blob, Part, Upload
from central.db.devices import Device
from central.db.engine import Connection, Database
from clerk.errors import InputError, RefusedError
from clerk.rules.media import SNIFF_BYTES, sniff

_JOINED_AT_ONCE = 2
"""Whole scans in memory: a bound that does not grow with the desks."""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a blob has come from this desk; `size` is 0 while nobody has told it."""

    received: int
    size: int
    complete: bool = False


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """Some bytes of a blob: where they begin, and how many it will have in all."""

    sha256: str
    start: int
    total: int
    data: bytes


class Receiver:
    """Takes scans in for one central."""

    def __init__(self, database: Database, store: BlobStore, limits: BlobLimits) -> None:
        """Keep what is known in the database and the bytes in the store."""
        self._database = database
        self._store = store
        self._limits = limits
        self._joining = threading.Semaphore(_JOINED_AT_ONCE)

    def find_progress(self, device: Device, sha256: str) -> Progress:
        """How far it has come. Raises RefusedError `blob.unknown`."""
        with self._database.read() as connection:
            return _progress(connection, device, sha256)

    def take(self, device: Device, chunk: Chunk, now: datetime) -> Progress:
        """Take a chunk; the last one makes the blob whole.

        Raises RefusedError `blob.unknown`, `blob.offset`, `blob.quota`, `blob.too_large`,
        `blob.type`, `blob.hash_wrong`; after the last one nothing of it is kept.
        """
        self._demand_fit(chunk)
        with self._database.read() as connection:
            progress = _progress(connection, device, chunk.sha256)
            begun = blobs.find_upload(connection, device.id, chunk.sha256)
            if begun is None and not progress.complete:
                self._demand_quota(connection, device)
        if progress.complete:
            return progress
        upload = begun or Upload(
            device=device.id, sha256=chunk.sha256, size=chunk.total, received=0
        )
        if (upload.size, upload.received) != (chunk.total, chunk.start):
            raise RefusedError("blob.offset", offset=upload.received)
        if chunk.data:
            upload = self._keep(upload, chunk, now)
        if upload.received < upload.size:
            return Progress(received=upload.received, size=upload.size)
        return self._finish(upload, now)

    def _demand_fit(self, chunk: Chunk) -> None:
        if chunk.total > self._limits.most_bytes:
            raise RefusedError("blob.too_large", most_bytes=self._limits.most_bytes)
        if chunk.start + len(chunk.data) > chunk.total or chunk.total <= 0:
            raise InputError("blob.malformed")
        if chunk.start == 0 and chunk.data and sniff(chunk.data[:SNIFF_BYTES]) is None:
            raise RefusedError("blob.type")

    def _demand_quota(self, connection: Connection, device: Device) -> None:
        if blobs.count_uploads(connection, device.id) >= self._limits.most_unfinished:
            raise RefusedError("blob.quota")

    def _keep(self, upload: Upload, chunk: Chunk, now: datetime) -> Upload:
        """The bytes first, then the note that they are there."""
        part = Part(chunk.start, len(chunk.data))
        self._store.put_part(_name(upload, part), chunk.data)

        def note(connection: Connection) -> bool:
            if not chunk.start:
                blobs.begin_upload(connection, upload, now)
            return blobs.add_part(connection, upload, part, now)

        if not self._database.commit(note):
            with self._database.read() as connection:
                known = blobs.find_upload(connection, upload.device, upload.sha256)
            raise RefusedError("blob.offset", offset=known.received if known else 0)
        return msgspec.structs.replace(upload, received=part.start + part.size)

    def _finish(self, upload: Upload, now: datetime) -> Progress:
        """Look at the whole, then put it in its place; a wrong one is thrown away."""
        with self._database.read() as connection:
            parts = blobs.list_parts(connection, upload.device, upload.sha256)
        names = [_name(upload, part) for part in parts]
        with self._joining:
            wrong = self._join(upload, names, now)
        if wrong:
            forget = partial(blobs.end_upload, device=upload.device, sha256=upload.sha256)
            self._database.commit(forget)
        self._store.delete(names)
        if wrong:
            raise RefusedError(wrong)
        return Progress(received=upload.size, size=upload.size, complete=True)

    def _join(self, upload: Upload, names: list[str], now: datetime) -> str:
        """Put the whole in its place; the code why not, where it may not be kept."""
        data = self._store.join_parts(names)
        if hashlib.sha256(data).hexdigest() != upload.sha256:
            return "blob.hash_wrong"
        kind = sniff(data[:SNIFF_BYTES])
        if kind is None:
            return "blob.type"
        self._store.put_blob(upload.sha256, data)
        blob = Blob(upload.sha256, upload.size, kind.value)
        self._database.commit(partial(_note_whole, upload=upload, blob=blob, now=now))
        return ""


def _progress(connection: Connection, device: Device, sha256: str) -> Progress:
    seen = blobs.find_case(connection, sha256, scope_of(device))
    if seen is None and not blobs.was_attached_by(connection, sha256, device.id):
        raise RefusedError("blob.unknown")
    whole = blobs.find(connection, sha256)
    if whole is not None:
        return Progress(received=whole.size, size=whole.size, complete=True)
    upload = blobs.find_upload(connection, device.id, sha256)
    if upload is None:
        return Progress(received=0, size=0)
    return Progress(received=upload.received, size=upload.size)


def _note_whole(connection: Connection, upload: Upload, blob: Blob, now: datetime) -> None:
    blobs.add(connection, blob, now)
    blobs.end_upload(connection, upload.device, upload.sha256)


def _name(upload: Upload, part: Part) -> str:
    return part_name(upload.device, upload.sha256, part.start, part.size)
