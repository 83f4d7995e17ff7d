"""Indexes that long lists are sorted by: item, applicant, department.

Revision 0015, after 0014.
"""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"

_ORDERS = ("item_name", "applicant_name", "department_name")
_ASKED = ("window", "department", "stage")


def upgrade() -> None:
    """Make them; a shadow that is being filled gets its own when it takes the place."""
    for name in _ORDERS:
        op.create_index(f"ix_case_head_{name}", "case_head", [name, "id", *_ASKED])
