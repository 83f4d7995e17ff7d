"""The tables of data packages: datasets, what was published of them, and the keys to it."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from central.db.columns import Body, Moment
from central.db.metadata import metadata

datasets = Table(
    "datasets",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("owner", String(64), nullable=False),
    Column("defined_at", Moment, nullable=False),
    Column("body", Body, nullable=False),
)
"""`version` counts how often the definition was changed."""

package_releases = Table(
    "package_releases",
    metadata,
    Column("dataset", String(64), primary_key=True),
    Column("subscriber", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("published_at", Moment, nullable=False),
    Column("body", Body, nullable=False),
)
"""One row for each subscriber; `body` names the files with their checksums and counts."""

package_keys = Table(
    "package_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("dataset", String(64), nullable=False),
    Column("subscriber", String(64), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("used_at", Moment),
)
"""A key opens one dataset for one subscriber; what is stored of it is a hash."""
