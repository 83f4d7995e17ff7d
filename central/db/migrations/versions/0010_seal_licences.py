"""Seals of departments, and the papers that wait for them or bear them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables; licences issued before have no paper of central's."""
    op.create_index("ix_licences_number", "licences", ["number"])
    op.create_index("ix_licences_status_valid_until", "licences", ["status", "valid_until"])
    op.create_table(
        "seals",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("keeping", sa.String(length=16), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("installed_at", Moment(), nullable=False),
        sa.Column("retired_at", Moment()),
        sa.Column("lost_at", Moment()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
    )
    op.create_index("ix_seals_department", "seals", ["department"])
    op.create_table(
        "licence_papers",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("licence", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("sealed_at", Moment()),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("tried_at", Moment()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_papers")),
        sa.UniqueConstraint("licence", "issue", name=op.f("uq_licence_papers_licence_issue")),
    )
    op.create_index(op.f("ix_licence_papers_sha256"), "licence_papers", ["sha256"])
    op.create_index("ix_licence_papers_state_asked_at", "licence_papers", ["state", "asked_at"])
    op.create_index("ix_licence_papers_case_id", "licence_papers", ["case_id"])
