"""Laying out the sample catalogue: what is there already, and the same, is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from central.catalogue.bundles import publish_bundles
from central.catalogue.publishing import publish
from central.db import bodies, catalogue, offices
from central.db.engine import Connection
from central.db.feed import Change
from central.sample.catalogue import SampleCatalogue
from central.seed.calendar import put_calendar
from clerk.contract.item import Department, Window
from clerk.contract.licence import LicenceType
from clerk.contract.sync import EntityKind
from clerk.decoding import decode
from clerk.errors import StoreError

_T = TypeVar("_T", Department, Window, LicenceType)


def lay_out(connection: Connection, sample: SampleCatalogue, at: datetime) -> list[Change]:
    """Put the catalogue and the calendar in place; the caller announces what is returned last.

    Raises `seed.window_taken` where another window has a number of the sample's.
    """
    _demand_numbers(connection, sample.windows)
    changes = [
        offices.put_department(connection, one)
        for one in _fresh(connection, EntityKind.DEPARTMENT, sample.departments)
    ]
    changes += [
        offices.put_window(connection, one)
        for one in _fresh(connection, EntityKind.WINDOW, sample.windows)
    ]
    changes += [
        catalogue.put_licence_type(connection, one)
        for one in _fresh(connection, EntityKind.LICENCE_TYPE, sample.licence_types)
    ]
    changes += publish(connection, sample.items, at).changes
    changes += publish_bundles(connection, sample.bundles)
    return changes + put_calendar(connection, at)


def _demand_numbers(connection: Connection, wanted: Sequence[Window]) -> None:
    taken = {one.number: one for one in offices.list_windows(connection)}
    for one in wanted:
        other = taken.get(one.number, one)
        if other.id != one.id:
            raise StoreError("seed.window_taken", number=one.number, window=other.name)


def _fresh(connection: Connection, kind: EntityKind, wanted: Sequence[_T]) -> Iterator[_T]:
    """Those that are not there, or otherwise, with the version that follows."""
    there = {one.id: one for one in bodies.read(connection, kind, [one.id for one in wanted])}
    for one in wanted:
        known = there.get(one.id)
        if known is None:
            yield one
            continue
        stored = decode(known.body, type(one))
        if isinstance(one, LicenceType):
            if one != stored:
                yield one
            continue
        next_one = msgspec.structs.replace(one, version=known.version)
        if next_one != stored:
            yield msgspec.structs.replace(one, version=known.version + 1)
