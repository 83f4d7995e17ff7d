"""The outbox: what was asked of central, in order, until central's effect is in the cache.

A command's number is contiguous and never given twice. Central may have a command as soon as
an attempt was begun that is not known to have failed on the way; it is then repeated under
its number until the answer comes, and cannot be taken back. Settled commands, whose effect
the cache has, are kept for a while and seen by nobody (see storage.resending).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from clerk.contract.answer import Answer, Conclusion
from clerk.contract.command import AnyCommand, Envelope, is_queued
from clerk.decoding import Reader, decode
from clerk.errors import StoreError
from clerk.sync.outbox import KEPT_FOR, Status
from storage import meta
from storage.moments import write_moment
from storage.schema import outbox as table

__all__ = ["OutboxEntry", "Status"]

_read_command: Reader[AnyCommand] = Reader(AnyCommand)
_LAST_N = "outbox.last_n"
_UNSENT = (Status.WAITING.value, Status.SENDING.value)


class OutboxEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A command on its way. `tries` counts the attempts to send it."""

    envelope: Envelope
    command: AnyCommand
    status: Status
    answer: Answer | None = None
    tries: int = 0
    last_error: str = ""

    @property
    def n(self) -> int:
        """Its number."""
        return self.envelope.n

    @property
    def at(self) -> datetime:
        """When it was asked for, by the desk's clock."""
        return self.envelope.at

    @property
    def is_refused(self) -> bool:
        """Whether central did not apply it."""
        return self.answer is not None and self.answer.conclusion is not Conclusion.APPLIED

    @property
    def goes_out_by_itself(self) -> bool:
        """Whether it may wait for the line, and for a central that is new enough for it."""
        return is_queued(str(self.command.__struct_config__.tag), self.envelope.window)

    @property
    def unfit_code(self) -> str:
        """What to tell of it where central is too old for it; nothing where it is not."""
        answer = self.answer
        if answer is None or answer.conclusion is not Conclusion.NEEDS_UPGRADE:
            return ""
        return "command.unknown_kind" if self.goes_out_by_itself else "command.needs_upgrade"


def append(  # noqa: PLR0913 - what an envelope holds
    conn: Connection,
    *,
    command_id: str,
    case_id: str,
    base_version: int,
    command: AnyCommand,
    user: str,
    at: datetime,
    window: str = "",
    monotonic_ms: int = 0,
    catalogue_version: int = 0,
    calendar_version: str = "",
) -> Envelope:
    """Put a command at the end, under the next number."""
    envelope = Envelope(
        n=last_n(conn) + 1,
        id=command_id,
        case_id=case_id,
        base_version=base_version,
        user=user,
        at=at,
        body=msgspec.Raw(msgspec.json.encode(command)),
        window=window,
        monotonic_ms=monotonic_ms,
        catalogue_version=catalogue_version,
        calendar_version=calendar_version,
    )
    body = msgspec.json.encode(envelope)
    row = {"n": envelope.n, "id": command_id, "case_id": case_id, "envelope": body}
    conn.execute(insert(table).values(**row, status=Status.WAITING.value))
    _put_last_n(conn, envelope.n)
    return envelope


def last_n(conn: Connection) -> int:
    """The number of the newest command ever appended and not taken back."""
    return int(meta.get(conn, _LAST_N) or b"0")


def unsent(conn: Connection, limit: int) -> tuple[Envelope, ...]:
    """The oldest commands that have no answer yet, in order; those under way come again."""
    statement = (
        select(table.c.envelope).where(table.c.status.in_(_UNSENT)).order_by(table.c.n).limit(limit)
    )
    return tuple(_read_envelope(body) for body in conn.execute(statement).scalars())


def find(conn: Connection, n: int) -> OutboxEntry | None:
    """One command; nothing once its effect is in the cache."""
    row = conn.execute(_entries().where(table.c.n == n)).one_or_none()
    return None if row is None else _read_entry(row)


def pending(conn: Connection, case_id: str | None = None) -> tuple[OutboxEntry, ...]:
    """What is to be laid over the cache, in order: unanswered, or applied but not yet fetched."""
    laid = table.c.conclusion.in_(("", Conclusion.APPLIED.value))
    statement = _entries().where(laid)
    if case_id is not None:
        statement = statement.where(table.c.case_id == case_id)
    return tuple(_read_entry(row) for row in conn.execute(statement))


def entries(conn: Connection) -> tuple[OutboxEntry, ...]:
    """Everything in the outbox, in order, refused commands too."""
    return tuple(_read_entry(row) for row in conn.execute(_entries()))


def refused(conn: Connection) -> tuple[OutboxEntry, ...]:
    """What central did not apply and nobody has dealt with yet, with all that was typed."""
    statement = _entries().where(table.c.conclusion.not_in(("", Conclusion.APPLIED.value)))
    return tuple(_read_entry(row) for row in conn.execute(statement))


