"""Scans: which case they belong to, which are whole, which are half-way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "case_scans",
        _key("sha256"),
        _key("case_id"),
        sa.PrimaryKeyConstraint("sha256", "case_id", name=op.f("pk_case_scans")),
    )
    op.create_index("ix_case_scans_case_id", "case_scans", ["case_id"])
    op.create_table(
        "blobs",
        _key("sha256"),
        _size("size"),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("finished_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blobs")),
    )
    op.create_table(
        "blob_uploads",
        _key("device"),
        _key("sha256"),
        _size("size"),
        _size("received"),
        sa.Column("touched_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("device", "sha256", name=op.f("pk_blob_uploads")),
    )
    op.create_index("ix_blob_uploads_touched_at", "blob_uploads", ["touched_at"])
    op.create_table(
        "blob_parts",
        _key("device"),
        _key("sha256"),
        _size("start"),
        _size("size"),
        sa.PrimaryKeyConstraint("device", "sha256", "start", name=op.f("pk_blob_parts")),
    )


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=64), nullable=False)


def _size(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)
