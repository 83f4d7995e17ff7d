"""Who signed in at this desk with central's word, so that they may again with the line down."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from clerk.contract.user import User
from clerk.decoding import decode
from storage.moments import write_moment
from storage.schema import session as table


class SavedSession(msgspec.Struct, frozen=True, kw_only=True):
    """The last online sign-in of one user.

    `verifier` is an encoded argon2id hash of the password; `token` is empty once it was ended.
    """

    login: str
    user: User
    verifier: str
    signed_in_at: datetime
    token: str = ""
    until: datetime | None = None

    def __repr__(self) -> str:
        """Who, but nothing that opens a door."""
        return f"SavedSession({self.user.id})"


def save(conn: Connection, saved: SavedSession) -> None:
    """Remember a sign-in, in the place of this login's earlier one."""
    values = {
        "signed_in_at": write_moment(saved.signed_in_at),
        "body": msgspec.json.encode(saved),
    }
    statement = insert(table).values(login=saved.login, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=["login"], set_=values))


def find(conn: Connection, login: str) -> SavedSession | None:
    """The last online sign-in under a login."""
    body = conn.execute(select(table.c.body).where(table.c.login == login)).scalar_one_or_none()
    return None if body is None else decode(body, SavedSession)


def find_latest(conn: Connection) -> SavedSession | None:
    """The last online sign-in of anybody."""
    statement = select(table.c.body).order_by(table.c.signed_in_at.desc()).limit(1)
    body = conn.execute(statement).scalar_one_or_none()
    return None if body is None else decode(body, SavedSession)


def end_token(conn: Connection, login: str) -> None:
    """Forget the token but not the user: the session was ended or has run out."""
    saved = find(conn, login)
    if saved is not None:
        save(conn, msgspec.structs.replace(saved, token="", until=None))


def forget(conn: Connection, login: str) -> None:
    """Forget a user altogether: central disabled them."""
    conn.execute(delete(table).where(table.c.login == login))
