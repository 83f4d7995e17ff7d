"""The store's key: 256 bits from the system's keyring, or wrapped with a passphrase.

Beside the store lies a small file that says which of the two it is. The key itself is never
written anywhere in plaintext, and a keyring is trusted only once it gave a secret back.
"""

from __future__ import annotations

import base64
import contextlib
import os
from typing import TYPE_CHECKING

import msgspec

from clerk.decoding import Reader
from clerk.errors import StoreError
from clerk.files import write_atomic
from services.profile import Profile
from services.wrapping import KEY_BYTES, Wrapped, unwrap, wrap

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

PASSPHRASE_VARIABLE = "CLERK_PASSPHRASE"  # noqa: S105 - the name of a variable
_SERVICE = "clerk"
_ENTRY_BYTES = 12
_LEAST_PRIORITY = 1
"""Keyring's own word for backends that are fit for use; plaintext files rank below."""


class InKeyring(msgspec.Struct, frozen=True, kw_only=True, tag="keyring"):
    """The name under which the keyring holds the key."""

    entry: str


KeyFile = InKeyring | Wrapped
_decode = Reader[KeyFile](KeyFile)


def open_key(profile: Profile, passphrase: str | None = None) -> bytes:
    """The store's key, made at the first call.

    A new key goes to the keyring, unless a passphrase was handed in, by argument or by
    `CLERK_PASSPHRASE`. Raises StoreError: `store.passphrase_needed` where there is no keyring
    and no passphrase, `store.wrong_passphrase`, `store.key_missing`, `store.key_unreadable`.
    """
    passphrase = passphrase or os.environ.get(PASSPHRASE_VARIABLE)
    known = _read(profile)
    if known is None:
        return _make(profile, passphrase)
    if isinstance(known, InKeyring):
        return _fetch(known)
    if not passphrase:
        raise StoreError("store.passphrase_needed")
    return unwrap(known, passphrase)


def forget_key(profile: Profile) -> None:
    """Throw the key of a destroyed store away."""
    import keyring
    from keyring.errors import KeyringError

    known = _read(profile) if profile.key_file.exists() else None
    if isinstance(known, InKeyring):
        with contextlib.suppress(KeyringError):
            keyring.delete_password(_SERVICE, known.entry)
    profile.key_file.unlink(missing_ok=True)


def needs_passphrase(profile: Profile) -> bool:
    """Whether `open_key` would ask for a passphrase: what the first screen wants to know."""
    if os.environ.get(PASSPHRASE_VARIABLE):
        return False
    known = _read(profile)
    if known is None:
        return find_keyring() is None
    return isinstance(known, Wrapped)


def find_keyring() -> KeyringBackend | None:
    """The system's keyring, if there is one and it gives back what it is given.

    The null backend forgets silently, so only a round trip tells.
    """
    import keyring
    from keyring.errors import KeyringError

    backend = keyring.get_keyring()
    entry, secret = f"probe-{os.urandom(4).hex()}", os.urandom(4).hex()
    try:
        if backend.priority < _LEAST_PRIORITY:
            return None
        backend.set_password(_SERVICE, entry, secret)
        kept = backend.get_password(_SERVICE, entry) == secret
        if kept:
            backend.delete_password(_SERVICE, entry)
    except KeyringError:
        return None
    return backend if kept else None


def _read(profile: Profile) -> KeyFile | None:
    try:
        return _decode(profile.key_file.read_bytes())
    except FileNotFoundError:
        if profile.store.exists():
            raise StoreError("store.key_missing") from None
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise StoreError("store.key_unreadable", path=str(profile.key_file)) from error


def _make(profile: Profile, passphrase: str | None) -> bytes:
    key = os.urandom(KEY_BYTES)
    made: KeyFile = wrap(key, passphrase) if passphrase else _put(key)
    write_atomic(profile.key_file, msgspec.json.encode(made))
    return key


def _put(key: bytes) -> InKeyring:
    """Give the key to the keyring and see that it is really there."""
    backend = find_keyring()
    if backend is None:
        raise StoreError("store.passphrase_needed")
    entry = f"store-{os.urandom(_ENTRY_BYTES).hex()}"
    backend.set_password(_SERVICE, entry, base64.b64encode(key).decode())
    made = InKeyring(entry=entry)
    assert _fetch(made) == key, "the keyring gave another key back"
    return made


def _fetch(known: InKeyring) -> bytes:
    import keyring
    from keyring.errors import KeyringError

    try:
        text = keyring.get_password(_SERVICE, known.entry)
    except KeyringError as error:
        raise StoreError("store.key_missing") from error
    if text is None:
        raise StoreError("store.key_missing")
    return base64.b64decode(text)
