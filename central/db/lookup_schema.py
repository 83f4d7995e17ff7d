"""The table of looks: who looked people up, when, what for, and what was found."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, String, Table, Text

from central.db.columns import Moment
from central.db.metadata import metadata

lookups = Table(
    "lookups",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("user", String(64), nullable=False),
    Column("device", String(64), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("number_digest", String(64), nullable=False, index=True),
    Column("found", Boolean, nullable=False),
    Column("sources", Text, nullable=False),
)
"""`number_digest` is a keyed hash: who was looked up can be asked, but not read out."""
