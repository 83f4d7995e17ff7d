"""Papers are found by what they are, too.

Revision 0018, after 0017.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """The index keeps its form; what the desk sees is fetched anew, with the kinds of papers."""
    kept = sa.table("kept", sa.column("name", sa.Text), sa.column("value", sa.LargeBinary))
    mine = kept.c.name == "sync.state"
    value = op.get_bind().execute(sa.select(kept.c.value).where(mine)).scalar_one_or_none()
    if value is not None:
        state = json.loads(value) | {
            "bootstrapping": True,
            "bootstrap_key": "",
            "bootstrap_position": 0,
        }
        op.execute(sa.update(kept).where(mine).values(value=json.dumps(state).encode()))
