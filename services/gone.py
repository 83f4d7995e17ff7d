"""Who may work no more: what they did here is sent without them, and they sign in here no more."""

from __future__ import annotations

import msgspec

from clerk.contract.user import User
from clerk.decoding import decode
from storage import meta, sessions
from storage.store import Connection

_GONE = "session.gone"
_USER = "session.user."


def keep_users_gone(connection: Connection, users: tuple[str, ...]) -> None:
    """Remember them, and forget how they signed in."""
    if users == load_users_gone(connection):
        return
    meta.put(connection, _GONE, msgspec.json.encode(users))
    for user in users:
        known = meta.get(connection, _USER + user)
        if known is not None:
            sessions.forget(connection, decode(known, User).login)


def keep_user_back(connection: Connection, user: str) -> None:
    """Central let this one in just now, whatever it said when it was greeted last."""
    gone = load_users_gone(connection)
    if user in gone:
        left = tuple(one for one in gone if one != user)
        meta.put(connection, _GONE, msgspec.json.encode(left))


def load_users_gone(connection: Connection) -> tuple[str, ...]:
    """Who they are, as central said last."""
    told = meta.get(connection, _GONE)
    return () if told is None else decode(told, tuple[str, ...])
