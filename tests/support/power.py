"""SQLite as tests need it: the machine under them keeps its power."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, Pool

_OURS = (sqlite3.Connection, sqlcipher3.dbapi2.Connection)
_HURRIED = "hurried"


@contextmanager
def without_waiting() -> Iterator[None]:
    """Let no commit of this process wait for the disk: it took forty times as long.

    A process that is killed loses nothing by it, only a machine would; and processes that tests
    start, the killed ones among them, wait as in the office.
    """
    event.listen(Pool, "checkout", _hurry)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", _hurry)


@contextmanager
def waiting() -> Iterator[None]:
    """Within `without_waiting`: leave what is opened meanwhile as its program set it."""
    event.remove(Pool, "checkout", _hurry)
    try:
        yield
    finally:
        event.listen(Pool, "checkout", _hurry)


def _hurry(raw: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object) -> None:
    if isinstance(raw, _OURS) and not entry.info.setdefault(_HURRIED, False):
        raw.execute("PRAGMA synchronous=OFF")
        entry.info[_HURRIED] = True
