"""A print queue, and a record of reprints.

Revision 0014, after 0013.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "print_job",
        sa.Column("n", sa.Integer, primary_key=True),
        _number("at"),
        _text("by"),
        _text("state"),
        _text("outlet"),
        _text("reason"),
        _number("tries"),
        _number("changed_at"),
    )
    op.create_index("ix_print_job_state", "print_job", ["state", "n"])
    op.create_table(
        "print_sheet",
        sa.Column("row", sa.Integer, primary_key=True),
        _number("job"),
        _text("name"),
        _number("copies"),
        sa.Column("pdf", sa.LargeBinary),
    )
    op.create_index("ix_print_sheet_job", "print_sheet", ["job"])
    op.create_table(
        "print_record",
        sa.Column("row", sa.Integer, primary_key=True),
        _text("paper"),
        _number("nth"),
        _number("at"),
        _text("by"),
    )
    op.create_index("ix_print_record_paper", "print_record", ["paper", "nth"], unique=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")
