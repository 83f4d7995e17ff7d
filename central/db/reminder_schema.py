"""Renewals: whose holders were told that one is due, and which were undecided at the end."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, String, Table, Text

from central.db.columns import Body, Moment
from central.db.metadata import metadata

reminders = Table(
    "reminders",
    metadata,
    Column("licence", String(64), primary_key=True),
    Column("until", Date, primary_key=True),
    Column("renew_by", Date, nullable=False),
    Column("body", Body, nullable=False),
    Column("noted_at", Moment, nullable=False),
    Column("handed_at", Moment),
    Index("ix_reminders_handed_at", "handed_at"),
)
"""One for each licence and last day: a licence that is renewed has another last day."""

renewals = Table(
    "renewals",
    metadata,
    Column("licence", String(64), primary_key=True),
    Column("until", Date, primary_key=True),
    Column("case_id", String(64), nullable=False, index=True),
    Column("noted_at", Moment, nullable=False),
    Column("holds", Boolean),
    Column("said_by", Text),
    Column("said_at", Moment),
)
"""Licences that ended while a timely renewal was undecided; `holds` is what a person said."""
