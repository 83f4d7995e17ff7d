"""Bootstrap: a desk's whole scope in pages by key, which it may take up again anywhere.

The position comes first: what changes while the pages are read follows it in the feed.
"""

from __future__ import annotations

import msgspec

from central.access import scope_of
from central.db import bodies, cases, feed, findings, journal, matters, meta
from central.db.devices import Device
from central.db.engine import Connection
from central.sync.entities import read_entities
from clerk.contract.sync import PAGE_ROWS, BootstrapPage, EntityKind, Put
from clerk.errors import InputError
from clerk.sync.scope import AUDIT

_ORDER = (
    *bodies.KINDS,
    *(EntityKind.FINDING, EntityKind.JOURNAL, EntityKind.MATTER, EntityKind.CASE),
)


class AskBootstrap(msgspec.Struct, frozen=True, kw_only=True):
    """Where a desk's bootstrap stands; an empty key begins one."""

    key: str = ""
    position: int = 0


def bootstrap(
    connection: Connection, device: Device, ask: AskBootstrap, rows: int = PAGE_ROWS
) -> BootstrapPage:
    """The page after a key. Keys are `kind:id`, in a fixed order of kinds."""
    kind, after = _read_key(ask.key)
    items = _page(connection, device, kind, after, rows)
    return BootstrapPage(
        generation=meta.get(connection, meta.GENERATION),
        position=ask.position or feed.head(connection),
        next_key=_next_key(kind, items, rows),
        items=tuple(items),
        scope_version=device.scope_version,
    )


def _page(
    connection: Connection, device: Device, kind: EntityKind, after: str, rows: int
) -> list[Put]:
    if kind is EntityKind.CASE:
        scope = scope_of(device)
        ids = cases.page_visible(connection, scope, after, rows)
        found = read_entities(connection, kind, ids, scope)
        return [found[one] for one in ids if one in found]
    if kind is EntityKind.FINDING:
        seen = AUDIT in scope_of(device)
        stored = findings.page(connection, after, rows) if seen else []
    elif kind is EntityKind.JOURNAL:
        stored = journal.page(connection, scope_of(device), after, rows)
    elif kind is EntityKind.MATTER:
        stored = matters.page(connection, scope_of(device), after, rows)
    else:
        stored = bodies.page(connection, kind, after, rows)
    return [Put(kind, one.id, one.version, msgspec.Raw(one.body)) for one in stored]


def _read_key(key: str) -> tuple[EntityKind, str]:
    if not key:
        return _ORDER[0], ""
    kind, _, after = key.partition(":")
    if kind not in set(_ORDER):
        raise InputError("bootstrap.key_unknown")
    return EntityKind(kind), after


def _next_key(kind: EntityKind, items: list[Put], rows: int) -> str:
    if len(items) == rows:
        return f"{kind.value}:{items[-1].id}"
    following = _ORDER[_ORDER.index(kind) + 1 :]
    return f"{following[0].value}:" if following else ""
