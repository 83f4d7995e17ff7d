"""The people who work in the demo city."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime

import msgspec

from central.db import users
from central.db.engine import Connection
from central.secrets import hash_password
from central.staff import SHORTEST_PASSWORD
from clerk.contract.ids import new_id
from clerk.contract.item import Item
from clerk.contract.user import Role, User
from clerk.errors import InputError
from clerk.rules.specimens import invent_name

COUNTER = ("wang.counter", "li.counter", "zhang.counter")
MANAGER = "sun.manager"
GOVERNMENT_HEAD = "qian.head"
SUPERVISOR = "zhao.supervisor"
SYSTEM_ADMINISTRATOR = "zhou.system"
SECURITY_ADMINISTRATOR = "wu.security"
AUDITOR = "zheng.auditor"

_CENTRE = (
    *((login, Role.COUNTER) for login in COUNTER),
    (MANAGER, Role.MANAGER),
    (GOVERNMENT_HEAD, Role.HEAD),
    (SYSTEM_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR),
    (SECURITY_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR),
    (AUDITOR, Role.AUDITOR),
    (SUPERVISOR, Role.SUPERVISOR),
)
_DEPARTMENT = (Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD)


class DepartmentStaff(msgspec.Struct, frozen=True):
    """The logins of one department; nobody there approves what they handled."""

    handler: str
    reviewer: str
    approver: str
    head: str


def departments_of(items: Iterable[Item]) -> tuple[str, ...]:
    """The departments that complete items go through: they need people."""
    found = set()
    for item in items:
        if item.flow and item.materials:
            found |= {item.department, *(step.department for step in item.flow if step.department)}
    return tuple(sorted(found))


def staff_of(department: str) -> DepartmentStaff:
    """The logins of a department: its id and the role, as in `gongan.handler`."""
    return DepartmentStaff(*(f"{department}.{role.value}" for role in _DEPARTMENT))


def employ(
    connection: Connection,
    departments: Iterable[str],
    password: str,
    now: datetime,
    chance: random.Random,
) -> None:
    """Add everybody under one password; who works there already keeps theirs.

    Hashed once for all, because it is one password and a hash is slow on purpose.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise InputError("password.too_short", least=SHORTEST_PASSWORD)
    hashed = hash_password(password)
    wanted = [(login, role, "") for login, role in _CENTRE]
    wanted += [
        (f"{department}.{role.value}", role, department)
        for department in departments
        for role in _DEPARTMENT
    ]
    for login, role, department in wanted:
        user = User(
            id=new_id(int(now.timestamp() * 1000), chance.randbytes),
            login=login,
            name=invent_name(chance),
            roles=(role,),
            department=department,
        )
        if users.find_by_login(connection, login) is None:
            users.add(connection, user, hashed, now)
