"""Whether a desk holds what central believes it holds: a sum over (kind, id, version).

A sum needs no order, so that each side may read its rows as it likes; it is of 128 bits of
SHA-256 each, which finds every mistake and withstands no attacker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from clerk.contract.sync import Digest
from clerk.sync.desk import DeskState

_BITS = 128


class Comparison(StrEnum):
    """What two digests tell."""

    SAME = "same"
    NOT_YET = "not_yet"
    DIFFERENT = "different"


def sum_rows(rows: Iterable[tuple[str, str, int]]) -> tuple[int, str]:
    """How many rows of kind, id and version there are, and their sum as text."""
    count, total = 0, 0
    for kind, entity, version in rows:
        told = hashlib.sha256(f"{kind}\0{entity}\0{version}".encode()).digest()
        total += int.from_bytes(told[: _BITS // 8], "big")
        count += 1
    return count, f"{total % (1 << _BITS):032x}"


def compare(state: DeskState, rows: Iterable[tuple[str, str, int]], theirs: Digest) -> Comparison:
    """Compare only what was read at one position of one feed; else pull first and ask again."""
    scope = theirs.scope_version in {0, state.scope_version}
    if state.bootstrapping or not scope or theirs.generation != state.generation:
        return Comparison.NOT_YET
    if theirs.position != state.cursor:
        return Comparison.NOT_YET
    same = sum_rows(rows) == (theirs.count, theirs.value)
    return Comparison.SAME if same else Comparison.DIFFERENT
