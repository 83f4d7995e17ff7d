"""Bundles with a day of their own: kept until then, published on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from central.catalogue.bundles import current_bundles, publish_bundles
from central.catalogue.coming import Doing
from central.db import audit, coming, projects
from central.db.coming import ComingBundle
from central.db.engine import Connection
from central.db.feed import Change
from clerk.contract.item import Bundle, BundleNode

_OWN = frozenset({"version", "initials", "pinyin", "withdrawn_at", "offered_at"})
"""What publishing makes or withdrawing says, and no change ever is about."""

_GRAPH = frozenset({"stages", "nodes"})


def schedule_bundles(
    connection: Connection, bundles: Iterable[Bundle], on: date, doing: Doing
) -> int:
    """Keep bundles for a day; how many differ from what is in force."""
    wanted = list(bundles)
    current = current_bundles(connection, [one.id for one in wanted])
    put = 0
    for bundle in wanted:
        known = current.get(bundle.id)
        if known is not None and not _changed(known, bundle):
            continue
        one = ComingBundle(
            bundle=bundle,
            on=on,
            base=known.version if known else 0,
            put_at=doing.at,
            actor=doing.actor,
            reason=doing.reason,
        )
        coming.bundles.put(connection, one)
        put += 1
    return put


def bring_bundle(connection: Connection, one: ComingBundle, at: datetime) -> tuple[Change, ...]:
    """Publish what was kept for a day; nothing if somebody was faster.

    Only what it changes is changed: what became of the bundle meanwhile stays.
    """
    if not coming.bundles.take(connection, one.bundle.id, one.on):
        return ()
    now = current_bundles(connection, [one.bundle.id]).get(one.bundle.id)
    base = projects.find_bundle(connection, one.bundle.id, one.base) if one.base else None
    wanted = one.bundle
    if now is not None and base is not None:
        wanted = msgspec.structs.replace(now, **_changed(base, one.bundle))
    changes = publish_bundles(connection, [wanted])
    entry = audit.Entry(
        at=at,
        actor="clock",
        action="bundle.effective",
        subject=one.bundle.id,
        detail={"on": one.on.isoformat(), "by": one.actor},
    )
    audit.append(connection, entry)
    return changes


def _changed(before: Bundle, after: Bundle) -> dict[str, object]:
    """The fields in which one differs from the other; names of items are publishing's own.

    The graph is one: stages and items were checked together and come together.
    """
    differing = {
        name
        for name in Bundle.__struct_fields__
        if name not in _OWN and _plain(getattr(after, name)) != _plain(getattr(before, name))
    }
    if differing & _GRAPH:
        differing |= _GRAPH
    return {name: getattr(after, name) for name in sorted(differing)}


def _plain(value: object) -> object:
    if not isinstance(value, tuple):
        return value
    return tuple(
        msgspec.structs.replace(one, name="") if isinstance(one, BundleNode) else one
        for one in value
    )
