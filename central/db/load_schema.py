"""The tables of bulk loads: how far each one has come, and which entries it changed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from central.db.columns import Body, Moment, Position
from central.db.metadata import metadata

loads = Table(
    "loads",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("source", String(64), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("step", BigInteger, nullable=False),
    Column("body", Body, nullable=False),
    Index("ix_loads_digest", "digest"),
)
"""`step` counts the batches that were written; `body` is how far the files were read."""

register_changes = Table(
    "register_changes",
    metadata,
    Column("id", Position, primary_key=True, autoincrement=True),
    Column("load", String(64), nullable=False),
    Column("row", Integer, nullable=False),
    Column("number_digest", String(64), nullable=False),
    Column("columns", Text, nullable=False),
    Index("ix_register_changes_load", "load"),
    Index("ix_register_changes_number_digest", "number_digest"),
    sqlite_autoincrement=True,
)
"""Which columns of an entry a load changed. `number_digest` is a keyed hash of its number."""
