"""The tables of bundle applications, and of every version of a bundle."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from central.db.columns import Body, Moment
from central.db.metadata import metadata

bundle_versions = Table(
    "bundle_versions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Body, nullable=False),
)
"""Every version stays, because applications are pinned to theirs."""

projects = Table(
    "projects",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("bundle", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("applicant_number", String(32), nullable=False, index=True),
    Column("together", Boolean, nullable=False),
    Column("opened_at", Moment, nullable=False),
)
"""One row for a bundle application; its items are its cases. The row is locked by its acts."""
