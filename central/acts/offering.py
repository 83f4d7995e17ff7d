"""Since when an item is offered no more, for a receipt that arrives."""

from __future__ import annotations

from datetime import date, datetime

from central.db import items
from central.db.engine import Connection
from clerk.clock import OFFICE_ZONE
from clerk.contract.item import Item
from clerk.rules.offering import withdrawn_since


def find_withdrawn(connection: Connection, item: Item, at: datetime) -> date | None:
    """The day since when it is withdrawn, if it was on the day of the receipt.

    Its versions are gone through only where the one of the receipt is not in force any more, or
    is itself the withdrawal.
    """
    if not item.retired and items.is_current(connection, item.id, item.version):
        return None
    day = at.astimezone(OFFICE_ZONE).date()
    return withdrawn_since(items.list_effective(connection, item.id), day)
