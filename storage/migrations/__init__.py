"""Bringing the file of an older release up to date, with Alembic.

The version stands in the file as `user_version`; a revision's name is that number in four
digits. Migrations add or rename; what they make unnecessary is dropped two releases later.
"""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).parent
_VERSION_TABLE = "alembic_version"


def migrate(connection: Connection, version: int, target: str = "head") -> None:
    """Take the tables from a version to the newest one, or to an earlier target.

    It happens inside the caller's transaction. Alembic's own table is made for the moment and
    dropped: `user_version` alone counts.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)

    def steps(revision: object, _context: MigrationContext) -> list[RevisionStep]:
        return scripts._upgrade_revs(target, revision)  # type: ignore[arg-type] # noqa: SLF001

    with EnvironmentContext(config, scripts, fn=steps) as environment:
        environment.configure(connection=connection, version_table=_VERSION_TABLE)
        if version:
            environment.get_context().stamp(scripts, f"{version:04}")
        environment.run_migrations()
    connection.exec_driver_sql(f"DROP TABLE {_VERSION_TABLE}")
