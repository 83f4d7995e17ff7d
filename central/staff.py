"""Who works here: adding people, letting them go, passwords."""

from __future__ import annotations

import os
from datetime import datetime

from msgspec.structs import replace

from central.access import demand_one_office
from central.db import audit, devices, offices, users
from central.db.engine import Connection
from central.secrets import hash_password
from clerk.contract.ids import new_id
from clerk.contract.user import Role, User
from clerk.errors import InputError

SHORTEST_PASSWORD = 8
LONGEST_LOGIN = 64
_DEPARTMENTAL = {Role.HANDLER, Role.REVIEWER, Role.APPROVER}
_ACTOR = "console"


def demand_fit(wanted: User) -> None:
    """Refuse roles that do not go together, and a login that cannot be typed."""
    demand_one_office(wanted.roles)
    login = wanted.login
    if not (0 < len(login) <= LONGEST_LOGIN and login.isprintable() and " " not in login):
        raise InputError("user.login_invalid", login=login)
    if _DEPARTMENTAL.intersection(wanted.roles) and not wanted.department:
        raise InputError("user.department_missing", login=login)


def add_user(connection: Connection, wanted: User, password: str, now: datetime) -> User:
    """Add somebody; nobody holds two of the three separated offices (三员分立)."""
    return admit(connection, wanted, _hash(password), now)


def admit(connection: Connection, wanted: User, password_hash: str, now: datetime) -> User:
    """The same with a password that was hashed before, as of many people at once."""
    demand_fit(wanted)
    if wanted.department:
        offices.get_department(connection, wanted.department)
    user = replace(wanted, id=new_id(int(now.timestamp() * 1000), os.urandom))
    users.add(connection, user, password_hash, now)
    _note(connection, "user.added", user, now)
    return user


def list_users(connection: Connection) -> tuple[User, ...]:
    """Everybody, by login."""
    return users.list_all(connection)


def disable_user(connection: Connection, login: str, now: datetime) -> None:
    """Let somebody in no more."""
    user = users.get_by_login(connection, login)
    devices.end_tokens_of(connection, user.id)
    users.disable(connection, user.id)
    _note(connection, "user.disabled", user, now)


def enable_user(connection: Connection, login: str, now: datetime) -> None:
    """Let somebody in again, with the password and the roles that they had."""
    user = users.get_by_login(connection, login)
    users.enable(connection, user.id)
    _note(connection, "user.enabled", user, now)


def set_password(connection: Connection, login: str, password: str, now: datetime) -> None:
    """Give somebody another password."""
    user = users.get_by_login(connection, login)
    users.set_password(connection, user.id, _hash(password))
    _note(connection, "user.password_set", user, now)


def _hash(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise InputError("password.too_short", least=SHORTEST_PASSWORD)
    return hash_password(password)


def _note(connection: Connection, action: str, user: User, now: datetime) -> None:
    entry = audit.Entry(at=now, actor=_ACTOR, action=action, subject=user.id)
    audit.append(connection, entry)
