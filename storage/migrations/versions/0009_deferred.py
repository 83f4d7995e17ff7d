"""By when the first deferred paper of a case is promised.

Revision 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column; an empty `calendar` has it filled in with the dates, counted anew."""
    for table in ("case_head", "fresh_case_head"):
        due = sa.Column("deferred_due", sa.Text, nullable=False, server_default="")
        op.add_column(table, due)
        op.execute(f"UPDATE {table} SET calendar = ''")  # noqa: S608 - two names of our own
    op.create_index("ix_case_head_deferred_due", "case_head", ["deferred_due", "id"])
