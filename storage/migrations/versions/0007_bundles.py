"""Who may countersign a case, what bundle application it belongs to, and whether it is held up.

Revision 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns; no case of an older release has anything to say in them."""
    for table in ("case_head", "fresh_case_head"):
        for name in ("signers", "project"):
            op.add_column(table, sa.Column(name, sa.Text, nullable=False, server_default=""))
        held = sa.Column("held", sa.Integer, nullable=False, server_default="0")
        op.add_column(table, held)
