"""The print queue as the store keeps it, and the record of reprints (打印队列, 补打)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert

from clerk.contract.printing import PrintJob, PrintState, Reprint, Sheet
from clerk.rules.numbers import CASE_NUMBER_LENGTH
from storage import meta
from storage.bulk import these
from storage.moments import read_moment, write_moment
from storage.schema import case_head, fresh_case_head, print_job, print_record, print_sheet

_SALT = "printing.salt"
_GONE = "#"
_OPEN = (PrintState.WAITING, PrintState.PRINTING, PrintState.FAILED)


def add(conn: Connection, sheets: Sequence[Sheet], by: str, at: datetime) -> int:
    """Put a job of one or several papers at the end of the queue; its number."""
    moment = write_moment(at)
    row = {"at": moment, "changed_at": moment, "by": by, "state": PrintState.WAITING.value}
    n = conn.execute(insert(print_job).values(row).returning(print_job.c.n)).scalar_one()
    conn.execute(
        insert(print_sheet),
        [{"job": n, "name": one.name, "copies": one.copies, "pdf": one.pdf} for one in sheets],
    )
    return int(n)


def newest(conn: Connection, most: int) -> tuple[PrintJob, ...]:
    """The jobs, newest first."""
    rows = conn.execute(select(print_job).order_by(print_job.c.n.desc()).limit(most)).all()
    return tuple(_job(conn, row) for row in rows)


def find(conn: Connection, n: int) -> PrintJob | None:
    """A job by its number."""
    row = conn.execute(select(print_job).where(print_job.c.n == n)).one_or_none()
    return _job(conn, row) if row else None


def find_waiting(conn: Connection) -> PrintJob | None:
    """The job whose turn it is."""
    waiting = print_job.c.state == PrintState.WAITING.value
    row = conn.execute(select(print_job).where(waiting).order_by(print_job.c.n).limit(1)).first()
    return _job(conn, row) if row else None


def sheets(conn: Connection, n: int) -> tuple[Sheet, ...]:
    """The papers of a job in their order; none once they are gone."""
    mine = (print_sheet.c.job == n) & print_sheet.c.pdf.is_not(None)
    rows = conn.execute(select(print_sheet).where(mine).order_by(print_sheet.c.row)).all()
    return tuple(Sheet(name=row.name, pdf=row.pdf, copies=row.copies) for row in rows)


def move(
    conn: Connection,
    n: int,
    before: Collection[PrintState],
    to: PrintState,
    at: datetime,
    *,
    outlet: str = "",
    reason: str = "",
) -> bool:
    """Bring a job from one of these states into another; whether it stood in one of them.

    Papers of what is printed or cancelled are forgotten at once.
    """
    mine = (print_job.c.n == n) & print_job.c.state.in_([one.value for one in before])
    values: dict[str, Any] = {"state": to.value, "changed_at": write_moment(at), "reason": reason}
    if outlet:
        values["outlet"] = outlet
    if to is PrintState.PRINTING:
        values["tries"] = print_job.c.tries + 1
    moved = conn.execute(update(print_job).where(mine).values(values)).rowcount == 1
    if moved and to in {PrintState.PRINTED, PrintState.CANCELLED}:
        _forget_papers(conn, [n])
    return moved


def find_interrupted(conn: Connection) -> tuple[int, ...]:
    """Jobs that were at the printer when the desk was cut off."""
    printing = print_job.c.state == PrintState.PRINTING.value
    return tuple(conn.execute(select(print_job.c.n).where(printing)).scalars())


def find_holding(conn: Connection) -> tuple[tuple[int, str], ...]:
    """Every open job with the name of each of its papers."""
    states = [one.value for one in _OPEN]
    joined = print_sheet.join(print_job, print_job.c.n == print_sheet.c.job)
    told = select(print_job.c.n, print_sheet.c.name).select_from(joined)
    rows = conn.execute(told.where(print_job.c.state.in_(states))).all()
    return tuple((row.n, row.name) for row in rows)


def purge(conn: Connection, before: datetime) -> None:
    """Forget jobs that ended before this moment."""
    old = print_job.c.changed_at < write_moment(before)
    ended = print_job.c.state.not_in([one.value for one in _OPEN])
    numbers = list(conn.execute(select(print_job.c.n).where(old & ended)).scalars())
    conn.execute(delete(print_sheet).where(print_sheet.c.job.in_(numbers)))
    conn.execute(delete(print_job).where(print_job.c.n.in_(numbers)))


def forget_cases(conn: Connection, gone: Iterable[str]) -> None:
    """Forget the prints of cases that are about to leave the desk's sight.

    Of the record a digest stays that names no case: one that comes back goes on with its numbers.
    """
    _forget(conn, case_head.c.id.in_(these(gone)))


def forget_left(conn: Connection) -> None:
    """The same for the cases that the shadow tables have no more, before they are taken."""
    _forget(conn, ~exists().where(fresh_case_head.c.id == case_head.c.id))


def _forget(conn: Connection, left: ColumnElement[bool]) -> None:
    """A paper is named by the number of its case; one of a case that still waits has no row yet."""
    mine = case_head.c.number == func.substr(print_sheet.c.name, 1, CASE_NUMBER_LENGTH)
    conn.execute(delete(print_sheet).where(exists().where(mine, left)))
    empty = ~exists().where(print_sheet.c.job == print_job.c.n)
    conn.execute(delete(print_job).where(empty))
    mine = case_head.c.number == func.substr(print_record.c.paper, 1, CASE_NUMBER_LENGTH)
    if meta.get(conn, _SALT) is None:
        meta.put(conn, _SALT, secrets.token_bytes(16))
    named = select(print_record.c.paper).distinct().where(exists().where(mine, left))
    for paper in conn.execute(named).scalars().all():
        same = print_record.c.paper == paper
        conn.execute(update(print_record).where(same).values(paper=_digest(conn, paper)))


def record_first(conn: Connection, paper: str, at: datetime, by: str) -> None:
    """Note that a paper was printed; the first time counts."""
    new = insert(print_record).values(paper=paper, nth=0, at=write_moment(at), by=by)
    conn.execute(new.on_conflict_do_nothing())


def next_reprint(conn: Connection, paper: str, known: int = 0) -> int:
    """Which reprint of a paper comes next.

    `known` are those that central knows of, other desks' among them.
    """
    names = (paper, _digest(conn, paper))
    last = select(func.max(print_record.c.nth)).where(print_record.c.paper.in_(names))
    return max(conn.execute(last).scalar_one_or_none() or 0, known) + 1


def record_reprint(conn: Connection, one: Reprint) -> None:
    """Note that a paper is printed once more."""
    at = write_moment(one.at)
    conn.execute(insert(print_record).values(paper=one.paper, nth=one.nth, at=at, by=one.by))


def reprints(conn: Connection, most: int) -> tuple[Reprint, ...]:
    """What was printed once more here, newest first."""
    named = print_record.c.paper.not_like(f"{_GONE}%")
    again = select(print_record).where(print_record.c.nth > 0, named)
    rows = conn.execute(again.order_by(print_record.c.row.desc()).limit(most)).all()
    return tuple(
        Reprint(paper=row.paper, nth=row.nth, at=read_moment(row.at), by=row.by) for row in rows
    )


def is_printed(conn: Connection, paper: str) -> bool:
    """Whether a paper of this name was ever printed here."""
    names = (paper, _digest(conn, paper))
    mine = select(print_record.c.row).where(print_record.c.paper.in_(names)).limit(1)
    return conn.execute(mine).first() is not None


def _digest(conn: Connection, paper: str) -> str:
    """What stands for a paper whose case is out of sight: nobody reads a number out of it."""
    salt = meta.get(conn, _SALT)
    if salt is None:
        return f"{_GONE}none"
    return _GONE + hmac.new(salt, paper.encode(), hashlib.sha256).hexdigest()


def _forget_papers(conn: Connection, numbers: Sequence[int]) -> None:
    conn.execute(update(print_sheet).where(print_sheet.c.job.in_(numbers)).values(pdf=None))


def _job(conn: Connection, row: Row[Any]) -> PrintJob:
    mine = select(print_sheet.c.name).where(print_sheet.c.job == row.n).order_by(print_sheet.c.row)
    return PrintJob(
        n=row.n,
        at=read_moment(row.at),
        by=row.by,
        names=tuple(conn.execute(mine).scalars()),
        state=PrintState(row.state),
        outlet=row.outlet,
        reason=row.reason,
        tries=row.tries,
        changed_at=read_moment(row.changed_at),
    )
