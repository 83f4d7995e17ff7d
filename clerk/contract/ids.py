"""Identifiers of commands, cases and drafts: UUID version 7 (in the stdlib from 3.14 on)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable

_LATEST_MS = (1 << 48) - 1


def new_id(now_ms: int, random: Callable[[int], bytes]) -> str:
    """A new UUIDv7 as text, sortable by its millisecond (RFC 9562, 5.7).

    `random` gives that many random bytes: `os.urandom`, or a seeded one in a simulation.
    Within one millisecond the order is random.
    """
    assert 0 <= now_ms <= _LATEST_MS, "milliseconds since 1970"
    chance = int.from_bytes(random(10), "big")
    high = (chance >> 62) & 0xFFF
    low = chance & ((1 << 62) - 1)
    return str(UUID(int=now_ms << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low))


def read_time_ms(identifier: str) -> int:
    """The millisecond at which an identifier was made, by the clock of the desk that made it."""
    return UUID(identifier).int >> 80


def first_id(now_ms: int) -> str:
    """What sorts before every identifier that was made from this millisecond on."""
    assert 0 <= now_ms <= _LATEST_MS, "milliseconds since 1970"
    return str(UUID(int=now_ms << 80))
