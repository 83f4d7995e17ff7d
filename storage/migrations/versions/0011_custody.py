"""Where the papers of a case lie, and between whom open slips are.

Revision 0011, after 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns; an empty `calendar` has them filled in with the dates, counted anew."""
    for table in ("case_head", "fresh_case_head"):
        for name in ("papers_at", "papers_to", "papers_from"):
            column = sa.Column(name, sa.Text, nullable=False, server_default="")
            op.add_column(table, column)
        moved = sa.Column("papers_moved", sa.Integer, nullable=False, server_default="0")
        op.add_column(table, moved)
        op.execute(f"UPDATE {table} SET calendar = ''")  # noqa: S608 - two names of our own
    for name in ("papers_to", "papers_from"):
        op.create_index(f"ix_case_head_{name}", "case_head", [name, "id"])
    op.create_index("ix_case_head_papers_moved", "case_head", ["papers_moved"])
