"""Which cases somebody is asked about, and whose answer is wanted.

Revision 0006, after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ADDED = ("urged_in", "supervised_in", "asked_due")


def upgrade() -> None:
    """Add the columns; no case of an older release was asked about."""
    for table in ("case_head", "fresh_case_head"):
        for name in _ADDED:
            op.add_column(table, sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in _ADDED[:2]:
        op.create_index(f"ix_case_head_{name}", "case_head", [name, "promised_due", "id"])
