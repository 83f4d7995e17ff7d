"""Registers of others: their descriptions, what they said last, and what was shown to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three tables; looks of before have no answers beside them."""
    op.create_table(
        "registers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registers")),
    )
    op.create_table(
        "register_answers",
        sa.Column("register", sa.String(length=32), nullable=False),
        sa.Column("number_digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("register", "number_digest", name=op.f("pk_register_answers")),
    )
    op.create_index(op.f("ix_register_answers_at"), "register_answers", ["at"], unique=False)
    op.create_table(
        "look_answers",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("register", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("age_s", sa.BigInteger(), nullable=False),
        sa.Column("problem", sa.String(length=64), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_answers")),
    )
    op.create_index("ix_look_answers_lookup", "look_answers", ["lookup", "id"], unique=False)
    op.create_index("ix_look_answers_at", "look_answers", ["at"], unique=False)
