"""Findings for the auditor: stored once each, whoever finds them again; looked into by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select, update

from central.db import dialect
from central.db.bodies import StoredBody
from central.db.engine import Connection
from central.db.feed import Change
from central.db.supervision_schema import findings
from clerk.contract.supervision import Finding
from clerk.contract.sync import EntityKind
from clerk.decoding import decode
from clerk.sync.scope import AUDIT


def add(connection: Connection, found: Iterable[Finding], now: datetime) -> tuple[Finding, ...]:
    """Store those that are not known yet; which they were."""
    return tuple(one for one in found if _add(connection, one, now))


def list_between(
    connection: Connection, since: datetime, until: datetime, rule: str = ""
) -> tuple[Finding, ...]:
    """Findings about a stretch of time, oldest first; of one rule on demand."""
    statement = select(findings.c.body).where(findings.c.at >= since, findings.c.at < until)
    if rule:
        statement = statement.where(findings.c.rule == rule)
    ordered = statement.order_by(findings.c.at, findings.c.id)
    return _read(connection.execute(ordered).scalars().all())


def list_on(
    connection: Connection, actor: str, since: datetime, until: datetime
) -> tuple[Finding, ...]:
    """Findings on one person's acts in a stretch of time, oldest first."""
    statement = select(findings.c.body).where(
        findings.c.actor == actor, findings.c.at >= since, findings.c.at < until
    )
    ordered = statement.order_by(findings.c.at, findings.c.id)
    return _read(connection.execute(ordered).scalars().all())


def find(connection: Connection, finding_id: str) -> Finding | None:
    """A finding by its id, kept from others until this transaction ends."""
    statement = select(findings.c.body).where(findings.c.id == finding_id).with_for_update()
    body = connection.execute(statement).scalar_one_or_none()
    return None if body is None else decode(body, Finding)


def put(connection: Connection, changed: Finding) -> None:
    """Store a finding that was looked into."""
    change = update(findings).where(findings.c.id == changed.id)
    connection.execute(change.values(body=msgspec.json.encode(changed), version=changed.version))


def is_about(connection: Connection, case_id: str, department: str = "") -> bool:
    """Whether something was found in a case; in a department's own acts on demand."""
    found = connection.execute(select(findings.c.body).where(findings.c.case_id == case_id))
    return any(
        not department or one.department == department for one in _read(found.scalars().all())
    )


def find_version(connection: Connection, finding_id: str) -> int:
    """The version of a finding; 0 where there is none yet."""
    statement = select(findings.c.version).where(findings.c.id == finding_id)
    return connection.execute(statement).scalar_one_or_none() or 0


def change_of(changed: Finding) -> Change:
    """What the feed says of a new or changed finding."""
    return Change(
        kind=EntityKind.FINDING,
        id=changed.id,
        version=changed.version,
        audiences=frozenset({AUDIT}),
    )


def bodies(connection: Connection, ids: Sequence[str]) -> list[StoredBody]:
    """The findings of these ids that there are, as the feed carries them."""
    rows = connection.execute(_BODIES.where(findings.c.id.in_(ids)))
    return [StoredBody(row.id, row.version, row.body) for row in rows]


def page(connection: Connection, after: str, limit: int) -> list[StoredBody]:
    """The next findings by id."""
    statement = _BODIES.where(findings.c.id > after).order_by(findings.c.id).limit(limit)
    return [StoredBody(row.id, row.version, row.body) for row in connection.execute(statement)]


def versions(connection: Connection) -> list[tuple[str, int]]:
    """The id and version of every finding."""
    rows = connection.execute(select(findings.c.id, findings.c.version))
    return [(row.id, row.version) for row in rows]


_BODIES = select(findings.c.id, findings.c.version, findings.c.body)


def _add(connection: Connection, one: Finding, now: datetime) -> bool:
    row = {
        "id": one.id,
        "rule": one.rule,
        "case_id": one.case_id,
        "actor": one.actor,
        "at": one.at,
        "found_at": now,
        "body": msgspec.json.encode(one),
    }
    return dialect.add_unless_there(connection, findings, row)


def _read(bodies: Sequence[bytes]) -> tuple[Finding, ...]:
    return tuple(decode(body, Finding) for body in bodies)
