"""Who confirmed that a licence counts as renewed, and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of what was confirmed before, its case tells."""
    op.add_column("renewals", sa.Column("said_by", sa.Text()))
    op.add_column("renewals", sa.Column("said_at", Moment()))
