"""Bringing a database to the present schema with Alembic."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from central.db.dialect import lock_tail
from central.db.engine import Connection, Database
from clerk.errand import Errand, Phase

_FOLDER = Path(__file__).parent / "migrations"


def migrate(database: Database, to: str = "head", errand: Errand | None = None) -> None:
    """Run the migrations that are missing up to one, all in one transaction or none.

    Raises CancelledError.
    """
    errand = errand or Errand()
    with database.write() as connection:
        lock_tail(connection)  # two of them at once would both begin
        config = _config()
        config.attributes["connection"] = connection
        config.attributes["told"] = _teller(connection, ScriptDirectory.from_config(config), errand)
        command.upgrade(config, to)
        errand.make_sure()


def _teller(connection: Connection, scripts: ScriptDirectory, errand: Errand) -> Callable[[], None]:
    """Tells of each migration that is done."""
    present = MigrationContext.configure(connection).get_current_revision()
    missing = len(list(scripts.iterate_revisions("head", present or "base")))
    done = count(1)

    def tell() -> None:
        errand.tell(Phase.STEPS, min(next(done), missing), missing)

    errand.tell(Phase.STEPS)
    return tell


def is_current(database: Database) -> bool:
    """Whether the database has the present schema."""
    with database.read() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config
