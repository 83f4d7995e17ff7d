"""Which matters are settled, so that those to which something is owed are read first.

Revision 0017, after 0016.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """What lies here already is taken for owed, until the feed brings it anew."""
    for table in ("entity", "fresh_entity"):
        settled = sa.Column("settled", sa.Integer, nullable=False, server_default="0")
        op.add_column(table, settled)
    op.create_index("ix_entity_settled", "entity", ["kind", "settled", "id"])
