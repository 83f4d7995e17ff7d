"""What licences were that ended before the library kept it: their cases' events tell."""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_licences = sa.table(
    "licences",
    sa.column("id"),
    sa.column("number"),
    sa.column("case_id"),
    sa.column("status"),
    sa.column("ended_as"),
)
_events = sa.table(
    "events", sa.column("case_id"), sa.column("seq"), sa.column("type"), sa.column("body")
)
_UNTOLD = (
    (_licences.c.status == "expired") & _licences.c.ended_as.is_(None) & (_licences.c.case_id != "")
)
"""One that was loaded has no case: what it was before its end, nobody here knows."""

_CHANGES = (
    sa.select(_licences.c.id, _licences.c.number, _events.c.body)
    .join(_events, _events.c.case_id == _licences.c.case_id)
    .where(_UNTOLD, _events.c.type == "licence_changed")
    .order_by(_licences.c.id, _events.c.seq)
)


def upgrade() -> None:
    """Whatever was suspended last was suspended at its end, all others were valid."""
    connection = op.get_bind()
    suspended = [{"one": one} for one in _find_suspended(connection.execute(_CHANGES))]
    if suspended:
        mine = _licences.c.id == sa.bindparam("one")
        connection.execute(sa.update(_licences).where(mine).values(ended_as="suspended"), suspended)
    connection.execute(sa.update(_licences).where(_UNTOLD).values(ended_as="valid"))


def _find_suspended(changes: Iterable[sa.Row[str, str, bytes]]) -> list[str]:
    """The ids of those whose last act is a suspension; a case may have had two licences."""
    last: dict[str, str] = {}
    for licence_id, number, body in changes:
        event = json.loads(bytes(body))
        if event["licence"] == number:
            last[licence_id] = event["act"]
    return [licence_id for licence_id, act in last.items() if act == "suspend"]
