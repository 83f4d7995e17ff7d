"""Findings for the auditor: stored once each, whoever finds them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select

from central.db import dialect
from central.db.engine import Connection
from central.db.supervision_schema import findings
from clerk.contract.supervision import Finding


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
    return tuple(msgspec.json.decode(body, type=Finding) for body in bodies)
