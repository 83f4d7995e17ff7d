"""Findings travel to the auditors' desks, and are looked into there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add version and index; what was found before is new to every auditor."""
    version = sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    op.add_column("findings", version)
    op.create_index("ix_findings_case_id", "findings", ["case_id"])
