"""Publishing bundles: what differs from the current version becomes the next one."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from central.db import bodies, catalogue
from central.db import items as versions
from central.db.engine import Connection
from central.db.feed import Change
from clerk.contract.item import Bundle, BundleNode, Item
from clerk.contract.sync import EntityKind
from clerk.decoding import decode
from clerk.rules.finding import full_pinyin, initials


def publish_bundles(connection: Connection, bundles: Iterable[Bundle]) -> tuple[Change, ...]:
    """Add bundles and new versions of changed ones; one that is the same adds nothing.

    Their own version numbers are not looked at: the next one is taken, and whether one is
    withdrawn stays as it is. Applications keep to the
    version that they were opened under. Nodes take the names of their items; initials and
    pinyin are made here, once. The caller announces what is returned last in its transaction.
    """
    wanted = list(bundles)
    there = current_bundles(connection, [one.id for one in wanted])
    changes = []
    for one in wanted:
        known = there.get(one.id)
        named = _spell(connection, _as_offered(one, known))
        version = known.version if known else 0
        if known is not None and msgspec.structs.replace(named, version=version) == known:
            continue
        fresh = msgspec.structs.replace(named, version=version + 1)
        changes.append(catalogue.put_bundle(connection, fresh))
    return tuple(changes)


def current_bundles(connection: Connection, ids: list[str]) -> dict[str, Bundle]:
    """The bundles in force of these ids."""
    found = bodies.read(connection, EntityKind.BUNDLE, ids)
    return {one.id: decode(one.body, Bundle) for one in found}


def _as_offered(bundle: Bundle, known: Bundle | None) -> Bundle:
    if known is None:
        return bundle
    return msgspec.structs.replace(
        bundle, withdrawn_at=known.withdrawn_at, offered_at=known.offered_at
    )


def _spell(connection: Connection, bundle: Bundle) -> Bundle:
    items = versions.find_current(connection, [node.item for node in bundle.nodes])
    return msgspec.structs.replace(
        bundle,
        nodes=tuple(_named(node, items.get(node.item)) for node in bundle.nodes),
        initials=initials(bundle.name),
        pinyin=full_pinyin(bundle.name),
    )


def _named(node: BundleNode, item: Item | None) -> BundleNode:
    return msgspec.structs.replace(node, name=item.name) if item else node
