"""The table of matters: complaints, inquiries, suggestions, and follow-ups of bad ratings."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from central.db.columns import Body, Moment
from central.db.metadata import metadata

matters = Table(
    "matters",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("way", String(16), nullable=False),
    Column("department", String(64), nullable=False),
    Column("window", String(64), nullable=False),
    # The rating that a follow-up is of; empty for what nobody rated.
    Column("rating", String(64), nullable=False),
    Column("taken_at", Moment, nullable=False),
    Column("answered_at", Moment, nullable=True),
    # When an answer was owed no more, whatever ended it.
    Column("ended_at", Moment, nullable=True),
    Column("excluded", Boolean, nullable=False),
    Column("body", Body, nullable=False),
    Index("ix_matters_taken_at", "taken_at"),
    Index("ix_matters_ended_at", "ended_at"),
    Index("ix_matters_rating", "rating"),
)
"""The body is a `MatterRecord`, whole; what leaves central is masked. The rest is read from it."""

matter_audiences = Table(
    "matter_audiences",
    metadata,
    Column("audience", String(80), primary_key=True),
    Column("matter_id", String(64), primary_key=True),
    Index("ix_matter_audiences_matter_id", "matter_id"),
)
"""Who sees a matter now: the labels of its feed rows, for the bootstrap of a scope."""
