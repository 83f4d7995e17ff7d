"""The office's own workbooks are kept, each for one report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing is kept yet."""
    op.create_table(
        "report_templates",
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("report", "name", name=op.f("pk_report_templates")),
    )
