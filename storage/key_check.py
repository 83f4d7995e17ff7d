"""A mark beside the store by which a wrong key is told from a damaged file.

SQLCipher gives one answer to both. The mark is a keyed hash of a constant: with a random
256-bit key it tells nothing about the key.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from clerk.files import write_atomic

_SUBJECT = b"clerk desk store"


def mark_path(store: Path) -> Path:
    """Where the mark of a store lies."""
    return store.with_name(f"{store.name}.mark")


def write_mark(store: Path, key: bytes) -> None:
    """Remember which key the store is made with, before it is made."""
    write_atomic(mark_path(store), _mark(key))


def has_mark(store: Path) -> bool:
    """Whether the store has its mark yet."""
    return mark_path(store).exists()


def fits_mark(store: Path, key: bytes) -> bool:
    """Whether the store was made with this key."""
    return hmac.compare_digest(mark_path(store).read_bytes(), _mark(key))


def _mark(key: bytes) -> bytes:
    return hmac.new(key, _SUBJECT, hashlib.sha256).hexdigest().encode()
