"""Sealing something for central alone to read: no desk opens it again, its own neither."""

from __future__ import annotations

import base64
import os

from clerk.contract.sealed_box import SealedBox

KEY_BYTES = 32
_NONCE_BYTES = 12


def seal_for_central(plain: bytes, seal_key: bytes, info: bytes, device: str) -> SealedBox:
    """Seal by central's key; only as of this desk and for this use it can be opened."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    mine, nonce = X25519PrivateKey.generate(), os.urandom(_NONCE_BYTES)
    secret = mine.exchange(X25519PublicKey.from_public_bytes(seal_key))
    key = HKDF(SHA256(), KEY_BYTES, None, info).derive(secret)
    body = ChaCha20Poly1305(key).encrypt(nonce, plain, device.encode())
    return SealedBox(
        key=_text(mine.public_key().public_bytes_raw()), nonce=_text(nonce), body=_text(body)
    )


def _text(plain: bytes) -> str:
    return base64.b64encode(plain).decode()
