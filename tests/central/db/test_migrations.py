"""The migrations make exactly the tables that the code declares, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from central.db import meta, migrating
from central.db.engine import Database, open_database
from central.db.schema import metadata
from central.service import Central
from clerk.errors import InputError, StoreError


@pytest.fixture
def emptied(database: Database) -> Database:
    metadata.drop_all(database.engine)
    return database


def test_migrated_is_declared(emptied: Database) -> None:
    with pytest.raises(StoreError, match="not_initialised"):
        Central(emptied).demand_ready()
    Central(emptied).init()
    Central(emptied).demand_ready()
    with emptied.read() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_again_changes_nothing(emptied: Database) -> None:
    Central(emptied).init()
    with emptied.read() as connection:
        generation = meta.get(connection, meta.GENERATION)
    Central(emptied).init()
    assert migrating.is_current(emptied)
    with emptied.read() as connection:
        assert meta.get(connection, meta.GENERATION) == generation


def test_an_address_that_is_none() -> None:
    with pytest.raises(InputError, match=r"database\.url"):
        open_database("not an address")


def test_a_database_that_is_away(tmp_path: Path) -> None:
    away = open_database(f"sqlite:///{tmp_path / 'nowhere' / 'central.db'}")
    with pytest.raises(StoreError, match=r"database\.file"), away.read():
        pass
    away.close()
