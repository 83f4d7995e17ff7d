"""Connections to the encrypted file: how one is opened, and the pools that hold them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

KEY_BYTES = 32
CACHE_KIB = 8 * 1024
"""With the default cache SQLCipher decrypts the same pages again and again. Writing 20 cases into a
million takes no longer with it than with 64 MiB, which the writer would hold on to for good."""

READ_CACHE_KIB = 3 * 1024
"""Enough for the pages that every search and every list begins with: with more neither searches
among 100,000 cases nor pages of a long list are faster, and each reader would hold on to it."""

WALK_CACHE_KIB = 1024
"""For what walks along an index or a table: it reads each page once, and none of them again."""

SWEEP_CACHE_KIB = 32 * 1024
"""For filling the store from end to end: no more than what one transaction changes."""

BUSY_TIMEOUT_MS = 10_000
READERS = 2
READERS_MORE = 6


def make_writer(path: Path, key: bytes) -> Engine:
    """The engine of the one connection that writes; it takes the write lock at once."""
    return _make_engine(path, key, begin="BEGIN IMMEDIATE", last=(), size=1, more=0)


def make_readers(path: Path, key: bytes) -> Engine:
    """The engine of the connections that cannot write; each transaction sees one state."""
    last = ("PRAGMA query_only=ON", f"PRAGMA cache_size=-{READ_CACHE_KIB}")
    return _make_engine(path, key, begin="BEGIN", last=last, size=READERS, more=READERS_MORE)


def connect(path: Path, key: bytes) -> Any:  # noqa: ANN401 - the driver has no types
    """Open the file. The key goes into this call alone: no URL and no engine holds its text."""
    assert len(key) == KEY_BYTES, "a raw key of 256 bits"
    # Without an isolation level the driver leaves BEGIN to us.
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def sweeping(connection: Connection, cache_kib: int = SWEEP_CACHE_KIB) -> Iterator[None]:
    """Keep this connection's page cache small meanwhile; what is beyond that goes at once."""
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size=-{cache_kib}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={before}")


def _prepare(connection: Any, key: bytes) -> None:  # noqa: ANN401 - the driver has no types
    # First of all, or SQLCipher writes its log over the screen.
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    connection.execute("PRAGMA journal_mode=WAL")
    # In WAL mode NORMAL loses the last commits in a power cut; FULL loses none.
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    # What a desk may no longer see is overwritten in the pages that are written anyway; in those
    # that fall free it lies encrypted like all else.
    connection.execute("PRAGMA secure_delete=FAST")
    connection.execute("PRAGMA temp_store=MEMORY")


def _make_engine(
    path: Path, key: bytes, *, begin: str, last: tuple[str, ...], size: int, more: int
) -> Engine:
    def create() -> Any:  # noqa: ANN401 - the driver has no types
        connection = connect(path, key)
        for pragma in last:
            connection.execute(pragma)
        return connection

    # The pysqlcipher dialect would send a key of its own from the URL, so the plain one it is.
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=create,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=more,
        pool_use_lifo=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
