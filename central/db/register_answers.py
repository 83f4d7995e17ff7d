"""What registers of others said last, and each answer that was shown to somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import delete, func, insert, select

from central.db import dialect
from central.db.engine import Connection
from central.db.lookup_schema import lookups
from central.db.register_schema import look_answers, register_answers
from clerk.contract.register import RegisterAnswer
from clerk.decoding import decode


class KeptAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a register said about a number, as this version of its description reads it."""

    register: str
    number_digest: str
    version: int
    at: datetime
    body: bytes


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it was shown in a look, for these items."""

    id: str
    lookup: str
    items: tuple[str, ...]
    answer: RegisterAnswer


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the access log: a look with one answer of it; nobody's number in clear."""

    at: datetime
    lookup: str
    user: str
    device: str
    purpose: str
    subject: str
    reason: str
    register: str
    state: str
    fields: str
    items: str
    age_s: int
    problem: str


def keep(connection: Connection, kept: KeptAnswer) -> None:
    """Remember what a register said; what it said before goes."""
    dialect.put(connection, register_answers, msgspec.structs.asdict(kept))


def find_kept(
    connection: Connection, register: str, number_digest: str, version: int
) -> bytes | None:
    """What a register said last, read by the description that still holds."""
    statement = select(register_answers.c.body).where(
        register_answers.c.register == register,
        register_answers.c.number_digest == number_digest,
        register_answers.c.version == version,
    )
    return connection.execute(statement).scalar_one_or_none()


def forget_older(connection: Connection, register: str, before: datetime) -> int:
    """Let go of what a register said before a time; how much that was."""
    statement = delete(register_answers).where(
        register_answers.c.register == register, register_answers.c.at < before
    )
    return connection.execute(statement).rowcount


def note_shown(connection: Connection, shown: Sequence[Shown]) -> None:
    """Put answers on record before they leave."""
    if shown:
        connection.execute(insert(look_answers), [_row(one) for one in shown])


def list_shown(connection: Connection, lookup: str) -> tuple[Shown, ...]:
    """Every answer that was shown in a look, oldest first; of one moment the fuller one last."""
    statement = select(look_answers).where(look_answers.c.lookup == lookup)
    order = (look_answers.c.at, func.length(look_answers.c["items"]), look_answers.c.id)
    rows = connection.execute(statement.order_by(*order))
    return tuple(
        Shown(
            id=row.id,
            lookup=row.lookup,
            items=tuple(row.items.split()),
            answer=decode(row.body, RegisterAnswer),
        )
        for row in rows
    )


def list_fields(
    connection: Connection, since: datetime, until: datetime
) -> dict[str, dict[str, frozenset[str]]]:
    """Which fields of which register were shown in each look of a stretch of time."""
    statement = (
        select(look_answers.c.lookup, look_answers.c.register, look_answers.c.fields)
        .join(lookups, lookups.c.id == look_answers.c.lookup)
        .where(lookups.c.at >= since, lookups.c.at < until)
    )
    shown: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for look, register, fields in connection.execute(statement):
        before = shown[look].get(register, frozenset())
        shown[look][register] = before.union(fields.split())
    return shown


def list_accesses(connection: Connection, since: datetime, until: datetime) -> tuple[Access, ...]:
    """The access log of a stretch of time, oldest first; a look without answers is in it too."""
    at = func.coalesce(look_answers.c.at, lookups.c.at)
    joined = lookups.outerjoin(look_answers, look_answers.c.lookup == lookups.c.id)
    own = (lookups.c.user, lookups.c.device, lookups.c.purpose, lookups.c.subject, lookups.c.reason)
    statement = (
        select(
            lookups.c.id,
            lookups.c.at.label("looked_at"),
            lookups.c.sources,
            *own,
            look_answers.c.at,
            look_answers.c.register,
            look_answers.c.state,
            look_answers.c.fields,
            look_answers.c["items"],
            look_answers.c.age_s,
            look_answers.c.problem,
        )
        .select_from(joined)
        .where(at >= since, at < until)
        .order_by(at, lookups.c.id, look_answers.c.id)
    )
    return tuple(
        Access(
            at=row.at or row.looked_at,
            lookup=row.id,
            user=row.user,
            device=row.device,
            purpose=row.purpose,
            subject=row.subject,
            reason=row.reason,
            register=row.register or row.sources,
            state=row.state or "",
            fields=row.fields or "",
            items=row.items or "",
            age_s=row.age_s or 0,
            problem=row.problem or "",
        )
        for row in connection.execute(statement)
    )


def _row(one: Shown) -> dict[str, object]:
    answer = one.answer
    return {
        "id": one.id,
        "lookup": one.lookup,
        "at": answer.at,
        "register": answer.register,
        "state": answer.state.value,
        "fields": " ".join(dict.fromkeys(fact.key for fact in answer.facts)),
        "items": " ".join(one.items),
        "age_s": answer.age_s,
        "problem": answer.problem,
        "body": msgspec.json.encode(answer),
    }
