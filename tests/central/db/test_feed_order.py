"""32 writers on PostgreSQL: a polling reader misses nothing, and sees each case in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import perf_counter

import pytest

from central.db import feed
from central.db.engine import Connection, Database, open_database
from central.db.feed import Change, FeedRow
from clerk.contract.sync import EntityKind
from tests.support.databases import found, new_postgres

WRITERS = 32
AUDIENCES = frozenset({"window:w1", "department:a", "department:b", "department:c", "all"})
MOST_P99_S = 0.25


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> Iterator[tuple[Database, Database, Database]]:
    """One server through three pools: two for the writers, each with its fill of connections."""
    url = new_postgres(request.getfixturevalue("postgres"))
    with found(url) as first:
        second, third = open_database(url), open_database(url)
        yield first, second, third
        second.close()
        third.close()


def announce(connection: Connection, case: str, version: int) -> None:
    change = Change(kind=EntityKind.CASE, id=case, version=version, audiences=AUDIENCES)
    feed.announce(connection, (change,))


def write(database: Database, writer: int, commits: int) -> list[float]:
    """Move one case on, again and again; how long each commit took."""
    took = []
    for version in range(1, commits + 1):
        began = perf_counter()
        database.commit(partial(announce, case=f"case-{writer}", version=version))
        took.append(perf_counter() - began)
    return took


def follow(database: Database, done: threading.Event) -> list[FeedRow]:
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


@pytest.mark.slow
@pytest.mark.parametrize("rows", [20_000, pytest.param(200_000, marks=pytest.mark.soak)])
def test_nothing_is_missed_or_inverted(
    databases: tuple[Database, Database, Database], rows: int
) -> None:
    commits = rows // (WRITERS * len(AUDIENCES))
    done = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(follow, databases[2], done)
        writers = [pool.submit(write, databases[n % 2], n, commits) for n in range(WRITERS)]
        took = sorted(one for writer in writers for one in writer.result())
        done.set()
        seen = reader.result()
    assert len(seen) == WRITERS * commits * len(AUDIENCES) == rows
    for audience in AUDIENCES:
        for writer in range(WRITERS):
            mine = [
                row.version
                for row in seen
                if row.audience == audience and row.id == f"case-{writer}"
            ]
            assert mine == list(range(1, commits + 1)), "in order, and none missed"
    if rows > 100_000:
        assert took[int(len(took) * 0.99)] < MOST_P99_S
