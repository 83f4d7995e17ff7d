"""Matters are kept: complaints, inquiries, suggestions, and follow-ups of bad ratings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; nobody has brought anything yet."""
    op.create_table(
        "matters",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("window", sa.String(length=64), nullable=False),
        sa.Column("rating", sa.String(length=64), nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matters")),
    )
    op.create_index("ix_matters_taken_at", "matters", ["taken_at"])
    op.create_index("ix_matters_ended_at", "matters", ["ended_at"])
    op.create_index("ix_matters_rating", "matters", ["rating"])
    op.create_table(
        "matter_audiences",
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("matter_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("audience", "matter_id", name=op.f("pk_matter_audiences")),
    )
    op.create_index("ix_matter_audiences_matter_id", "matter_audiences", ["matter_id"])
