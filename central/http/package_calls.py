"""The calls about data packages: what a key opens, and a file of a package."""

from __future__ import annotations

import re

from central.http.answering import Binary
from central.http.asked import Asked
from central.packages import pulling
from central.packages.pulling import Listing
from central.service import Central

_RESUMED = re.compile(r"bytes=([0-9]{1,15})-")
_MEDIA_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


def list_packages(central: Central, asked: Asked) -> Listing:
    """What the key opens."""
    with central.database.read() as connection:
        return pulling.list_open(connection, _key(asked), central.clock.now())


def get_package_file(central: Central, asked: Asked) -> Binary:
    """A file of a data package; that it was pulled is on record before its first byte."""
    ask = pulling.Ask(
        key=_key(asked),
        dataset=asked.path["dataset"],
        version=asked.path["version"],
        file=asked.path["file"],
    )
    file = pulling.pull(central.database, ask, central.clock.now())
    etag = f'"{file.sha256}"'
    start = _start(asked, etag, file.size)
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(file.size - start),
        "ETag": etag,
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'attachment; filename="{file.name}"',
    }
    if start:
        headers["Content-Range"] = f"bytes {start}-{file.size - 1}/{file.size}"
    return Binary(
        chunks=central.blobs.stream(file.place, start),
        status=206 if start else 200,
        headers=headers,
        media_type=_MEDIA_TYPES[file.name.rpartition(".")[2]],
    )


def _start(asked: Asked, etag: str, size: int) -> int:
    """Where a pull that broke off goes on; of another file than the one begun, at its beginning."""
    found = _RESUMED.fullmatch(asked.headers.get("range", ""))
    same = asked.headers.get("if-range", etag) == etag
    start = int(found[1]) if found and same else 0
    return start if start < size else 0


def _key(asked: Asked) -> str:
    scheme, _, key = asked.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""
