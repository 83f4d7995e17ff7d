"""Many writers and one polling reader of the feed: what they did, and what was wrong with it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import perf_counter

import msgspec

from central.db import feed
from central.db.engine import Connection, Database
from central.db.feed import Change, FeedRow
from clerk.contract.sync import EntityKind

WRITERS = 32
AUDIENCES = frozenset({"window:w1", "department:a", "department:b", "department:c", "all"})


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it. `commits_s` are sorted: how long each commit took, in seconds."""

    rows: int
    missed: int
    inversions: int
    commits_s: list[float]

    @property
    def p99_s(self) -> float:
        """What 99 of 100 commits took at most."""
        return self.commits_s[int(len(self.commits_s) * 0.99)]


def load_feed(writing: Sequence[Database], reading: Database, rows: int) -> Load:
    """Let each writer move a case of its own on, until there are so many rows; read meanwhile."""
    commits = rows // (WRITERS * len(AUDIENCES))
    done = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(_follow, reading, done)
        writers = [
            pool.submit(_write, writing[n % len(writing)], n, commits) for n in range(WRITERS)
        ]
        try:
            took = sorted(one for writer in writers for one in writer.result())
        finally:
            done.set()
        seen = reader.result()
    return Load(
        rows=len(seen),
        missed=WRITERS * commits * len(AUDIENCES) - len({_key(row) for row in seen}),
        inversions=_count_inversions(seen),
        commits_s=took,
    )


def _write(database: Database, writer: int, commits: int) -> list[float]:
    took = []
    for version in range(1, commits + 1):
        began = perf_counter()
        database.commit(partial(_announce, case=f"case-{writer}", version=version))
        took.append(perf_counter() - began)
    return took


def _announce(connection: Connection, case: str, version: int) -> None:
    change = Change(kind=EntityKind.CASE, id=case, version=version, audiences=AUDIENCES)
    feed.announce(connection, (change,))


def _follow(database: Database, done: threading.Event) -> list[FeedRow]:
    """What a desk's cursor meets until the writers are done and nothing more comes."""
    seen: list[FeedRow] = []
    cursor = 0
    while True:
        last_look = done.is_set()
        with database.read() as connection:
            rows = feed.rows_after(connection, AUDIENCES, cursor, 1_000)
        seen += rows
        cursor = rows[-1].position if rows else cursor
        if last_look and not rows:
            return seen


def _key(row: FeedRow) -> tuple[str, str, int]:
    return row.audience, row.id, row.version


def _count_inversions(seen: Sequence[FeedRow]) -> int:
    """How often an audience met a version of a case after a later one, or twice."""
    newest: dict[tuple[str, str], int] = defaultdict(int)
    found = 0
    for row in seen:
        found += row.version <= newest[row.audience, row.id]
        newest[row.audience, row.id] = max(newest[row.audience, row.id], row.version)
    return found
