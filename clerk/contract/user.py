"""People who work with the program, and what they may do."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What somebody is there for; everything is denied that no role grants."""

    COUNTER = "counter"
    HANDLER = "handler"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    HEAD = "head"
    """The head of a body (行政机关负责人); of no department, the government's (Art. 42)."""
    MANAGER = "manager"
    SUPERVISOR = "supervisor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDITOR = "auditor"


class User(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who signs in. `department` is empty for the staff of the centre itself."""

    id: str
    login: str
    name: str
    roles: tuple[Role, ...]
    department: str = ""
    disabled: bool = False

    def has(self, role: Role) -> bool:
        """Whether this role was granted."""
        return role in self.roles


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who did something and where: what an event remembers of a user."""

    user: str
    name: str
    department: str = ""
    window: str = ""


CLOCK_ACTOR = Actor(user="clock", name="clock")
"""The actor of what nobody did but time, such as deemed acceptance."""