def has_any(conn: Connection, subject: str) -> bool:
    """Whether anything was sent or waits about a subject, as far back as the outbox goes."""
    statement = select(table.c.n).where(table.c.case_id == subject).limit(1)
    return conn.execute(statement).first() is not None


def count_waiting(conn: Connection) -> int:
    """How many commands have no answer."""
    statement = select(func.count()).where(table.c.status.in_(_UNSENT))
    return conn.execute(statement).scalar_one()


def mark_sending(conn: Connection, numbers: tuple[int, ...]) -> None:
    """Note, before a request leaves, that central may have these commands from now on."""
    conn.execute(
        update(table)
        .where(table.c.n.in_(numbers), table.c.status.in_(_UNSENT))
        .values(
            status=Status.SENDING.value, tries=table.c.tries + 1, under_way=table.c.under_way + 1
        )
    )


def mark_unreached(conn: Connection, numbers: tuple[int, ...], error: str) -> None:
    """Note that the attempt begun last surely did not reach central; `error` is a code."""
    under_way = func.max(table.c.under_way - 1, 0)
    conn.execute(
        update(table)
        .where(table.c.n.in_(numbers), table.c.status == Status.SENDING.value)
        .values(under_way=under_way, last_error=error)
    )
    conn.execute(
        update(table)
        .where(table.c.status == Status.SENDING.value, table.c.under_way == 0)
        .values(status=Status.WAITING.value)
    )


def mark_unanswered(conn: Connection, numbers: tuple[int, ...], error: str) -> None:
    """Note that an attempt ended without an answer; central may have the commands."""
    conn.execute(update(table).where(table.c.n.in_(numbers)).values(last_error=error))


def mark_answered(conn: Connection, answer: Answer, head: int = 0) -> None:
    """Keep central's answer. `head` is the feed's head that came with it.

    An applied command stays until the cache has what it caused (see `settle`), so that a case
    never falls back to its old state on the screen; a refused one until a person dismisses it.
    """
    conn.execute(
        update(table)
        .where(table.c.n == answer.n, table.c.id == answer.command, table.c.status.in_(_UNSENT))
        .values(
            status=Status.ANSWERED.value,
            answer=msgspec.json.encode(answer),
            conclusion=answer.conclusion.value,
            head=head,
            under_way=0,
            last_error="",
        )
    )


def settle(conn: Connection, cursor: int, now: datetime) -> frozenset[str]:
    """Lay aside applied commands whose effect the feed has brought; the cases they were about."""
    answered = table.c.status == Status.ANSWERED.value
    done = answered & (table.c.conclusion == Conclusion.APPLIED.value) & (table.c.head <= cursor)
    cases = frozenset(conn.execute(select(table.c.case_id).where(done)).scalars())
    if cases:
        settled = {"status": Status.SETTLED.value, "settled_at": write_moment(now)}
        conn.execute(update(table).where(done).values(settled))
        old = table.c.settled_at < write_moment(now - KEPT_FOR)
        conn.execute(delete(table).where(table.c.status == Status.SETTLED.value, old))
    return cases


def take_back(conn: Connection, n: int) -> None:
    """Undo the newest command, which never left the desk; its number is free again.

    Raises StoreError `outbox.not_last` or `outbox.already_sent`.
    """
    if n != last_n(conn):
        raise StoreError("outbox.not_last", n=n)
    free = (table.c.n == n) & (table.c.status == Status.WAITING.value)
    if conn.execute(delete(table).where(free)).rowcount != 1:
        raise StoreError("outbox.already_sent", n=n)
    _put_last_n(conn, n - 1)


def dismiss(conn: Connection, n: int) -> None:
    """Forget a refused command that a person has dealt with; twice is as good as once.

    Raises StoreError `outbox.not_refused` where central has not refused it.
    """
    entry = find(conn, n)
    if entry is None:
        return
    if not entry.is_refused:
        raise StoreError("outbox.not_refused", n=n)
    forget(conn, n)


def forget(conn: Connection, n: int) -> None:
    """Forget a command that was answered and asks nobody for anything."""
    conn.execute(delete(table).where(table.c.n == n, table.c.status == Status.ANSWERED.value))


def _entries() -> Select[Any]:
    columns = ("envelope", "status", "answer", "tries", "last_error")
    statement = select(*(table.c[name] for name in columns))
    return statement.where(table.c.status != Status.SETTLED.value).order_by(table.c.n)


def _read_entry(row: Row[Any]) -> OutboxEntry:
    envelope = _read_envelope(row.envelope)
    return OutboxEntry(
        envelope=envelope,
        command=_read_command(envelope.body),
        status=Status(row.status),
        answer=decode(row.answer, Answer) if row.answer else None,
        tries=row.tries,
        last_error=row.last_error,
    )


def _read_envelope(body: bytes) -> Envelope:
    return decode(body, Envelope)


def _put_last_n(conn: Connection, n: int) -> None:
    meta.put(conn, _LAST_N, str(n).encode())
