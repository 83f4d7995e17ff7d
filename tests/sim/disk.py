"""A desk's disk: what survives its crashes. What is changed is changed between two points."""

from __future__ import annotations

from copy import copy
from typing import Any, NamedTuple

from clerk.contract.command import AnyCommand, Envelope, is_queued
from clerk.contract.sync import Put, Remove
from clerk.rules.leases import LeaseState
from clerk.sync.desk import DeskState
from clerk.sync.outbox import Kept

Cache = dict[tuple[str, str], tuple[int, Any]]


class Shown(NamedTuple):
    """What people see of the cache once a transaction is committed, and how far it is."""

    cursor: int = 0
    bootstrapping: bool = False
    rows: int = 0
    versions: int = 0


class Disk:
    """One desk's store. Values are never changed in place, so that a copy is a copy."""

    def __init__(self, name: str, device: str, window: str, department: str) -> None:
        self.name = name
        self.device = device
        self.window = window
        self.department = department
        self.state = DeskState()
        self.outbox: dict[int, Kept] = {}
        self.commands: dict[int, AnyCommand] = {}
        self.last_n = 0
        self.leases: dict[int, LeaseState] = {}
        self.cache: Cache = {}
        self.fresh: Cache = {}
        self.shown = Shown()
        self.open_by: object = None
        self.has_twin = False

    def copied(self, name: str) -> Disk:
        """What a copying machine makes of it."""
        other = copy(self)
        other.name = name
        other.outbox, other.commands = dict(self.outbox), dict(self.commands)
        other.leases, other.cache, other.fresh = (
            dict(self.leases),
            dict(self.cache),
            dict(self.fresh),
        )
        other.open_by = None
        return other

    def unsent(self) -> list[Envelope]:
        """What has no answer, in order."""
        return [one.envelope for n, one in sorted(self.outbox.items()) if one.unsent]

    def is_queued(self, envelope: Envelope) -> bool:
        """Whether central takes it without a session."""
        return is_queued(str(self.commands[envelope.n].__struct_config__.tag), envelope.window)

    def look(self) -> Shown:
        """What is on the disk now."""
        versions = sum([row[0] for row in self.cache.values()])
        return Shown(self.state.cursor, self.state.bootstrapping, len(self.cache), versions)

    def rows(self) -> list[tuple[str, str, int]]:
        """Kind, id and version of everything in the cache."""
        return [(kind, one, row[0]) for (kind, one), row in self.cache.items()]


def apply_items(cache: Cache, items: tuple[Put | Remove, ...], bugs: frozenset[str]) -> None:
    """Higher versions win; what left the desk's sight is purged."""
    for item in items:
        key = (item.kind, item.id)
        held = cache[key][0] if key in cache else -1
        if isinstance(item, Put):
            if item.version > held or "stale_page_applied" in bugs:
                cache[key] = (item.version, item.body)
        elif item.version >= held and "removes_ignored" not in bugs:
            cache.pop(key, None)
