"""Letting a setting of the office hold: kept as its next version, on record, and announced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from central.db import audit, feed, settings
from central.db.engine import Connection


def let_hold(
    connection: Connection,
    setting_id: str,
    value: object,
    now: datetime,
    detail: Mapping[str, str],
) -> None:
    """From now on; `detail` says in the record what was chosen."""
    change = settings.put(connection, setting_id, value, now)
    entry = audit.Entry(
        at=now, actor="command", action="setting.set", subject=setting_id, detail=dict(detail)
    )
    audit.append(connection, entry)
    feed.announce(connection, (change,))
