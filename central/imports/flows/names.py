"""Items and departments as people name them in a file: by code, id or name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from central.db import items, offices, users
from central.db.engine import Connection
from clerk.contract.item import Department
from clerk.contract.user import Role


class Names:
    """What every name stands for, read once."""

    def __init__(self, connection: Connection) -> None:
        """Read all items, departments, and who works where."""
        self._items: dict[str, set[str]] = defaultdict(set)
        self._departments: dict[str, set[str]] = defaultdict(set)
        self.departments: dict[str, Department] = {}
        for one in offices.list_departments(connection):
            self.departments[one.id] = one
            for name in {one.id, one.name, one.short_name} - {""}:
                self._departments[_plain(name)].add(one.id)
        self.department_of: dict[str, str] = {}
        for known in items.list_known(connection):
            self.department_of[known.id] = known.department
            for name in {known.id, known.code, known.name} - {""}:
                self._items[_plain(name)].add(known.id)
        self._staffed = {
            (user.department, role)
            for user in users.list_all(connection)
            for role in user.roles
            if not user.disabled
        }

    def find_items(self, name: str, department: str = "") -> list[str]:
        """The items that may be meant; with a department, those of it.

        "department/name" says both at once.
        """
        found = self._items.get(_plain(name), set())
        if not found and "/" in name:
            first, _, rest = name.partition("/")
            if self.find_departments(first):
                found, department = self._items.get(_plain(rest), set()), first
        if department:
            own = set(self.find_departments(department))
            found = {one for one in found if self.department_of[one] in own}
        return sorted(found)

    def find_departments(self, name: str) -> list[str]:
        """The departments that may be meant."""
        return sorted(self._departments.get(_plain(name), ()))

    def is_staffed(self, department: str, role: Role) -> bool:
        """Whether somebody there may do what needs this role."""
        return (department, role) in self._staffed


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
