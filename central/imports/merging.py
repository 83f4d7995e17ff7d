"""A batch of rows against what a register knows: what is new, what differs, what contradicts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec

from central.db.engine import Connection
from central.db.items import batches
from central.db.licence_loads import LoadedLicence
from central.db.loads import Changed, Progress
from central.db.people import Organisation, Person
from central.imports.columns import Shape
from central.imports.report import Notes
from central.imports.table import Line, Table

_AT_ONCE = 500
_ORIGIN = frozenset({"source", "as_of", "id", "case_id"})

_T = TypeVar("_T", Person, Organisation, LoadedLicence)
Read = Callable[[Line, Table, tuple[str, datetime], Notes], _T | None]


@dataclass(frozen=True, kw_only=True)
class Register(Generic[_T]):
    """What is particular to one register.

    Two rows are about the same entry if their `key` is the same, and contradict each other if
    their `bearer` (a column of ours) is not.
    """

    shape: Shape
    key: Callable[[_T], Hashable]
    number: Callable[[_T], str]
    bearer: str
    read: Read[_T]
    find: Callable[[Connection, Sequence[Any]], Mapping[Any, _T]]
    put: Callable[[Connection, Sequence[_T]], None]
    twice: str = "person.number_twice"
    other: str = "person.other_name"


class Merge(Generic[_T]):
    """One batch of one load, in one transaction."""

    def __init__(self, register: Register[_T], table: Table, *, renames: bool) -> None:
        """`renames` lets a row change the name under a known number."""
        self._register: Register[_T] = register
        self._table, self._renames = table, renames
        self._fresh: dict[Hashable, _T] = {}
        self.changed: list[Changed] = []

    def write(
        self,
        connection: Connection,
        rows: Sequence[tuple[Line, _T]],
        progress: Progress,
        notes: Notes,
    ) -> None:
        """Add what is new, change what differs; rows that contradict another are refused."""
        register = self._register
        there: dict[Hashable, _T] = {}
        for some in batches((register.key(entry) for _, entry in rows), _AT_ONCE):
            there |= register.find(connection, some)
        for line, entry in rows:
            key = register.key(entry)
            before = self._fresh.get(key) or there.get(key)
            if not self._refuses(line, entry, before, notes):
                after = fill_up(entry, before)
                self._fresh[key] = after
                self._count(line, before, after, progress)
        register.put(connection, list(self._fresh.values()))

    def _refuses(self, line: Line, entry: _T, before: _T | None, notes: Notes) -> bool:
        """Whether a row is left out because of what is known under its number."""
        if before is None:
            return False
        column = self._table.column(self._register.bearer)
        notes.follow(line.row, partial(self._table.show, line))
        same_load = before.as_of == entry.as_of
        if _is_ours(before):
            notes.refuse(line.row, self._table.column("number"), "licence.issued_here")
            return True
        if _bearer(before, self._register.bearer) != _bearer(entry, self._register.bearer):
            if same_load:
                notes.refuse(line.row, column, self._register.twice)
            elif not self._renames:
                notes.refuse(line.row, column, self._register.other)
            return same_load or not self._renames
        if same_load:
            notes.warn(line.row, column, "person.repeated")
        return False

    def _count(self, line: Line, before: _T | None, after: _T, progress: Progress) -> None:
        if before is None:
            progress.added += 1
            return
        if msgspec.structs.replace(before, source=after.source, as_of=after.as_of) == after:
            progress.unchanged += 1
            return
        progress.changed += 1
        told = _told(before)
        columns = tuple(name for name, value in _told(after).items() if told[name] != value)
        number = self._register.number(after)
        self.changed.append(Changed(number=number, row=line.row, columns=columns))


def fill_up(entry: _T, before: _T | None) -> _T:
    """A row with what is known already where its own cells are empty."""
    if before is None:
        return entry
    kept = {
        name: getattr(before, name)
        for name in entry.__struct_fields__
        if getattr(entry, name) in ("", None)
    }
    return msgspec.structs.replace(entry, **kept)


def _told(entry: Person | Organisation | LoadedLicence) -> dict[str, object]:
    """What a row says, apart from whose word it is and of when."""
    told = msgspec.structs.asdict(entry)
    return {name: value for name, value in told.items() if name not in _ORIGIN}


def _bearer(entry: Person | Organisation | LoadedLicence, name: str) -> object:
    return getattr(entry, name)


def _is_ours(entry: Person | Organisation | LoadedLicence) -> bool:
    """Whether it is a licence that central issued itself."""
    return isinstance(entry, LoadedLicence) and bool(entry.case_id)
