"""Backing the database up while it serves, and putting a backup in its place.

On SQLite this program does both. A PostgreSQL server has its own ways (`pg_dump`, a base backup):
after those, `restore` without a file says that it has happened.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from central.db.engine import Database
from clerk.errors import InputError, StoreError

_PAGES_AT_ONCE = 1_000
_PRIVATE = 0o600
_LEFTOVERS = ("-wal", "-shm", "-journal")


def back_up(database: Database, target: Path) -> None:
    """Copy the database as it is at one moment, with desks at work; the file appears whole."""
    source = _file_of(database)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
    try:
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(part)) as other:
            one.backup(other, pages=_PAGES_AT_ONCE)
        demand_whole(part)
        _sync_file(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def put_in_place(database: Database, backup: Path) -> None:
    """Put a backup where the database is; what was there is kept beside it as `.before`."""
    target = _file_of(database)
    demand_whole(backup)
    _demand_unused(target)
    database.close()
    fresh = target.with_name(f".{target.name}.restored")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(backup)) as one, closing(sqlite3.connect(fresh)) as other:
        one.backup(other)
    fresh.chmod(_PRIVATE)
    _sync_file(fresh)
    if target.exists():
        target.replace(target.with_name(f"{target.name}.before"))
    for name in _LEFTOVERS:
        target.with_name(target.name + name).unlink(missing_ok=True)
    fresh.replace(target)


def demand_whole(backup: Path) -> None:
    """Refuse a file that is no whole database of central."""
    try:
        with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as one:
            (found,) = one.execute("PRAGMA integrity_check").fetchone()
            one.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    except sqlite3.Error as error:
        raise InputError("backup.unreadable", path=str(backup)) from error
    if found != "ok":
        raise InputError("backup.unreadable", path=str(backup))


def _demand_unused(target: Path) -> None:
    """Refuse while anybody has the database open for writing: stop central first."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as one:
            # Only the last connection may leave the write-ahead log.
            (mode,) = one.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as error:
        raise StoreError("backup.in_use") from error
    except sqlite3.DatabaseError:
        return  # a damaged database is why one restores
    if mode != "delete":
        raise StoreError("backup.in_use")


def _file_of(database: Database) -> Path:
    name = database.engine.url.database
    if not database.on_sqlite or not name:
        raise InputError("backup.of_server")
    return Path(name)


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
