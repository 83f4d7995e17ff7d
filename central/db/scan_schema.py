"""The tables of scans: which case they belong to, which are whole, which are half-way."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table

from central.db.columns import Moment
from central.db.metadata import metadata

case_scans = Table(
    "case_scans",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("case_id", String(64), primary_key=True),
    Index("ix_case_scans_case_id", "case_id"),
)
"""Which case a scan belongs to: who sees one of them may have its bytes."""

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("finished_at", Moment, nullable=False),
)
"""The scans that are whole; their bytes lie in the object store."""

blob_uploads = Table(
    "blob_uploads",
    metadata,
    Column("device", String(64), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("touched_at", Moment, nullable=False),
    Index("ix_blob_uploads_touched_at", "touched_at"),
)
"""What is half-way; of each desk by itself, so that none can spoil another one's."""

blob_parts = Table(
    "blob_parts",
    metadata,
    Column("device", String(64), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
)
