"""Indexes of lists by the promised day: all cases of a place, and those with a light.

Revision 0018, after 0015.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_ASKED = ("window", "department", "stage")
_TURNS = ("grey_until", "yellow_from", "red_from")


def upgrade() -> None:
    """Make them; a shadow that is being filled gets its own when it takes the place."""
    op.create_index("ix_case_head_due", "case_head", ["promised_due", "id", *_ASKED])
    op.create_index(
        "ix_case_head_lit",
        "case_head",
        ["promised_due", "id", *_ASKED, *_TURNS],
        sqlite_where=sa.text("red_from IS NOT NULL"),
    )
