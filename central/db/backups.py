"""When the database was backed up last, and whereto: what an administrator asks first."""

from __future__ import annotations

from datetime import datetime

import msgspec

from central.db import meta
from central.db.engine import Connection
from clerk.decoding import decode

_LAST = "backup.last"


class BackUp(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that was made whole by the command, on this machine."""

    at: datetime
    path: str


def note(connection: Connection, taken: BackUp) -> None:
    """Remember the last one; a backup itself does not know of itself."""
    meta.put(connection, _LAST, msgspec.json.encode(taken).decode())


def find_last(connection: Connection) -> BackUp | None:
    """The last one, if this database was ever backed up by the command."""
    told = meta.find(connection, _LAST)
    return decode(told, BackUp) if told else None
