"""Codes to rate by, and ratings, are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; nobody has rated yet."""
    op.create_table(
        "rating_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("visit", sa.String(length=64), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_rating_codes")),
    )
    op.create_table(
        "ratings",
        sa.Column("visit", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("watched", sa.Boolean(), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("visit", name=op.f("pk_ratings")),
    )
    op.create_index("ix_ratings_at", "ratings", ["at"])
    op.create_index("ix_ratings_watched", "ratings", ["watched"])
