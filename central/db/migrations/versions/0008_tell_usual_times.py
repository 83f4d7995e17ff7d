"""How long decided cases took, and how long their items usually take."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add column, index and table; cases decided before are not counted."""
    op.add_column("cases", sa.Column("decided_in", sa.Integer()))
    op.create_index("ix_cases_item_decided_on", "cases", ["item", "decided_on"])
    op.create_index("ix_cases_decided_on", "cases", ["decided_on"])
    op.create_table(
        "usual_times",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usual_times")),
    )
