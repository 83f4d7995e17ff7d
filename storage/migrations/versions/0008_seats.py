"""The seats that have to approve bear the glossary's word; an ask is an urge or a supervision.

Revision 0008, after 0007.
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Rename the column; Alembic would copy the whole table for it."""
    for table in ("case_head", "fresh_case_head"):
        op.execute(f"ALTER TABLE {table} RENAME COLUMN asks TO to_approve")
