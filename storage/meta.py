"""Single values that the desk keeps under a name."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from storage.schema import kept


def get(conn: Connection, name: str) -> bytes | None:
    """The value, or nothing where none was put."""
    return conn.execute(_GET, {"of": name}).scalar_one_or_none()


def put(conn: Connection, name: str, value: bytes) -> None:
    """Keep a value under a name, in the place of the one before."""
    conn.execute(_PUT, {"name": name, "value": value})


def drop(conn: Connection, name: str) -> None:
    """Forget a value."""
    conn.execute(delete(kept).where(kept.c.name == name))


_GET = select(kept.c.value).where(kept.c.name == bindparam("of"))
_new = insert(kept)
_PUT = _new.on_conflict_do_update(index_elements=["name"], set_={"value": _new.excluded.value})
