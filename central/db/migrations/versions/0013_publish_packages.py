"""Data packages: datasets, what was published of them, and the keys to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "datasets",
        _text("name", 64),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("owner", 64),
        sa.Column("defined_at", Moment, nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_datasets")),
    )
    op.create_table(
        "package_releases",
        *(_text(name, 64) for name in ("dataset", "subscriber")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", Moment, nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint(
            "dataset", "subscriber", "version", name=op.f("pk_package_releases")
        ),
    )
    op.create_table(
        "package_keys",
        _text("id", 16),
        *(_text(name, 64) for name in ("key_hash", "dataset", "subscriber", "actor")),
        *(sa.Column(name, Moment, nullable=False) for name in ("created_at", "until")),
        *(sa.Column(name, Moment) for name in ("revoked_at", "used_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_package_keys_key_hash")),
    )


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)
