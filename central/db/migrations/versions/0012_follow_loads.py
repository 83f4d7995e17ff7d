"""Bulk loads: how far each has come, what it changed, and whose word a licence is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment, Position

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; a load that an older program left half done begins anew."""
    op.create_table(
        "loads",
        *(_text(*one) for one in (("id", 64), ("kind", 32))),
        sa.Column("name", sa.Text(), nullable=False),
        *(_text(*one) for one in (("digest", 64), ("source", 64), ("actor", 64))),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loads")),
    )
    op.create_index("ix_loads_digest", "loads", ["digest"])
    op.create_table(
        "register_changes",
        sa.Column("id", Position, autoincrement=True, nullable=False),
        _text("load", 64),
        sa.Column("row", sa.Integer(), nullable=False),
        _text("number_digest", 64),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_register_changes_load", "register_changes", ["load"])
    op.create_index("ix_register_changes_number_digest", "register_changes", ["number_digest"])
    op.add_column("licences", sa.Column("source", sa.String(length=64)))
    op.add_column("licences", sa.Column("as_of", Moment))


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)
