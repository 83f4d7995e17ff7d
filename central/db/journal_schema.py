"""The table of the windows' journals: hand-overs of shifts, and balances of days."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from central.db.columns import Body, Moment
from central.db.metadata import metadata

journal = Table(
    "journal",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("window", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Body, nullable=False),
    Index("ix_journal_window", "window"),
    Index("ix_journal_at", "at"),
)
"""An entry is added once; only the signature of whoever follows comes to it later."""
