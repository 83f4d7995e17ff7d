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
        op.execute(f"UPDATE {table} SET calendar = ''")  # noqa: S608 - two names of our own
    for name in ("papers_to", "papers_from"):
        op.create_index(f"ix_case_head_{name}", "case_head", [name, "id"])
