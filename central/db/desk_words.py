"""What each desk said of itself when it greeted last; nothing is decided by it.

It lies among the single facts, one for each desk.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import select

from central.db import dialect
from central.db.engine import Connection
from central.db.schema import meta
from clerk.decoding import decode

_OF = "desk."


class DeskWord(msgspec.Struct, frozen=True):
    """The version of its program, and how many acts lay unsent there."""

    program: str = ""
    unsent: int = 0


def note(connection: Connection, device: str, word: DeskWord) -> None:
    """Remember it in place of what was said before."""
    row = {"key": _OF + device, "value": msgspec.json.encode(word).decode()}
    dialect.put(connection, meta, row)


def read_all(connection: Connection) -> Mapping[str, DeskWord]:
    """What each desk said, by its id."""
    rows = connection.execute(select(meta).where(meta.c.key.startswith(_OF, autoescape=True)))
    return {row.key.removeprefix(_OF): decode(row.value, DeskWord) for row in rows}
