"""What Alembic runs: the migrations, on the connection that it was handed."""

from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy import types

from central.db import columns
from central.db.schema import metadata


def _render(kind: str, thing: object, _autogenerate: object) -> str | Literal[False]:
    """Name our own column types in a new migration as we name them."""
    if kind == "type" and isinstance(thing, columns.Moment):
        return "Moment"
    if kind == "type" and thing is columns.Position:
        return "Position"
    return "Body" if kind == "type" and isinstance(thing, types.LargeBinary) else False


def _tell(*_places: object, **_names: object) -> None:
    """Say that another one is done, to whoever waits."""
    context.config.attributes["told"]()


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=_render,
    on_version_apply=_tell,
    transactional_ddl=False,  # the caller's transaction is around all of it
)
context.run_migrations()
