"""People who work here, from a list: checked whole, and added all of them or none.

Somebody who is known just so is left alone. A row never changes somebody who is there: what a
person may do is taken away and granted by name, not in passing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from central import staff
from central.db import audit, users
from central.db.engine import Connection
from central.imports.encoding import Nature
from central.imports.flows.names import Names
from central.imports.report import ImportReport, Notes
from central.imports.rows import LONGEST_NAME
from central.imports.table import Line, Table
from central.secrets import hash_password, new_code
from clerk.clock import Clock
from clerk.contract.user import Role, User
from clerk.errand import Errand, Phase
from clerk.errors import ClerkError

ROLE_WORDS = {
    word: role
    for role, words in (
        (Role.COUNTER, ("窗口人员", "窗口受理", "窗口")),
        (Role.HANDLER, ("承办人", "承办", "经办人")),
        (Role.REVIEWER, ("审核人", "审核")),
        (Role.APPROVER, ("批准人", "批准", "审批人", "审批")),
        (Role.HEAD, ("行政机关负责人", "负责人")),
        (Role.MANAGER, ("主管", "管理人员", "大厅管理")),
        (Role.SUPERVISOR, ("督查人员", "监察人员", "督查")),
        (Role.SYSTEM_ADMINISTRATOR, ("系统管理员",)),
        (Role.SECURITY_ADMINISTRATOR, ("安全管理员",)),
        (Role.AUDITOR, ("审计员", "审计")),
    )
    for word in (*words, role.value)
}
_BETWEEN = re.compile(r"[;；、,，/\n]")
_COLUMNS = {
    "user.login_invalid": "login",
    "user.department_missing": "department",
    "user.offices_separated": "roles",
}
"""Where each refusal of `staff.demand_fit` is shown."""


class Doing(msgspec.Struct, frozen=True):
    """Who adds them, and the clock."""

    actor: str
    clock: Clock


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a list comes to: who is new, how many are known already, what is wrong."""

    read: int
    new: tuple[User, ...]
    known: int
    notes: Notes


class NewUser(msgspec.Struct, frozen=True):
    """Somebody to be added, with the password to hand over and what is stored of it."""

    user: User
    password: str
    password_hash: str


def plan_users(connection: Connection, table: Table, notes: Notes) -> Plan:
    """Check every row against the others and against who is there."""
    reading = _Reading(connection, table, notes)
    for line in table.lines:
        reading.take(line)
    return Plan(read=reading.read, new=tuple(reading.new), known=reading.known, notes=notes)


def give_passwords(new: Sequence[User], errand: Errand) -> tuple[NewUser, ...]:
    """A password for each, of its own. It takes a while, so it is done outside a transaction.

    Raises CancelledError.
    """
    found = []
    for done, user in enumerate(new):
        errand.tell(Phase.PASSWORDS, done, len(new))
        password = new_code()
        found.append(NewUser(user, password, hash_password(password)))
    return tuple(found)


def add_users(
    connection: Connection, plan: Plan, new: Sequence[NewUser], nature: Nature, doing: Doing
) -> None:
    """Add all of them in the caller's transaction; InputError where a login is taken by now."""
    now = doing.clock.now()
    for one in new:
        staff.admit(connection, one.user, one.password_hash, now)
    audit.append(connection, report_of(plan).audit_entry(nature.digest, now, doing.actor))


def report_of(plan: Plan) -> ImportReport:
    """The counts for a person and for the audit record."""
    refused = tuple(plan.notes.refused)
    return ImportReport(
        shape="users",
        read=plan.read,
        added=0 if refused else len(plan.new),
        unchanged=plan.known,
        refused_count=len(plan.notes.refused_rows()),
        warnings=tuple(plan.notes.warnings),
        refused=refused,
    )


class _Reading:
    """One list being read."""

    def __init__(self, connection: Connection, table: Table, notes: Notes) -> None:
        self._names = Names(connection)
        self._there = {user.login: user for user in users.list_all(connection)}
        self._table, self._notes = table, notes
        self._rows: dict[str, int] = {}
        self.read = self.known = 0
        self.new: list[User] = []

    def take(self, line: Line) -> None:
        """Read one row; somebody new is kept, unless anything about the row is wrong."""
        self.read += 1
        before = len(self._notes.refused)
        wanted = self._wanted(line)
        if len(self._notes.refused) == before:
            self._check_fit(line, wanted)
        if len(self._notes.refused) == before:
            self._compare(line, wanted)

    def _wanted(self, line: Line) -> User:
        name = line["name"]
        if not name:
            self._refuse(line, "name", "user.name_missing")
        if len(name) > LONGEST_NAME:
            self._refuse(line, "name", "value.too_long", most=LONGEST_NAME)
        return User(
            id="",
            login=line["login"],
            name=name,
            roles=self._roles(line),
            department=self._department(line),
        )

    def _roles(self, line: Line) -> tuple[Role, ...]:
        words = [one.strip() for one in _BETWEEN.split(line["roles"]) if one.strip()]
        if not words:
            self._refuse(line, "roles", "user.role_missing")
        for word in words:
            if word.lower() not in ROLE_WORDS:
                self._refuse(line, "roles", "user.role_unknown", text=word)
        found = {ROLE_WORDS[word.lower()] for word in words if word.lower() in ROLE_WORDS}
        return tuple(role for role in Role if role in found)

    def _department(self, line: Line) -> str:
        name = line["department"]
        found = self._names.find_departments(name) if name else [""]
        if len(found) == 1:
            return found[0]
        code = "flow.department_ambiguous" if found else "flow.department_unknown"
        self._refuse(line, "department", code, department=name)
        return ""

    def _check_fit(self, line: Line, wanted: User) -> None:
        try:
            staff.demand_fit(wanted)
        except ClerkError as error:
            self._refuse(line, _COLUMNS[error.code], error.code, **error.told)
        first = self._rows.setdefault(wanted.login, line.row)
        if first != line.row:
            self._refuse(line, "login", "user.login_twice", login=wanted.login, first_row=first)

    def _compare(self, line: Line, wanted: User) -> None:
        there = self._there.get(wanted.login)
        if there is None:
            self.new.append(wanted)
        elif there.disabled:
            self._refuse(line, "login", "user.login_disabled", login=wanted.login)
        elif _told(there) == _told(wanted):
            self.known += 1
        else:
            column = next(
                name for name in ("name", "roles", "department") if _other(there, wanted, name)
            )
            self._refuse(line, column, "user.known_otherwise", login=wanted.login)

    def _refuse(self, line: Line, column: str, code: str, **parameters: str | int) -> None:
        self._notes.refuse(line.row, self._table.column(column), code, **parameters)


def _told(user: User) -> tuple[str, frozenset[Role], str]:
    return user.name, frozenset(user.roles), user.department


def _other(one: User, another: User, name: str) -> bool:
    """Whether a field differs; the order of roles says nothing."""
    first, second = getattr(one, name), getattr(another, name)
    return set(first) != set(second) if name == "roles" else bool(first != second)
