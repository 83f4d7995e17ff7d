"""The number by which people speak of a matter (诉求编号): its day, and five letters of its id."""

from __future__ import annotations

import hashlib
from datetime import datetime

from clerk.clock import OFFICE_ZONE

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are taken for one another."""

_LENGTH = 5


def number_of(matter_id: str, taken_at: datetime) -> str:
    """Short enough to be read out over the telephone, and made with the line down too.

    Among a thousand matters of one day two share it once in fifty days: it helps people find
    one, and nothing is kept by it.
    """
    rest = int.from_bytes(hashlib.sha256(matter_id.encode()).digest()[:8])
    letters = []
    for _place in range(_LENGTH):
        rest, at = divmod(rest, len(_LETTERS))
        letters.append(_LETTERS[at])
    return f"{taken_at.astimezone(OFFICE_ZONE):%y%m%d}-{''.join(letters)}"
