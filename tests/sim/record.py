"""Central's database as the simulation keeps it: what is committed, and copies for backups."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import datetime
from typing import NamedTuple

from clerk.contract.answer import Answer
from clerk.contract.case import CaseRecord
from clerk.contract.item import Item
from clerk.contract.numbers import NumberLease
from clerk.contract.sync import EntityKind
from clerk.rules.case import Case
from clerk.sync.central import KnownDevice
from tests.sim.town import ITEMS

CommandKey = tuple[str, int]


class Stored(NamedTuple):
    """A command as it arrived, with its answer."""

    command: str
    fingerprint: str
    answer: Answer | None


class Row(NamedTuple):
    """A row of the feed as one audience sees it."""

    position: int
    kind: EntityKind
    id: str
    version: int


class DeviceRow(NamedTuple):
    """A desk as central knows it."""

    known: KnownDevice
    window: str
    department: str
    tokens: frozenset[int] = frozenset()


class Database:
    """All tables. Rows are never changed in place, so that a copy is a snapshot."""

    def __init__(self) -> None:
        self.generation = "g1"
        self.restored_at: datetime | None = None
        self.head = 1
        self.commands: dict[CommandKey, Stored] = {}
        self.devices: dict[str, DeviceRow] = {}
        self.cases: dict[str, tuple[CaseRecord, Case]] = {}
        self.audiences: dict[str, frozenset[str]] = {}
        self.items: dict[str, Item] = {item.id: item for item in ITEMS}
        self.item_versions: dict[tuple[str, int], Item] = {
            (item.id, item.version): item for item in ITEMS
        }
        self.numbers: dict[str, str] = {}
        self.counters: dict[tuple[int, str, str], int] = {}
        self.newest_lent: dict[int, int] = {}
        self.lent: dict[tuple[str, int], tuple[NumberLease, ...]] = {}
        self.skipped: dict[int, int] = {}
        self.feed: dict[str, list[Row]] = {}
        self.audit: dict[str, int] = {}
        self.effects: dict[str, int] = {}
        self.sessions: frozenset[tuple[str, str, int]] = frozenset()

    def copied(self) -> Database:
        """A backup."""
        other = copy(self)
        for name, table in vars(self).items():
            if isinstance(table, dict):
                setattr(other, name, dict(table))
        other.feed = {label: list(rows) for label, rows in self.feed.items()}
        return other

    def was_lent(self, device: str, window: int, sequence: int) -> bool:
        """Whether a desk was ever lent this number of a window."""
        return any(
            lease.first <= sequence <= lease.last for lease in self.lent.get((device, window), ())
        )

    def rows_in(self, scope: frozenset[str]) -> Iterator[tuple[str, str, int]]:
        """Kind, id and version of everything in a scope."""
        for item in self.items.values():
            yield EntityKind.ITEM.value, item.id, item.version
        for case_id, seen in self.audiences.items():
            if seen & scope:
                yield EntityKind.CASE.value, case_id, self.cases[case_id][1].version
