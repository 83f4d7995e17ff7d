"""Duplicates of materials: found by name, merged into a shared one where a person says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from central.catalogue.coming import Doing
from central.catalogue.publishing import publish
from central.db import audit
from central.db import items as versions
from central.db.engine import Connection
from central.db.feed import Change
from clerk.contract.item import Item, Material
from clerk.errand import Errand
from clerk.errors import InputError
from clerk.rules.material_names import group_same, near_pairs


class Same(msgspec.Struct, frozen=True, kw_only=True):
    """Names that are one apart from marks and copies, with how many items ask for them.

    `shared` are the words that they are shared by already; one word for all is no duplicate.
    """

    plain: str
    names: tuple[str, ...]
    items: int
    shared: tuple[str, ...]


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """Two groups whose names are near, for a person to tell apart."""

    first: Same
    second: Same
    likeness: float


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge did: the changed items, and those left as they are.

    An item that asks for two papers of these names is left: they may be two indeed.
    """

    items: tuple[str, ...]
    left: tuple[str, ...]
    changes: tuple[Change, ...]


def find_duplicates(
    connection: Connection, errand: Errand | None = None
) -> tuple[tuple[Same, ...], tuple[Near, ...]]:
    """What may be one material: the same names that most items ask for first, then near ones.

    Raises CancelledError.
    """
    groups = _group(one for one in versions.list_current(connection) if not one.retired)
    same = [one for one in groups.values() if one.items > 1 and not _is_merged(one)]
    near = [
        Near(first=groups[pair.first], second=groups[pair.second], likeness=pair.likeness)
        for pair in near_pairs(groups, errand)
    ]
    return (
        tuple(sorted(same, key=lambda one: (-one.items, one.plain))),
        tuple(one for one in near if not _are_merged(one)),
    )


def plan_merge(
    connection: Connection, word: str, names: Sequence[str]
) -> tuple[list[Item], list[str]]:
    """The items as a merge would make them, and those it would leave; nothing is written.

    Raises InputError where no item asks for one of the names, or one is shared by another word.
    """
    wanted, named = set(names), dict.fromkeys(names, 0)
    fresh: list[Item] = []
    left: list[str] = []
    for item in versions.list_current(connection):
        mine = [one for one in item.materials if one.name in wanted]
        for one in mine:
            named[one.name] += 1
            _demand_free(one, word)
        if len(mine) > 1:
            left.append(item.id)
        elif mine and mine[0].shared != word:
            fresh.append(_with_shared(item, mine[0], word))
    missing = next((name for name, count in named.items() if not count), None)
    if missing is not None:
        raise InputError("material.not_asked_for", material=missing)
    return fresh, left


def merge(connection: Connection, word: str, names: Sequence[str], doing: Doing) -> Merged:
    """Let materials of exactly these names be the shared material of this word.

    Each item gets a new version. Raises InputError as `plan_merge` does, and where word or
    reason are missing.
    """
    if not word.strip() or not doing.reason.strip():
        raise InputError("material.no_reason")
    fresh, left = plan_merge(connection, word, names)
    changes = publish(connection, fresh, doing.at).changes
    detail = {"names": " | ".join(sorted(set(names))), "reason": doing.reason.strip()}
    detail |= {"items": str(len(changes)), "left": str(len(left))}
    audit.append(
        connection,
        audit.Entry(
            at=doing.at, actor=doing.actor, action="material.merged", subject=word, detail=detail
        ),
    )
    return Merged(items=tuple(one.id for one in fresh), left=tuple(left), changes=changes)


def _group(items: Iterable[Item]) -> dict[str, Same]:
    askers: dict[str, set[str]] = {}
    words: dict[str, set[str]] = {}
    for item in items:
        for one in item.materials:
            askers.setdefault(one.name, set()).add(item.id)
            words.setdefault(one.name, set()).add(one.shared)
    return {
        plain: Same(
            plain=plain,
            names=names,
            items=len(set().union(*(askers[name] for name in names))),
            shared=tuple(sorted(set().union(*(words[name] for name in names)))),
        )
        for plain, names in group_same(askers).items()
    }


def _is_merged(one: Same) -> bool:
    return len(one.shared) == 1 and bool(one.shared[0])


def _are_merged(pair: Near) -> bool:
    return _is_merged(pair.first) and pair.first.shared == pair.second.shared


def _demand_free(material: Material, word: str) -> None:
    if material.shared not in {"", word}:
        raise InputError("material.shared_already", material=material.name, word=material.shared)


def _with_shared(item: Item, material: Material, word: str) -> Item:
    changed = msgspec.structs.replace(material, shared=word)
    materials = tuple(changed if one is material else one for one in item.materials)
    return msgspec.structs.replace(item, materials=materials)
