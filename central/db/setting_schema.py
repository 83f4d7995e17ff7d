"""The table of the office's settings."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from central.db.columns import Body, Moment
from central.db.metadata import metadata

settings = Table(
    "settings",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("body", Body, nullable=False),
)
"""What the law leaves to the office, and figures that desks show."""
