"""Bringing limits and lists of materials to their items, in whichever order the files come.

A part that finds its item changes it at once; one that does not waits, and is tried again
after every import. So items, limits and materials end in the same state in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from central.db.parts import LimitsPart, MaterialsPart
from central.imports.index import Index
from clerk.contract.item import Material


class Fate(StrEnum):
    """What became of a part."""

    APPLIED = "applied"
    WAITS = "waits"
    AMBIGUOUS = "ambiguous"


def apply_limits(index: Index, part: LimitsPart) -> Fate:
    """Give an item its limits; a limit that the file leaves blank changes nothing."""
    found = _find_targets(index, part)
    if len(found) != 1:
        index.put_limits(msgspec.structs.replace(part, item=""))
        return Fate.AMBIGUOUS if found else Fate.WAITS
    item = found[0]
    told = {"promised": part.promised, "statutory": part.statutory}
    index.change_item(item, **{name: limit for name, limit in told.items() if limit is not None})
    index.put_limits(msgspec.structs.replace(part, item=item))
    _move_materials(index, part, item)
    return Fate.APPLIED


def apply_materials(index: Index, part: MaterialsPart) -> Fate:
    """Give an item its list of materials, in place of the one that it had."""
    item = _find_owner(index, part)
    if item is None:
        index.put_materials(msgspec.structs.replace(part, item=""))
        return Fate.WAITS
    known = index.find_item(item)
    told = keep_shared(known.materials if known else (), part.materials)
    index.change_item(item, materials=number_materials(told))
    index.put_materials(msgspec.structs.replace(part, item=item))
    return Fate.APPLIED


def apply_waiting(index: Index) -> None:
    """Try all parts again that wait for their item; limits first, for they name items."""
    for limits in list(index.limits.values()):
        if not limits.item and _find_targets(index, limits):
            apply_limits(index, limits)
    for materials in list(index.materials.values()):
        if not materials.item and _find_owner(index, materials) is not None:
            apply_materials(index, materials)


def number_materials(materials: Sequence[Material]) -> tuple[Material, ...]:
    """Materials with keys of their own: one name may stand twice, and stays twice."""
    return tuple(
        msgspec.structs.replace(material, key=f"m{number}")
        for number, material in enumerate(materials, start=1)
    )


def keep_shared(before: Sequence[Material], told: Sequence[Material]) -> tuple[Material, ...]:
    """A list anew, in which what a person has merged stays shared by the same name."""
    words = {one.name: one.shared for one in before if one.shared}
    return tuple(
        msgspec.structs.replace(one, shared=one.shared or words.get(one.name, "")) for one in told
    )


def _find_targets(index: Index, part: LimitsPart) -> list[str]:
    department = index.find_department(part.source, part.department)
    if department is None:
        return []
    return index.find_named((part.source, department, part.name))


def _find_owner(index: Index, part: MaterialsPart) -> str | None:
    """The item that limits call by this name, else the one whose code it is."""
    return index.find_called(part.source, part.key) or index.by_code.get(part.key)


def _move_materials(index: Index, part: LimitsPart, item: str) -> None:
    """A list of materials follows the limits that name its item."""
    materials = index.materials.get((part.source, part.item_id)) if part.item_id else None
    if materials is not None and materials.item != item:
        apply_materials(index, materials)
