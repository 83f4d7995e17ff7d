"""The table of how long items usually take; it can be counted anew from the decided cases."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from central.db.columns import Body
from central.db.metadata import metadata

usual_times = Table(
    "usual_times",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", Body, nullable=False),
)
"""`id` is the item's, whatever its version."""
