"""The key pair (X25519) that desks seal their outboxes with."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from central.db import meta
from central.db.engine import Connection


def get_private_key(connection: Connection) -> X25519PrivateKey:
    """Central's own half, made with the database."""
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(meta.get(connection, meta.SEAL_KEY)))


def get_public_key(connection: Connection) -> str:
    """What desks seal with."""
    public = get_private_key(connection).public_key().public_bytes_raw()
    return base64.b64encode(public).decode()
