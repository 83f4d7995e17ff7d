"""A key wrapped with a passphrase: argon2id makes a second key of it, AES-GCM does the rest."""

from __future__ import annotations

import base64
import os

import msgspec

from clerk.errors import StoreError

KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12


class Wrapped(msgspec.Struct, frozen=True, kw_only=True, tag="passphrase"):
    """A wrapped key with all that is needed to unwrap it but the passphrase.

    The parameters stand beside it, so that later ones may cost more (RFC 9106, 4: the second
    recommended option).
    """

    salt: str
    nonce: str
    key: str
    time_cost: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


def wrap(key: bytes, passphrase: str) -> Wrapped:
    """Wrap a key, with new salt and nonce."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    blank = Wrapped(salt=_text(salt), nonce=_text(nonce), key="")
    sealed = AESGCM(_derive(passphrase, blank)).encrypt(nonce, key, salt)
    return msgspec.structs.replace(blank, key=_text(sealed))


def unwrap(wrapped: Wrapped, passphrase: str) -> bytes:
    """The key. Raises StoreError `store.wrong_passphrase`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(_derive(passphrase, wrapped))
    try:
        return cipher.decrypt(_bytes(wrapped.nonce), _bytes(wrapped.key), _bytes(wrapped.salt))
    except InvalidTag as error:
        raise StoreError("store.wrong_passphrase") from error


def _derive(passphrase: str, wrapped: Wrapped) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        passphrase.encode(),
        _bytes(wrapped.salt),
        time_cost=wrapped.time_cost,
        memory_cost=wrapped.memory_kib,
        parallelism=wrapped.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
