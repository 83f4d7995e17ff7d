"""The ranges of case numbers that central lent, and the numbers taken from them.

They outlive a rebuild of the cache. A number counts as taken once the transaction that took
it is on the disk, so take it in the one that writes the receipt to the outbox.
"""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from clerk.contract.numbers import NumberLease
from clerk.decoding import decode
from clerk.rules.leases import Exhausted, LeaseState, add_lease, remaining
from clerk.rules.leases import take_next as take_from
from storage.schema import lease as table


def add(conn: Connection, lease: NumberLease, today: date) -> None:
    """Take in a range; one that is known already changes nothing."""
    _save(conn, add_lease(load(conn, lease.window), lease, today))


def take_next(conn: Connection, window: int, today: date) -> int | Exhausted:
    """The next sequence number of a window, or that none is left; never the same one twice."""
    taken = take_from(load(conn, window), today)
    if isinstance(taken, Exhausted):
        return taken
    _save(conn, taken.state)
    return taken.sequence


def left(conn: Connection, window: int, day: date) -> int:
    """How many of the numbers of a window can be given out on a day."""
    return remaining(load(conn, window), day)


def load(conn: Connection, window: int) -> LeaseState:
    """What the desk holds for a window."""
    body = conn.execute(select(table.c.body).where(table.c.window == window)).scalar_one_or_none()
    return LeaseState(window=window) if body is None else decode(body, LeaseState)


def _save(conn: Connection, state: LeaseState) -> None:
    body = msgspec.json.encode(state)
    statement = insert(table).values(window=state.window, body=body)
    conn.execute(statement.on_conflict_do_update(index_elements=["window"], set_={"body": body}))
