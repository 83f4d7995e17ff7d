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
from clerk.rules.numbers import CaseNumber
from clerk.sync.central import KnownDevice
from clerk.sync.lending import Lent
from clerk.sync.restoring import may_be_lost
from tests.sim.town import BEGINNING, ITEMS

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


class GivenRange(NamedTuple):
    """A range of numbers that was lent to a desk."""

    lease: NumberLease
    device: str
    at: datetime


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
        self.lent: dict[int, tuple[GivenRange, ...]] = {}
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

    def known_lent(self, window: int) -> Lent:
        """What is known of the ranges of a window."""
        given = self.lent.get(window, ())
        newest, at = (given[-1].lease.last, given[-1].at) if given else (0, None)
        return Lent(since=BEGINNING, restored_at=self.restored_at, newest=newest, newest_at=at)

    def holds_number(self, device: str, number: CaseNumber) -> bool:
        """Whether a desk was lent this number, as far as is known or can have been lost."""
        if self.is_known_lent(device, number):
            return True
        return may_be_lost(number.day, self.restored_at, [one.at for one in self._given(number)])

    def is_known_lent(self, device: str, number: CaseNumber) -> bool:
        """Whether this very database lent a desk this number."""
        return any(one.device == device for one in self._given(number))

    def _given(self, number: CaseNumber) -> list[GivenRange]:
        ranges = self.lent.get(number.window, ())
        return [one for one in ranges if one.lease.first <= number.sequence <= one.lease.last]

    def rows_in(self, scope: frozenset[str]) -> Iterator[tuple[str, str, int]]:
        """Kind, id and version of everything in a scope."""
        for item in self.items.values():
            yield EntityKind.ITEM.value, item.id, item.version
        for case_id, seen in self.audiences.items():
            if seen & scope:
                yield EntityKind.CASE.value, case_id, self.cases[case_id][1].version
