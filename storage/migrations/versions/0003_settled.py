"""Commands stay after their effect has come home, for a central that was restored.

Revision 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns, and an index, for there are more rows now."""
    settled = sa.Column("settled_at", sa.Integer, nullable=False, server_default="0")
    op.add_column("outbox", settled)
    op.add_column("outbox", sa.Column("paper", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_outbox_status", "outbox", ["status", "n"])
