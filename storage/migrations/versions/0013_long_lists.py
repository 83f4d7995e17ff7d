"""Indexes that long lists are counted by and begin with.

Revision 0013, after 0012.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_OPEN = "stage NOT IN ('draft', 'decided', 'declined', 'withdrawn', 'void')"
_RECEIVED = ("received_at", "id")
_INDEXES: dict[str, tuple[tuple[str, ...], str]] = {
    "window": (("window", *_RECEIVED), ""),
    "department": (("department", *_RECEIVED), ""),
    "open": (("promised_due", "id", "window", "department", "stage"), _OPEN),
    "held": (_RECEIVED, "held > 0"),
    "to_approve": (_RECEIVED, "to_approve > ''"),
    "signers": (_RECEIVED, "signers > ''"),
    "claim_user": (("claim_user", "promised_due", "id"), "claim_user > ''"),
    "papers_at": (_RECEIVED, "papers_at > ''"),
}


def upgrade() -> None:
    """Make them; a shadow that is being filled gets its own when it takes the place."""
    for name, (columns, where) in _INDEXES.items():
        some = sa.text(where) if where else None
        op.create_index(f"ix_case_head_{name}", "case_head", list(columns), sqlite_where=some)
