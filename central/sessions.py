"""Signing in at a desk, and out again."""

from __future__ import annotations

from datetime import datetime, timedelta

from central.db import audit, users
from central.db.devices import Device
from central.db.engine import Connection
from central.secrets import fits, hash_token, new_token
from clerk.contract.session import SignedIn
from clerk.contract.user import Role, User
from clerk.errors import RefusedError
from clerk.rules.administering import administers
from clerk.sync.scope import ADMINISTRATION

_CENTRE_ROLES = (Role.SUPERVISOR, Role.HEAD)
SESSION_LASTS = timedelta(hours=12)


def find_password(connection: Connection, login: str) -> tuple[User, str] | None:
    """Somebody by login, with the hash of their password."""
    return users.find_by_login(connection, login)


def check_password(found: tuple[User, str] | None, password: str) -> User:
    """Who this is; a wrong login, a wrong password and a disabled user are told alike."""
    right = fits(found[1] if found else None, password)
    if found is None or not right or found[0].disabled:
        raise RefusedError("session.wrong_password")
    return found[0]


def demand_place(user: User, device: Device) -> None:
    """Refuse somebody who has no work at this desk: it shows the cases of its own place.

    A window's desk is for the counter, a department's for its own people; managers, the
    centre's supervisors and the head of the government use either. An auditors' desk is for
    auditors alone: it holds findings. An administrators' desk is for them alone, and the only
    one that they sign in at: it holds nothing of any applicant.
    """
    if device.department == ADMINISTRATION:
        if not administers(user):
            raise RefusedError("session.elsewhere")
        return
    if not device.window and not device.department:
        if not user.has(Role.AUDITOR):
            raise RefusedError("session.elsewhere")
        return
    of_the_centre = not user.department and any(user.has(role) for role in _CENTRE_ROLES)
    if user.has(Role.MANAGER) or of_the_centre:
        return
    works_here = user.has(Role.COUNTER) if device.window else user.department == device.department
    if not works_here:
        raise RefusedError("session.elsewhere")


def open_session(connection: Connection, user: User, device: Device, now: datetime) -> SignedIn:
    """A session of somebody at a desk."""
    token, until = new_token(), now + SESSION_LASTS
    users.open_session(connection, hash_token(token), user.id, device.id, (now, until))
    entry = audit.Entry(
        at=now,
        actor=user.id,
        action="session.opened",
        subject=user.id,
        detail={"device": device.id},
    )
    audit.append(connection, entry)
    return SignedIn(token=token, until=until, user=user)


def note_failure(connection: Connection, device: Device, now: datetime) -> None:
    """Put a failed sign-in on record; what was typed is not kept."""
    entry = audit.Entry(at=now, actor=device.id, action="session.refused", subject=device.id)
    audit.append(connection, entry)


def end_session(connection: Connection, token: str) -> None:
    """End a session; one that has ended already stays so."""
    users.end_session(connection, hash_token(token))


def find_user(connection: Connection, token: str, device: Device, now: datetime) -> User | None:
    """Who is signed in at a desk by this token."""
    return users.find_session_user(connection, hash_token(token), device.id, now) if token else None


def get_user(connection: Connection, token: str, device: Device, now: datetime) -> User:
    """Who is signed in at a desk by this token; nobody is refused."""
    user = find_user(connection, token, device, now)
    if user is None:
        raise RefusedError("session.expired")
    return user
