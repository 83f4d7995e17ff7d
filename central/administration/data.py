"""What was loaded, described and published, and what comes into the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from central.catalogue.coming import find_problem
from central.db import catalogue, coming, descriptions, loads, packages
from central.db.engine import Connection
from central.db.loads import BulkLoad
from central.registers.known import decode
from clerk.contract.administration import (
    CatalogueState,
    ComingChange,
    LoadState,
    PackageState,
    RegisterState,
)

_MOST_LOADS = 50


def list_loads(connection: Connection) -> tuple[LoadState, ...]:
    """The newest loads of registers."""
    return tuple(map(_load, loads.list_newest(connection, _MOST_LOADS)))


def _load(one: BulkLoad) -> LoadState:
    return LoadState(
        kind=one.kind,
        name=one.name,
        began_at=one.began_at,
        ended_at=one.ended_at,
        read=one.progress.read,
        refused=one.progress.refused,
    )


def list_registers(connection: Connection) -> tuple[RegisterState, ...]:
    """The registers whose descriptions were loaded, asked or not."""
    return tuple(
        RegisterState(
            id=one.id,
            name=decode(one.body).name,
            version=one.version,
            asked=one.active,
            changed_at=one.changed_at,
        )
        for one in descriptions.list_all(connection)
    )


def list_packages(connection: Connection) -> tuple[PackageState, ...]:
    """The newest version of each dataset for each subscriber."""
    return tuple(
        PackageState(**msgspec.structs.asdict(one)) for one in packages.list_newest(connection)
    )


def list_coming(connection: Connection) -> Iterator[ComingChange]:
    """What waits for its day, and what cannot come as things are."""
    for one in coming.items.list_all(connection):
        problem = find_problem(connection, one)
        yield ComingChange(
            on=one.on,
            id=one.item.id,
            name=one.item.name,
            withdraws=one.item.retired,
            problem=problem.code if problem else "",
            parameters=problem.told if problem else {},
        )
    for bundle in coming.bundles.list_all(connection):
        yield ComingChange(on=bundle.on, id=bundle.bundle.id, name=bundle.bundle.name, bundle=True)


def show_catalogue(connection: Connection) -> CatalogueState:
    """What is in force now."""
    known = catalogue.find_calendar_body(connection)
    return CatalogueState(
        **catalogue.count_in_force(connection)._asdict(),
        calendar=catalogue.get_calendar(connection).version if known else "",
    )
