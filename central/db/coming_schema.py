"""The tables of what comes into the catalogue on a later day."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table, Text

from central.db.columns import Body, Moment
from central.db.metadata import metadata

coming_items = Table(
    "coming_items",
    metadata,
    Column("item", String(200), primary_key=True),
    Column("on", Date, primary_key=True),
    Column("base", Integer, nullable=False),
    Column("body", Body, nullable=False),
    Column("put_at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
)
"""One change of an item for each day; `base` is the version it was made from, 0 for a new item.

A row goes when its day has come and its version was published, or when it is called off.
"""

coming_bundles = Table(
    "coming_bundles",
    metadata,
    Column("bundle", String(64), primary_key=True),
    Column("on", Date, primary_key=True),
    Column("base", Integer, nullable=False),
    Column("body", Body, nullable=False),
    Column("put_at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
)
"""The same for bundles."""
