"""What a licence was when its last day was over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what a licence was that ended before, its case tells."""
    op.add_column("licences", sa.Column("ended_as", sa.String(32)))
