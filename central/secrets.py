"""Tokens, one-time codes and passwords; what is stored of them is a hash."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without the letters and digits that are taken for one another."""
_CODE_LENGTH = 16


def new_token() -> str:
    """A bearer token of 256 random bits."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A one-time code to be read out and typed, in groups of four (78 bits)."""
    letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def hash_token(token: str) -> str:
    """What is stored of a token: it is random enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_code(code: str) -> str:
    """What is stored of a one-time code, however it was typed."""
    return hash_token("".join(code.split()).replace("-", "").upper())


def hash_password(password: str) -> str:
    """What is stored of a password (argon2id)."""
    return _hasher().hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Whether a password is right. Without a hash it takes as long, and is wrong."""
    try:
        _hasher().verify(password_hash or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return hash_password(secrets.token_urlsafe(8))
