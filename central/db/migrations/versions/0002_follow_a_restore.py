"""What a restored central must know: the runs of desks, and ranges that desks still hold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; those of desks say nothing until their next hello."""
    op.add_column("devices", sa.Column("runs", sa.Text()))
    op.add_column("devices", sa.Column("disabled_at", Moment))
    readopted = sa.Column("readopted", sa.Integer(), nullable=False, server_default="0")
    op.add_column("number_leases", readopted)
