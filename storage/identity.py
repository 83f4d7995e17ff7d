"""Who this desk is to central: its key pair and what enrolment gave it."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from clerk.contract.sync import Enrolled
from clerk.decoding import decode
from clerk.errors import StoreError
from storage import meta

_PRIVATE_KEY = "identity.private_key"
_ENROLLED = "identity.enrolled"


def keep_private_key(conn: Connection, private_key: bytes) -> None:
    """Keep the raw Ed25519 key, before enrolment is tried: a repeat uses the same one."""
    meta.put(conn, _PRIVATE_KEY, private_key)


def find_private_key(conn: Connection) -> bytes | None:
    """The raw Ed25519 key, where one was made."""
    return meta.get(conn, _PRIVATE_KEY)


def keep_enrolled(conn: Connection, enrolled: Enrolled) -> None:
    """Keep what central calls this desk."""
    meta.put(conn, _ENROLLED, msgspec.json.encode(enrolled))


def find_enrolled(conn: Connection) -> Enrolled | None:
    """What central calls this desk; nothing before enrolment."""
    value = meta.get(conn, _ENROLLED)
    return None if value is None else decode(value, Enrolled)


def get_enrolled(conn: Connection) -> Enrolled:
    """What central calls this desk. Raises StoreError `desk.not_enrolled`."""
    enrolled = find_enrolled(conn)
    if enrolled is None:
        raise StoreError("desk.not_enrolled")
    return enrolled
