"""Every test of central runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from tests.support.central import (
    central,
    central_url,
    clock,
    enrolled_device,
    make_desk,
    postgres_furnished,
    sqlite_furnished,
)
from tests.support.databases import (
    database,
    initialised,
    postgres,
    postgres_mould,
    sqlite_database,
    sqlite_mould,
)

__all__ = [
    "central",
    "central_url",
    "clock",
    "database",
    "enrolled_device",
    "initialised",
    "make_desk",
    "postgres",
    "postgres_furnished",
    "postgres_mould",
    "sqlite_database",
    "sqlite_furnished",
    "sqlite_mould",
]
