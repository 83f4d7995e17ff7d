"""Renewals undecided when their licence ended, and what comes into the catalogue later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; what has ended already is found by the next sweep."""
    op.create_table(
        "renewals",
        sa.Column("licence", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("noted_at", Moment(), nullable=False),
        sa.Column("holds", sa.Boolean()),
        sa.PrimaryKeyConstraint("licence", "until", name=op.f("pk_renewals")),
    )
    op.create_index(op.f("ix_renewals_case_id"), "renewals", ["case_id"])
    op.create_table(
        "coming_items",
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.Column("put_at", Moment(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item", "on", name=op.f("pk_coming_items")),
    )
