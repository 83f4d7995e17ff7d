"""The three kinds of catalogue rows, one by one against what is known: added, changed or not."""

from __future__ import annotations

import hashlib

import msgspec

from central.catalogue.identity import item_id_of
from central.db.parts import LimitsPart, MaterialsPart
from central.imports.index import Index, Named
from central.imports.joining import Fate, apply_limits, apply_materials, number_materials
from central.imports.report import Notes
from central.imports.rows import ItemRow, LimitRow, MaterialRow
from central.imports.table import Table
from clerk.contract.item import Item


class Tally(msgspec.Struct):
    """How many rows did what; it grows while rows are taken in."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    waiting: int = 0

    def count(self, before: object, after: object, rows: int = 1) -> None:
        """Count rows that made one thing of another."""
        if before is None:
            self.added += rows
        elif before == after:
            self.unchanged += rows
        else:
            self.changed += rows


def take_items(index: Index, table: Table, rows: list[ItemRow], notes: Notes, tally: Tally) -> None:
    """Take in items: identity is the code, else source, department and name."""
    codeless = {(row.source, row.department, row.name) for row in rows if not row.code}
    places = [_Place(index, row, adopts=_words(row) not in codeless) for row in rows]
    index.load([place.id for place in places])
    first: dict[str, ItemRow] = {}
    names: dict[tuple[str, str, str], int] = {}
    for row, place in zip(rows, places, strict=True):
        earlier = first.setdefault(place.id, row)
        if earlier is not row:
            _note_second(table.column("code"), row, earlier, notes, tally)
            continue
        twin = names.setdefault(_words(row), row.row)
        if twin != row.row:
            notes.warn(row.row, table.column("name"), "item.name_twice", first_row=twin)
        before = index.find_item(place.id)
        after = _merge(before, row, place, table)
        tally.count(before, after)
        if before != after:
            _warn_of_move(table.column("code"), row, before, after, notes)
            index.make_department(after.department, after.department_name)
            index.put_item(after)


def take_limits(
    index: Index, table: Table, rows: list[LimitRow], notes: Notes, tally: Tally
) -> None:
    """Take in limits, which join their items by source, department and name."""
    first: dict[tuple[str, str], LimitRow] = {}
    called: dict[tuple[str, str], LimitRow] = {}
    for row in rows:
        key = hashlib.sha256(f"{row.department}\x1f{row.name}".encode()).hexdigest()
        earlier = first.setdefault((row.source, key), row)
        if earlier is not row:
            _note_second(table.column("name"), row, earlier, notes, tally)
            continue
        if row.item_id and called.setdefault((row.source, row.item_id), row) is not row:
            first_row = called[row.source, row.item_id].row
            column = table.column("item_id")
            notes.refuse(row.row, column, "limit.item_id_twice", first_row=first_row)
            continue
        before = index.limits.get((row.source, key))
        after = _limits_part(row, key, before)
        tally.count(before, after)
        fate = Fate.APPLIED
        if before != after or not after.item:
            fate = apply_limits(index, after)
        if fate is not Fate.APPLIED:
            tally.waiting += 1
            notes.warn(row.row, table.column("name"), f"limit.{fate}")


def take_materials(
    index: Index, table: Table, rows: list[MaterialRow], notes: Notes, tally: Tally
) -> None:
    """Take in whole lists of materials: one unusable row and the whole list stays out."""
    lists: dict[tuple[str, str], list[MaterialRow]] = {}
    for row in rows:
        lists.setdefault((row.source, row.item_id), []).append(row)
    for key, members in lists.items():
        ordered = sorted(members, key=lambda row: row.seq)
        _warn_of_twins(table, ordered, notes)
        before = index.materials.get(key)
        after = MaterialsPart(
            source=key[0],
            key=key[1],
            materials=number_materials([row.material for row in ordered]),
            item=before.item if before else "",
        )
        tally.count(before, after, len(members))
        fate = Fate.APPLIED
        if before != after or not after.item:
            fate = apply_materials(index, after)
        if fate is not Fate.APPLIED:
            tally.waiting += len(members)
            column = table.column("item_id")
            notes.warn(members[0].row, column, "material.waits", rows=len(members))


class _Place:
    """Which item a row is about, and in which department."""

    def __init__(self, index: Index, row: ItemRow, *, adopts: bool) -> None:
        """Find the item, or say what a new one is called."""
        self.department = index.name_department(row.source, row.department)
        named: Named = (row.source, self.department, row.name)
        found = index.by_code.get(row.code) if row.code else None
        if found is None and (adopts or not row.code):
            # An item that had no code before is the same item once it is given one.
            found = index.find_codeless(named)
        self.id = found or item_id_of(row.code, row.source, row.department, row.name)


def _words(row: ItemRow) -> tuple[str, str, str]:
    return row.source, row.department, row.name


def _merge(before: Item | None, row: ItemRow, place: _Place, table: Table) -> Item:
    """The item with what the file tells; columns that the file has not keep their values."""
    told = {
        "name": row.name,
        "department": place.department,
        "department_name": row.department,
        "source": row.source,
    }
    optional = (
        ("code", "code", row.code),
        ("region_code", "region", row.region),
        ("task_type_name", "type_name", row.type_name),
    )
    told |= {field: value for column, field, value in optional if column in table.columns}
    new = Item(id=place.id, version=0, name="", department="", department_name="")
    return msgspec.structs.replace(before or new, **told)


def _limits_part(row: LimitRow, key: str, before: LimitsPart | None) -> LimitsPart:
    return LimitsPart(
        source=row.source,
        key=key,
        department=row.department,
        name=row.name,
        item_id=row.item_id,
        promised=row.promised,
        statutory=row.statutory,
        item=before.item if before else "",
    )


def _note_second(
    column: str,
    row: ItemRow | LimitRow,
    earlier: ItemRow | LimitRow,
    notes: Notes,
    tally: Tally,
) -> None:
    """The same thing a second time in one file: harmless if it says the same."""
    if msgspec.structs.replace(row, row=earlier.row) == earlier:
        notes.warn(row.row, column, "row.repeated", first_row=earlier.row)
        tally.unchanged += 1
    else:
        notes.refuse(row.row, column, "row.contradicts", first_row=earlier.row)


def _warn_of_move(
    column: str, row: ItemRow, before: Item | None, after: Item, notes: Notes
) -> None:
    if before is None:
        return
    if (before.source, before.department) != (after.source, after.department):
        notes.warn(row.row, column, "item.moved", department=before.department_name)


def _warn_of_twins(table: Table, rows: list[MaterialRow], notes: Notes) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.material.name, row.row)
        if first != row.row:
            notes.warn(row.row, table.column("material"), "material.twice", first_row=first)
