"""Opening central's database: an SQLite file by default, a PostgreSQL server for a city.

Everything outside `central.db` takes `Connection` and `Database` from here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from clerk.errors import InputError, StoreError

__all__ = ["Connection", "Database", "open_database"]

BUSY_TIMEOUT_S = 10
"""How long another process may hold SQLite's write lock before a write gives up."""

_CONNECTIONS = 16
_MOST_TRIES = 4
_NO_TABLE = "42P01"
_NO_FILE = "database.file"
_NOT_OPENED = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_NOTADB", "SQLITE_PERM")
"""SQLite: no such place, not ours to write, or no database at all."""
_TOUCHED = "touched audiences"
_RETRIED_STATES = {"40001", "40P01", "23505"}
"""PostgreSQL: serialization failure, deadlock, and a unique key that somebody took meanwhile."""

T = TypeVar("T")
Told = Callable[[frozenset[str]], None]


class Database:
    """An engine with one way to read and one way to write.

    A read is one snapshot. On SQLite a write begins IMMEDIATE and waits for the others of
    this process in a queue, which is kinder than the file's lock.
    """

    def __init__(self, engine: Engine) -> None:
        """Wrap an engine; `open_database` makes one."""
        self.engine = engine
        self.on_sqlite = engine.dialect.name == "sqlite"
        self._writing: AbstractContextManager[Any] = (
            threading.Lock() if self.on_sqlite else nullcontext()
        )
        self._listeners: list[Told] = []
        self._reader: Engine = engine
        self._writer: Engine = engine
        if self.on_sqlite:
            self._writer = engine.execution_options(clerk_writes=True)
        else:
            self._reader = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one snapshot and changes nothing."""
        with self._explained(), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction; once it is committed, those who wait for its audiences are told."""
        touched: set[str] = set()
        with self._explained(), self._writing, self._writer.begin() as connection:
            connection.info[_TOUCHED] = touched
            yield connection
        if touched:
            self._tell(frozenset(touched))

    def commit(self, act: Callable[[Connection], T]) -> T:
        """Do this in a transaction of its own, again where another one got in between."""
        for left in range(_MOST_TRIES - 1, -1, -1):
            try:
                with self.write() as connection:
                    return act(connection)
            except DBAPIError as error:
                if not left or not _was_overtaken(error):
                    raise
        raise AssertionError

    def on_commit(self, told: Told) -> None:
        """Call this after each commit that fed somebody, with the audiences."""
        self._listeners.append(told)

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database."""
        path = self.engine.url.database
        return Path(path) if self.on_sqlite and path else None

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Name the errors that an administrator can mend."""
        try:
            yield
        except DBAPIError as error:
            code = _find_code(error)
            if code is None:
                raise
            parameters = {"file": str(self.file)} if code == _NO_FILE else {}
            raise StoreError(code, **parameters) from error

    def _tell(self, touched: frozenset[str]) -> None:
        for told in self._listeners:
            told(touched)


def note_touched(connection: Connection, audiences: frozenset[str]) -> None:
    """Remember whom to wake once this transaction is committed."""
    connection.info.setdefault(_TOUCHED, set()).update(audiences)


def open_database(url: str) -> Database:
    """Connect to `sqlite:///path` or `postgresql://…`; nothing is created but the file itself."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise InputError("database.url") from error
    if address.get_backend_name() == "sqlite":
        return Database(_open_sqlite(url))
    settings: dict[str, Any] = {"prepare_threshold": None}  # pgbouncer hands each transaction on
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args=settings,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
    )
    return Database(engine)


def _find_code(error: DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    if state == _NO_TABLE or str(error.orig).startswith("no such table"):
        return "database.not_initialised"
    if getattr(error.orig, "sqlite_errorname", "").startswith(_NOT_OPENED):
        return _NO_FILE
    if isinstance(error, OperationalError) and not _was_overtaken(error):
        return "database.unavailable"
    return None


def _open_sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
        pool_size=_CONNECTIONS,
        max_overflow=0,
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(raw: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    raw.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536"):
        raw.execute(f"PRAGMA {pragma}").fetchall()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("clerk_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _was_overtaken(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", "") in _RETRIED_STATES
