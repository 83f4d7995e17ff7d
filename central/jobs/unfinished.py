"""Clearing away what of scans never became whole."""

from __future__ import annotations

import logging
from functools import partial

from central.blobs.limits import FORGOTTEN_AFTER
from central.blobs.store import part_name
from central.db import blobs
from central.db.blobs import Part, Upload
from central.db.engine import Connection
from central.service import Central
from clerk.log import write_event

_log = logging.getLogger(__name__)


def sweep_unfinished(central: Central) -> int:
    """Forget uploads that nobody went on with, and chunks that belong to none; twice is once."""
    before = central.clock.now() - FORGOTTEN_AFTER
    with central.database.read() as connection:
        forgotten = blobs.list_forgotten(connection, before)
    swept = sum(_forget(central, upload) for upload in forgotten)
    swept += _sweep_strays(central)
    if swept:
        write_event(_log, "blobs.swept", count=swept)
    return swept


def _forget(central: Central, upload: Upload) -> int:
    before = central.clock.now() - FORGOTTEN_AFTER

    def forget(connection: Connection) -> tuple[Part, ...]:
        if not blobs.still_forgotten(connection, upload, before):
            return ()
        parts = blobs.list_parts(connection, upload.device, upload.sha256)
        blobs.end_upload(connection, upload.device, upload.sha256)
        return parts

    parts = central.database.commit(forget)
    name = partial(part_name, upload.device, upload.sha256)
    central.blobs.delete([name(part.start, part.size) for part in parts])
    return len(parts)


def _sweep_strays(central: Central) -> int:
    """Chunks whose note was never committed: central ended between the two."""
    old = central.blobs.list_parts(central.clock.now() - FORGOTTEN_AFTER)
    places = {name: _place(name) for name in old}
    with central.database.read() as connection:
        known = blobs.known_parts(connection, places.values())
    strays = [name for name, place in places.items() if place not in known]
    central.blobs.delete(strays)
    return len(strays)


def _place(name: str) -> tuple[str, str, int]:
    _parts, device, sha256, last = name.split("/")
    return device, sha256, int(last.partition("-")[0])
