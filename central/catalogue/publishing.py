"""Publishing items: what differs from the current version becomes the next one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

import msgspec

from central.db import items as versions
from central.db.engine import Connection
from central.db.feed import Change
from clerk.contract.item import Item
from clerk.errand import Errand, Phase
from clerk.errors import InputError
from clerk.rules.finding import full_pinyin, initials
from clerk.rules.flow import find_step_beyond


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing did. The caller announces the changes last in its transaction."""

    added: int
    changed: int
    unchanged: int
    changes: tuple[Change, ...]


def content_hash(item: Item) -> str:
    """A digest of everything but the version."""
    plain = msgspec.structs.replace(item, version=0)
    return hashlib.sha256(msgspec.json.encode(plain, order="deterministic")).hexdigest()


def publish(
    connection: Connection, items: Iterable[Item], at: datetime, errand: Errand | None = None
) -> Published:
    """Add items and new versions of changed ones; a version that is the same adds nothing.

    Their own version numbers are not looked at: the next one is taken. Earlier versions stay,
    because cases are pinned to them. Initials and pinyin are made here, once. Raises InputError
    `flow.step_beyond` for a step whose limit is beyond the item's, and CancelledError.
    """
    errand = errand or Errand()
    wanted = list(items)
    for item in wanted:
        demand_fitting_steps(item)
    current = versions.find_current(connection, [item.id for item in wanted])
    fresh = []
    added = 0
    for item in errand.follow(Phase.WRITING, wanted, len(wanted)):
        known = current.get(item.id)
        spelled = spell(item, known)
        if known is not None and _same(spelled, known):
            continue
        version = known.version + 1 if known else 1
        added += known is None
        fresh.append(msgspec.structs.replace(spelled, version=version))
    changes = versions.add(connection, [(item, content_hash(item)) for item in fresh], at)
    return Published(
        added=added,
        changed=len(fresh) - added,
        unchanged=len(wanted) - len(fresh),
        changes=changes,
    )


def demand_fitting_steps(item: Item) -> None:
    """Refuse a flow with a step that may take longer than the whole (行政许可法 Art. 42, 43)."""
    step = find_step_beyond(item)
    if step is not None:
        raise InputError("flow.step_beyond", item=item.name, step=step.name)


def spell(item: Item, known: Item | None) -> Item:
    """The item with initials and pinyin of its name; those of a known item of that name serve."""
    if known is not None and known.name == item.name and known.initials:
        return msgspec.structs.replace(item, initials=known.initials, pinyin=known.pinyin)
    return msgspec.structs.replace(
        item, initials=initials(item.name), pinyin=full_pinyin(item.name)
    )


def _same(item: Item, known: Item) -> bool:
    """Compared as they are understood today: a field that came later has its default in both."""
    return msgspec.structs.replace(item, version=known.version) == known
