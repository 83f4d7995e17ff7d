"""Supervision: open cases with their light plans, their counts, and findings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WATCHED_KEY = ("sort_at", "case_id")


def upgrade() -> None:
    """Create the tables; following the feed from its beginning fills them."""
    op.create_table(
        "watch_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        _text("calendar", 64),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_state")),
    )
    _create_watched()
    counted = (("department", 64), ("stage", 32), ("step", 200), ("light", 8))
    op.create_table(
        "light_counts",
        *(_text(name, length) for name, length in (*counted, ("statutory_light", 8))),
        sa.Column("cases", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            *(name for name, _length in counted), "statutory_light", name=op.f("pk_light_counts")
        ),
    )
    op.create_table(
        "findings",
        *(_text(*one) for one in (("id", 200), ("rule", 8), ("case_id", 64), ("actor", 64))),
        sa.Column("at", Moment, nullable=False),
        sa.Column("found_at", Moment, nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index("ix_findings_at", "findings", ["at"])
    op.create_index("ix_findings_actor", "findings", ["actor", "at"])


def _create_watched() -> None:
    plan = ("grey_until", "yellow_from", "red_from")
    op.create_table(
        "watched",
        _text("case_id", 64),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("number", 32),
        sa.Column("item_name", sa.Text(), nullable=False),
        *(_text(*one) for one in (("department", 64), ("window", 64), ("stage", 32))),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("holder_name", sa.Text(), nullable=False),
        sa.Column("holder_until", Moment),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("promised_due", sa.Date()),
        sa.Column("statutory_due", sa.Date()),
        *(sa.Column(name, Moment) for name in plan),
        *(sa.Column(f"statutory_{name}", Moment) for name in plan),
        _text("light", 8),
        _text("statutory_light", 8),
        sa.Column("turns_at", Moment),
        sa.Column("sort_at", Moment, nullable=False),
        _text("calendar", 64),
        _text("asked", 32),
        sa.Column("ask_due", sa.Date()),
        _text("escalated_to", 32),
        sa.Column("escalates_at", Moment),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_watched")),
    )
    for name in ("turns_at", "escalates_at", "calendar"):
        op.create_index(f"ix_watched_{name}", "watched", [name])
    op.create_index("ix_watched_sort_at", "watched", [*_WATCHED_KEY])
    for name in ("department", "light", "asked", "escalated_to"):
        op.create_index(f"ix_watched_{name}", "watched", [name, *_WATCHED_KEY])


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)
