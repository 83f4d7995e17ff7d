"""The catalogue as an import sees it: who is who, and what the import makes of it so far."""

from __future__ import annotations

import msgspec

from central.catalogue.identity import department_id_of
from central.db import items as versions
from central.db import parts
from central.db.engine import Connection
from central.db.parts import LimitsPart, MaterialsPart
from clerk.contract.item import Department, Item

Named = tuple[str, str, str]
"""Source, department id and name: the identity of an item without a code."""


class Index:
    """Everything that one import needs to know, read once, and everything that it changes.

    Nothing is written here: the import is planned whole first, so that it can be refused whole.
    """

    def __init__(self, connection: Connection) -> None:
        """Read the identities of all items, the departments, and the parts."""
        self._connection = connection
        self._departments = versions.list_departments(connection)
        self.new_departments: list[Department] = []
        self.by_code: dict[str, str] = {}
        self._by_name: dict[Named, list[str]] = {}
        self._coded: set[str] = set()
        self._known: set[str] = set()
        for known in versions.list_known(connection):
            self._note((known.source, known.department, known.name), known.id, known.code)
            self._known.add(known.id)
        self.limits = {(part.source, part.key): part for part in parts.list_limits(connection)}
        self.materials = {
            (part.source, part.key): part for part in parts.list_materials(connection)
        }
        self._called = {
            (part.source, part.item_id): part.key for part in self.limits.values() if part.item_id
        }
        self._loaded: dict[str, Item] = {}
        self.items: dict[str, Item] = {}
        self.parts: dict[tuple[type, str, str], LimitsPart | MaterialsPart] = {}

    def find_department(self, source: str, name: str) -> str | None:
        """The id of a department; a file that names no source may mean any that there is."""
        computed = department_id_of(source, name)
        if computed in self._departments:
            return computed
        if source:
            return None
        named = [one for one, known in self._departments.items() if known == name]
        return named[0] if len(named) == 1 else None

    def name_department(self, source: str, name: str) -> str:
        """The id of a department, or the one that it will have."""
        return self.find_department(source, name) or department_id_of(source, name)

    def make_department(self, department_id: str, name: str) -> None:
        """Make a department that was not met before."""
        if department_id not in self._departments:
            self._departments[department_id] = name
            self.new_departments.append(Department(id=department_id, name=name))

    def find_named(self, named: Named) -> list[str]:
        """The items of this source, department and name."""
        return self._by_name.get(named, [])

    def find_codeless(self, named: Named) -> str | None:
        """The item of this identity that has no code."""
        found = [one for one in self.find_named(named) if one not in self._coded]
        return found[0] if found else None

    def load(self, ids: list[str]) -> None:
        """Read these items' contents at once, before they are asked for one by one."""
        wanted = [one for one in ids if one in self._known and one not in self._loaded]
        self._loaded |= versions.find_current(self._connection, wanted)

    def find_item(self, item_id: str) -> Item | None:
        """An item as this import has left it."""
        if item_id not in self.items and item_id not in self._loaded:
            self.load([item_id])
        return self.items.get(item_id) or self._loaded.get(item_id)

    def put_item(self, item: Item) -> None:
        """Remember what an item has become."""
        before = self.find_item(item.id)
        if before is not None:
            self._forget(before)
        self.items[item.id] = item
        self._note((item.source, item.department, item.name), item.id, item.code)

    def change_item(self, item_id: str, **changes: object) -> None:
        """Remember other values of some of an item's fields."""
        item = self.find_item(item_id)
        assert item is not None, "an item is found before it is changed"
        self.items[item_id] = msgspec.structs.replace(item, **changes)

    def find_called(self, source: str, item_id: str) -> str | None:
        """The item that a row of limits calls by this name."""
        key = self._called.get((source, item_id))
        return self.limits[source, key].item or None if key is not None else None

    def put_limits(self, part: LimitsPart) -> None:
        """Remember limits."""
        key = (part.source, part.key)
        if self.limits.get(key) != part:
            self.limits[key] = self.parts[LimitsPart, *key] = part
        if part.item_id:
            self._called[part.source, part.item_id] = part.key

    def put_materials(self, part: MaterialsPart) -> None:
        """Remember a list of materials."""
        key = (part.source, part.key)
        if self.materials.get(key) != part:
            self.materials[key] = self.parts[MaterialsPart, *key] = part

    def _note(self, named: Named, item_id: str, code: str) -> None:
        self._by_name.setdefault(named, []).append(item_id)
        if code:
            self.by_code[code] = item_id
            self._coded.add(item_id)

    def _forget(self, item: Item) -> None:
        self._by_name[item.source, item.department, item.name].remove(item.id)
