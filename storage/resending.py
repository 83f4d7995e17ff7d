"""What a restored central has lost is sent again: settled commands go back into the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, select, update

from clerk.contract.answer import Answer
from clerk.contract.case import CaseRecord
from clerk.contract.command import Envelope
from clerk.contract.sync import EntityKind, GivenPaper
from clerk.decoding import decode
from clerk.sync.outbox import Kept, Status, follow_restore
from storage import cases, unread
from storage.bulk import these
from storage.schema import entity
from storage.schema import outbox as table

_APART = "\n"
"""Between the numbers of an act that gives two papers, as a decision on the spot does."""

_SUBJECTS = tuple(one.value for one in (EntityKind.FINDING, EntityKind.JOURNAL, EntityKind.MATTER))
"""What commands are about beside cases."""


def follow(conn: Connection, central_last_n: int) -> int:
    """Bring the outbox to a restored central's state; how many commands are sent again.

    The cache is still of the time before, and so tells which papers these acts have given.
    """
    again = 0
    for row in conn.execute(select(table).order_by(table.c.n)).all():
        kept = _read(row)
        after = follow_restore(kept, central_last_n)
        if after == kept:
            continue
        resent = after.unsent and not kept.unsent
        again += resent
        values = _values(after) | ({"paper": _paper_of(conn, kept)} if resent else {})
        conn.execute(update(table).where(table.c.n == row.n).values(values))
    return again


def papers(conn: Connection, numbers: Iterable[int]) -> tuple[GivenPaper, ...]:
    """The papers that these commands have given before."""
    given = (table.c.n.in_(list(numbers))) & (table.c.paper != "")
    rows = conn.execute(select(table.c.n, table.c.paper).where(given).order_by(table.c.n))
    return tuple(GivenPaper(row.n, one) for row in rows for one in row.paper.split(_APART))


def forget_unseen(conn: Connection) -> None:
    """Delete settled commands of what the desk sees no more: cases, findings, journals, matters."""
    settled = table.c.status == Status.SETTLED.value
    kinds = entity.c.kind.in_(_SUBJECTS)
    kept = kinds & (entity.c.id == table.c.case_id)
    seen = unread.is_in_sight(table.c.case_id) | exists().where(kept)
    conn.execute(delete(table).where(settled, ~seen))


def forget_cases(conn: Connection, gone: Iterable[str]) -> None:
    """Delete settled commands of cases that left the desk's sight."""
    settled = table.c.status == Status.SETTLED.value
    conn.execute(delete(table).where(settled, table.c.case_id.in_(these(gone))))


def _read(row: Row[Any]) -> Kept:
    return Kept(
        envelope=decode(row.envelope, Envelope),
        status=Status(row.status),
        tries=row.tries,
        under_way=row.under_way,
        answer=decode(row.answer, Answer) if row.answer else None,
        head=row.head,
    )


def _values(kept: Kept) -> dict[str, Any]:
    if kept.answer is not None:
        return {"head": kept.head}
    gone = {"answer": None, "conclusion": "", "settled_at": 0, "head": 0}
    return {"status": kept.status.value, "under_way": kept.under_way, **gone}


def _paper_of(conn: Connection, kept: Kept) -> str:
    """The document numbers among the events that the command caused, if the cache has them."""
    record = cases.find(conn, kept.envelope.case_id)
    if record is None or kept.answer is None or len(record.events) < kept.answer.version:
        return ""
    return _document_of(record, kept.answer.version)


def _document_of(record: CaseRecord, version: int) -> str:
    """What one act caused, ending at a version, has one moment and one doer."""
    last = record.events[version - 1]
    effect = [one for one in record.events[:version] if (one.at, one.by) == (last.at, last.by)]
    return _APART.join(told for one in effect if (told := getattr(one, "document", "")))
