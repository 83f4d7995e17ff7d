"""Reminders that a licence's renewal is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; what is due already is found by the next sweep."""
    op.create_table(
        "reminders",
        sa.Column("licence", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("renew_by", sa.Date(), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.Column("noted_at", Moment(), nullable=False),
        sa.Column("handed_at", Moment()),
        sa.PrimaryKeyConstraint("licence", "until", name=op.f("pk_reminders")),
    )
    op.create_index("ix_reminders_handed_at", "reminders", ["handed_at"])
