"""What the desk remembers of its talk with central."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from clerk.decoding import decode
from clerk.sync.desk import DeskState
from storage import meta

_NAME = "sync.state"


def load(conn: Connection) -> DeskState:
    """The state as it was saved last; a new desk's is empty."""
    value = meta.get(conn, _NAME)
    return DeskState() if value is None else decode(value, DeskState)


def save(conn: Connection, state: DeskState) -> None:
    """Keep the state. The count of hellos is saved before the hello is sent."""
    meta.put(conn, _NAME, msgspec.json.encode(state))


def start_run(conn: Connection) -> DeskState:
    """The state at the start of the program: it has not greeted central yet."""
    state = msgspec.structs.replace(load(conn), greeted=False)
    save(conn, state)
    return state
