"""The tables of ratings: the codes that were given out, and what applicants said."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table

from central.db.columns import Body, Moment
from central.db.metadata import metadata

rating_codes = Table(
    "rating_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("visit", String(64), nullable=False),
    Column("given_at", Moment, nullable=False),
)
"""A code stands on a receipt alone; here is what it comes to when it is hashed."""

ratings = Table(
    "ratings",
    metadata,
    Column("visit", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("level", String(1), nullable=False),
    Column("department", String(64), nullable=False),
    Column("device", String(64), nullable=False),
    Column("watched", Boolean, nullable=False),
    Column("body", Body, nullable=False),
    Index("ix_ratings_at", "at"),
    Index("ix_ratings_watched", "watched"),
)
"""One for each visit or online case, whatever way it came. `watched`: the rule about devices has
looked at it."""
