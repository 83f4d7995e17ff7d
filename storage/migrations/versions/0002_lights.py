"""When the light of a case turns, so that a list can ask for red ones.

Revision 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; an empty `calendar` has the dates of every case counted anew."""
    for table in ("case_head", "fresh_case_head"):
        grey = sa.Column("grey_until", sa.Integer, nullable=False, server_default="0")
        op.add_column(table, grey)
        op.add_column(table, sa.Column("yellow_from", sa.Integer))
        op.add_column(table, sa.Column("red_from", sa.Integer))
        op.execute(f"UPDATE {table} SET calendar = ''")  # noqa: S608 - two names of our own
    op.create_index("ix_case_head_red_from", "case_head", ["red_from"])
