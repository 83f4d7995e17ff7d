"""Hand-overs of shifts and balances of days are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; journals begin with it."""
    op.create_table(
        "journal",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("window", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index("ix_journal_window", "journal", ["window"])
    op.create_index("ix_journal_at", "journal", ["at"])
