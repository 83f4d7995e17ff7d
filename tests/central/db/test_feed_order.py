"""32 writers on PostgreSQL: a polling reader misses nothing, and sees each case in order.

How long their commits take is printed by the bench (bench/feed_order.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from central.db.engine import Database, open_database
from tests.support.databases import found, new_postgres
from tests.support.feed_load import load_feed


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> Iterator[tuple[Database, Database, Database]]:
    """One server through three pools: two for the writers, each with its fill of connections."""
    url = new_postgres(request.getfixturevalue("postgres"))
    with found(url) as first:
        second, third = open_database(url), open_database(url)
        yield first, second, third
        second.close()
        third.close()


@pytest.mark.slow
@pytest.mark.parametrize("rows", [4_000, pytest.param(200_000, marks=pytest.mark.soak)])
def test_nothing_is_missed_or_inverted(
    databases: tuple[Database, Database, Database], rows: int
) -> None:
    load = load_feed(databases[:2], databases[2], rows)
    assert (load.rows, load.missed, load.inversions) == (rows, 0, 0)
