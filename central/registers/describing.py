"""Setting which registers are asked, and how: on record, each change a version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from central.db import audit, descriptions
from central.db.engine import Connection
from central.registers.description import Description
from central.registers.examining import demand_own, own_descriptions
from clerk.errors import InputError


def load(
    connection: Connection, loaded: Sequence[Description], now: datetime, actor: str
) -> tuple[str, ...]:
    """Let these descriptions hold; which of them are new or changed. The same again is nothing."""
    changed = []
    for one in loaded:
        demand_own(one, own_descriptions())
        body = msgspec.json.encode(one)
        known = descriptions.find(connection, one.id)
        if known is not None and known.active and known.body == body:
            continue
        version = descriptions.put(connection, one.id, body, now)
        changed.append(one.id)
        detail = {"version": str(version), "address": one.url}
        _note(connection, "register.described", one.id, now, actor, detail)
    return tuple(changed)


def set_active(
    connection: Connection, register: str, now: datetime, actor: str, *, active: bool
) -> None:
    """Ask a register no more, or again. Raises InputError where there is none of this id."""
    if descriptions.find(connection, register) is None:
        raise InputError("register.unknown", register=register)
    descriptions.set_active(connection, register, now, active=active)
    action = "register.started" if active else "register.stopped"
    _note(connection, action, register, now, actor, {})


def _note(  # noqa: PLR0917 - what an entry of the record is made of
    connection: Connection,
    action: str,
    register: str,
    now: datetime,
    actor: str,
    detail: dict[str, str],
) -> None:
    entry = audit.Entry(at=now, actor=actor, action=action, subject=register, detail=detail)
    audit.append(connection, entry)
