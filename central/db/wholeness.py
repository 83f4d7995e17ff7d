"""Whether a file is a whole database of central: minutes for a large one, so it tells how far."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

from clerk.errand import Errand, Phase
from clerk.errors import InputError
from clerk.files import readable

_LOOKED_EVERY_S = 0.2
_STEPS = 100_000
"""How many steps of SQLite's machine go by between two calls of its progress handler."""

_MAPPED_BYTES = 1 << 40
"""Each entry of an index is looked up in its table, all over the file: mapped, that goes faster."""

_OF_ROW, _OF_COLUMN, _OF_ENTRY = 1, 2, 7
"""What a check costs in steps: for a row, for each column that must be there, for each index."""


def demand_whole(file: Path, errand: Errand) -> None:
    """Refuse a file that is no whole database of central. Raises CancelledError."""
    with readable(file):
        file.open("rb").close()
    try:
        uri = f"{file.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, check_same_thread=False)) as one:
            one.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
            one.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
            found = _check(one, errand)
    except sqlite3.Error as error:
        raise InputError("backup.unreadable", path=str(file)) from error
    if found != "ok":
        raise InputError("backup.unreadable", path=str(file))


def _check(one: sqlite3.Connection, errand: Errand) -> str:
    """Check in a thread of its own: this one hears Ctrl+C, which SQLite does not."""
    errand.tell(Phase.CHECKING)
    expected = _count_steps(one)
    seen = _Seen()
    one.set_progress_handler(seen.count, _STEPS)
    with ThreadPoolExecutor(1) as pool:
        checking = pool.submit(_run_check, one)
        try:
            while not wait([checking], _LOOKED_EVERY_S).done:
                # A guess by the rows: it never says that nothing is left while something is.
                errand.tell(Phase.CHECKING, min(seen.steps, expected * 99 // 100), expected)
        except BaseException:
            one.interrupt()
            raise
        return checking.result()


class _Seen:
    """How many steps went by."""

    def __init__(self) -> None:
        self.steps = 0

    def count(self) -> int:
        """Another round of steps; 0 lets SQLite go on."""
        self.steps += _STEPS
        return 0


def _run_check(one: sqlite3.Connection) -> str:
    (found,) = one.execute("PRAGMA integrity_check").fetchone()
    return str(found)


def _count_steps(one: sqlite3.Connection) -> int:
    """About how many steps a check of all tables takes; at least one."""
    count = _asking(one)
    steps = 0
    for (table,) in one.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        needed = count("pragma_table_info(?) WHERE [notnull]", table)
        indexes = count("pragma_index_list(?)", table)
        rows = one.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - its own
        steps += rows * (_OF_ROW + _OF_COLUMN * needed + _OF_ENTRY * indexes)
    return max(1, steps)


def _asking(one: sqlite3.Connection) -> Callable[[str, str], int]:
    def count(what: str, table: str) -> int:
        counted = one.execute(f"SELECT count(*) FROM {what}", (table,))  # noqa: S608 - ours
        return int(counted.fetchone()[0])

    return count
