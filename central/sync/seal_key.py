"""The key pair (X25519) that desks seal with what is for central alone, and opening it."""

from __future__ import annotations

import base64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from central.db import meta
from central.db.engine import Connection
from clerk.contract.sealed_box import SealedBox

_KEY_BYTES = 32


def get_private_key(connection: Connection) -> X25519PrivateKey:
    """Central's own half, made with the database."""
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(meta.get(connection, meta.SEAL_KEY)))


def get_public_key(connection: Connection) -> str:
    """What desks seal with."""
    public = get_private_key(connection).public_key().public_bytes_raw()
    return base64.b64encode(public).decode()


def open_box(connection: Connection, box: SealedBox, info: bytes, device: str) -> bytes | None:
    """What a desk has sealed for this use; nothing where it was not this desk or not for it."""
    try:
        theirs = X25519PublicKey.from_public_bytes(base64.b64decode(box.key))
        secret = get_private_key(connection).exchange(theirs)
        key = HKDF(SHA256(), _KEY_BYTES, None, info).derive(secret)
        nonce, body = base64.b64decode(box.nonce), base64.b64decode(box.body)
        return ChaCha20Poly1305(key).decrypt(nonce, body, device.encode())
    except (ValueError, InvalidTag):
        return None
