"""People who sign in, and their sessions. Passwords and tokens lie here as hashes only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Row, delete, insert, select, update

from central.db import dialect
from central.db.engine import Connection
from central.db.schema import sessions, users
from clerk.contract.user import Role, User
from clerk.errors import InputError


def add(connection: Connection, user: User, password_hash: str, at: datetime) -> None:
    """Add somebody; a login is given once."""
    row = {
        "id": user.id,
        "login": user.login,
        "name": user.name,
        "roles": " ".join(role.value for role in user.roles),
        "department": user.department,
        "disabled": user.disabled,
        "password_hash": password_hash,
        "created_at": at,
    }
    if not dialect.add_unless_there(connection, users, row):
        raise InputError("user.login_taken", login=user.login)


def find(connection: Connection, user_id: str) -> User | None:
    """Somebody by id."""
    row = connection.execute(select(users).where(users.c.id == user_id)).one_or_none()
    return None if row is None else _user(row)


def find_by_login(connection: Connection, login: str) -> tuple[User, str] | None:
    """Somebody by login, with the hash of their password."""
    row = connection.execute(select(users).where(users.c.login == login)).one_or_none()
    return None if row is None else (_user(row), row.password_hash)


def get_by_login(connection: Connection, login: str) -> User:
    """Somebody by login; an unknown one is bad input."""
    found = find_by_login(connection, login)
    if found is None:
        raise InputError("user.login_unknown", login=login)
    return found[0]


def list_all(connection: Connection) -> tuple[User, ...]:
    """Everybody, by login."""
    return tuple(_user(row) for row in connection.execute(select(users).order_by(users.c.login)))


def disable(connection: Connection, user_id: str) -> None:
    """Let somebody in no more; open sessions end with it."""
    connection.execute(update(users).where(users.c.id == user_id).values(disabled=True))
    connection.execute(delete(sessions).where(sessions.c.user == user_id))


def enable(connection: Connection, user_id: str) -> None:
    """Let somebody in again; they sign in anew."""
    connection.execute(update(users).where(users.c.id == user_id).values(disabled=False))


def list_disabled(connection: Connection) -> tuple[str, ...]:
    """The ids of those who may work no more."""
    statement = select(users.c.id).where(users.c.disabled.is_(True)).order_by(users.c.id)
    return tuple(connection.execute(statement).scalars())


def set_password(connection: Connection, user_id: str, password_hash: str) -> None:
    """Give somebody another password; open sessions end with the old one."""
    change = update(users).where(users.c.id == user_id)
    connection.execute(change.values(password_hash=password_hash))
    connection.execute(delete(sessions).where(sessions.c.user == user_id))


def open_session(
    connection: Connection,
    token_hash: str,
    user_id: str,
    device: str,
    lasts: tuple[datetime, datetime],
) -> None:
    """Remember a session from a moment until another."""
    created_at, until = lasts
    connection.execute(delete(sessions).where(sessions.c.until <= created_at))
    row = {"token_hash": token_hash, "user": user_id, "device": device}
    connection.execute(insert(sessions).values(**row, created_at=created_at, until=until))


def find_session_user(
    connection: Connection, token_hash: str, device: str, now: datetime
) -> User | None:
    """Who is signed in with this token at this desk, if still allowed to be."""
    statement = (
        select(users)
        .join(sessions, sessions.c.user == users.c.id)
        .where(
            sessions.c.token_hash == token_hash,
            sessions.c.device == device,
            sessions.c.until > now,
            users.c.disabled.is_(False),
        )
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else _user(row)


def end_session(connection: Connection, token_hash: str) -> None:
    """Forget a session."""
    connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))


def _user(row: Row[*tuple[object, ...]]) -> User:
    return User(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=tuple(Role(one) for one in row.roles.split()),
        department=row.department,
        disabled=row.disabled,
    )
