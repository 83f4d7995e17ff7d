"""What one person did at this desk since a moment, by kind of act: counted from the outbox.

Settled commands stay in it for days, so a day is whole with the line down too.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, Text, and_, bindparam, case, cast, func, or_, select

from clerk.contract.answer import Conclusion
from clerk.contract.ids import first_id
from clerk.sync.outbox import Status
from storage.schema import outbox as table


class Deeds(msgspec.Struct, frozen=True):
    """How many acts of each kind were done, and how many of all have not reached central yet."""

    by_kind: dict[str, int]
    unsent: int = 0


def count_deeds(conn: Connection, user: str, since: datetime) -> Deeds:
    """The acts of somebody since a moment; what central did not apply is none.

    What is unsent counts however old it is.
    """
    first = first_id(int(since.timestamp() * 1000))
    rows = conn.execute(_COUNT, {"user": user, "first": first}).all()
    return Deeds(
        by_kind={row.kind: row.done for row in rows if row.done},
        unsent=sum(row.unsent for row in rows),
    )


_envelope = cast(table.c.envelope, Text)
_unsent = table.c.status.in_((Status.WAITING.value, Status.SENDING.value))
_since = table.c.id >= bindparam("first")
_kind = func.json_extract(_envelope, "$.body.kind").label("kind")
# Made once: building a statement costs more than running it. An id begins with its moment.
_COUNT = (
    select(
        _kind,
        func.sum(case((_since, 1), else_=0)).label("done"),
        func.sum(case((_unsent, 1), else_=0)).label("unsent"),
    )
    .where(
        or_(_since, _unsent),
        and_(
            table.c.conclusion.in_(("", Conclusion.APPLIED.value)),
            func.json_extract(_envelope, "$.user") == bindparam("user"),
        ),
    )
    .group_by(_kind)
)
