"""Who has to approve what was proposed for a case, so that a list can ask for it.

Revision 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; nothing could be proposed before."""
    for table in ("case_head", "fresh_case_head"):
        op.add_column(table, sa.Column("asks", sa.Text, nullable=False, server_default=""))
