"""When the planned days of a case's special procedures are over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no case has had an act that stops its clock before."""
    op.add_column("cases", sa.Column("stops_until", sa.Date()))
    op.create_index("ix_cases_stops_until", "cases", ["stops_until"])
