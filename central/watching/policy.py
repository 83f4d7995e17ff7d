"""What the office has set about supervision, kept with central's other facts."""

from __future__ import annotations

from datetime import datetime

import msgspec

from central.db import audit, meta, watched
from central.db.engine import Connection
from clerk.contract.supervision import SupervisionPolicy
from clerk.decoding import decode
from clerk.rules.supervision.escalation import demand_policy

_SETTING = "supervision"


def get_policy(connection: Connection) -> SupervisionPolicy:
    """The policy in force: the office's own, or the one that comes with the program."""
    told = meta.find(connection, _SETTING)
    return decode(told, SupervisionPolicy) if told else SupervisionPolicy()


def set_policy(connection: Connection, policy: SupervisionPolicy, now: datetime) -> None:
    """Let another policy hold from now on; every open case is looked at anew under it."""
    demand_policy(policy)
    meta.put(connection, _SETTING, msgspec.json.encode(policy).decode())
    watched.forget_all(connection)
    entry = audit.Entry(at=now, actor="console", action="supervision.set", subject="policy")
    audit.append(connection, entry)
