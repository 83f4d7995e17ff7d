"""Scans: their bytes' keys, and whose they are.

Revision 0004, after 0003.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "scan_blob",
        sa.Column("sha256", sa.Text, primary_key=True),
        _text("media_type"),
        _number("size"),
        _number("pages"),
        sa.Column("way", sa.Text, nullable=False),
        _number("done"),
        _text("problem"),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        _number("used_at"),
    )
    op.create_table(
        "scan_link",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False),
        *(_text(name) for name in ("draft", "case_id", "material", "name")),
    )
    one = ["sha256", "draft", "case_id", "material"]
    op.create_index("ix_scan_link_one", "scan_link", one, unique=True)
    op.create_index("ix_scan_link_case_id", "scan_link", ["case_id"])
    op.create_index("ix_scan_link_draft", "scan_link", ["draft"])


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")
