"""What goes through the store from end to end keeps its page cache small meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, event

from clerk.contract.sync import EntityKind, Put
from clerk.sync.desk import DeskState
from storage import digest, feed
from storage.connection import CACHE_KIB, READ_CACHE_KIB, SWEEP_CACHE_KIB, WALK_CACHE_KIB
from storage.store import Store
from tests.support.cases import MONDAY
from tests.support.storage import GENERATION, bootstrap_of, make_record, put_calendar, put_case

EMPTY = DeskState(generation=GENERATION, greeted=True, bootstrapping=True)


def cache_kib(conn: Connection) -> int:
    """The most that a connection's page cache takes."""
    return -int(conn.exec_driver_sql("PRAGMA cache_size").scalar_one())


@contextmanager
def spied(conn: Connection, words: str) -> Iterator[list[int]]:
    """How large the page cache was at each statement with these words."""
    seen: list[int] = []

    def look(*told: Any) -> None:  # noqa: ANN401 - as SQLAlchemy tells it
        if words in " ".join(told[2].split()):
            seen.append(cache_kib(conn))

    event.listen(conn, "before_cursor_execute", look)
    yield seen
    event.remove(conn, "before_cursor_execute", look)


def test_a_bootstrap_and_a_digest_do_and_give_it_back(store: Store) -> None:
    page = bootstrap_of(put_calendar(), put_case(make_record(1)))
    with store.begin() as conn, spied(conn, "INTO fresh_case_head") as caches:
        feed.apply_bootstrap(conn, EMPTY, page, MONDAY)
        assert cache_kib(conn) == CACHE_KIB
    assert caches == [SWEEP_CACHE_KIB]
    with store.read() as conn, spied(conn, "FROM case_head") as caches:
        assert len(list(digest.rows(conn))) == len(page.items)
        assert cache_kib(conn) == READ_CACHE_KIB
    assert caches == [WALK_CACHE_KIB]


def test_a_bootstrap_that_fails_gives_it_back(store: Store) -> None:
    half = msgspec.json.encode(replace(make_record(9), version=2))
    bad = Put(kind=EntityKind.CASE, id="x", version=1, body=msgspec.Raw(half))
    with pytest.raises(AssertionError, match="whole cases"), store.begin() as conn:
        feed.apply_bootstrap(conn, EMPTY, bootstrap_of(bad), MONDAY)
    with store.begin() as conn:
        assert cache_kib(conn) == CACHE_KIB
