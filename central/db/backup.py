"""Backing the database up while it serves, and putting a backup in its place.

On SQLite this program does both. A PostgreSQL server has its own ways (`pg_dump`, a base backup):
after those, `restore` without a file says that it has happened.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL

from central.db.engine import Database, open_database
from central.db.wholeness import demand_whole
from clerk.errand import Errand, Phase
from clerk.errors import InputError, StoreError

_PAGES_AT_ONCE = 1_000
_PRIVATE = 0o600
_LEFTOVERS = ("-wal", "-shm", "-journal")
T = TypeVar("T")


def back_up(database: Database, target: Path, errand: Errand) -> None:
    """Copy the database as it is at one moment, with desks at work; the file appears whole.

    Called off, nothing of it is left. Raises CancelledError.
    """
    source = _file_of(database)
    with _beside(target.with_name(f".{target.name}.part")) as part:
        _copy(source, part, errand)
        demand_whole(part, errand)
        _sync_file(part)
        errand.make_sure()
        part.replace(target)


def put_in_place(
    database: Database, backup: Path, begin: Callable[[Database], T], errand: Errand
) -> T:
    """Put a backup where the database is; what was there is kept beside it as `.before`.

    `begin` makes of the copy what central begins with, before it is in place: until then, and
    where this is called off, the database is the one that it was. Raises CancelledError.
    """
    target = _file_of(database)
    demand_whole(backup, errand)
    _demand_unused(target)
    database.close()
    with _beside(target.with_name(f".{target.name}.restored")) as fresh:
        _copy(backup, fresh, errand)
        begun = _begin(fresh, begin)
        _sync_file(fresh)
        errand.make_sure()
        _exchange(target, fresh)
    return begun


def _begin(fresh: Path, begin: Callable[[Database], T]) -> T:
    opened = open_database(URL.create("sqlite", database=str(fresh)).render_as_string())
    try:
        begun = begin(opened)
    finally:
        opened.close()
    # The last connection leaves the write-ahead log: the file alone is the whole database.
    _demand_unused(fresh)
    return begun


def _exchange(target: Path, fresh: Path) -> None:
    if target.exists():
        target.replace(target.with_name(f"{target.name}.before"))
    for name in _LEFTOVERS:
        target.with_name(target.name + name).unlink(missing_ok=True)
    fresh.replace(target)


@contextmanager
def _beside(part: Path) -> Iterator[Path]:
    """An empty file that only its owner reads; what is left of it at the end is taken away."""
    files = [part, *(part.with_name(part.name + name) for name in _LEFTOVERS)]
    _take_away(files)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
    try:
        yield part
    finally:
        _take_away(files)


def _take_away(files: list[Path]) -> None:
    for one in files:
        one.unlink(missing_ok=True)


def _copy(source: Path, target: Path, errand: Errand) -> None:
    """Page by page, all of one moment: what others write meanwhile does not begin it anew."""

    def tell(_status: int, remaining: int, total: int) -> None:
        errand.tell(Phase.COPYING, total - remaining, total)

    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.execute("BEGIN")
        one.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        one.backup(other, pages=_PAGES_AT_ONCE, progress=tell)


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
