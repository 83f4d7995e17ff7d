"""Passwords that cost little: a test that is about something else signs in hundreds of times.

argon2id as everywhere, so that all that reads such a hash is real; a hash names its own cost.
"""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher

_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def quick_verifier(password: str) -> str:
    """A hash of a password that is made and checked in no time."""
    return _QUICK.hash(password)


@cache
def quick_hash(password: str) -> str:
    """The same, once for all who have this password."""
    return quick_verifier(password)
