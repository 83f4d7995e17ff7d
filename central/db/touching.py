"""What hangs on items: open cases, bundles, and materials shared with other items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec
from sqlalchemy import func, select

from central.db.engine import Connection
from central.db.items import batches, list_current
from central.db.project_schema import projects
from central.db.schema import bundles, cases
from clerk.contract.item import Bundle, Item
from clerk.decoding import decode

_AT_ONCE = 500


class Touched(msgspec.Struct, frozen=True, kw_only=True):
    """What a change of an item touches.

    `open_cases` counts by the version that they keep to, `shared` the other items that ask for
    each of its shared materials. Drafts lie at desks: nobody here can know them.
    """

    item: str
    name: str
    open_cases: dict[int, int]
    bundles: tuple[str, ...]
    shared: dict[str, int]

    @property
    def anything(self) -> bool:
        """Whether it touches anything at all."""
        return bool(self.open_cases or self.bundles or self.shared)


def list_touched(connection: Connection, ids: Iterable[str]) -> tuple[Touched, ...]:
    """What hangs on these items that there are, by id; an item not known yet touches nothing."""
    wanted = set(ids)
    there = {one.id: one for one in list_current(connection)}
    uses = Counter(key for one in there.values() if not one.retired for key in _shared_of(one))
    open_cases = _count_open(connection, wanted)
    in_bundles = [(one.name, {node.item for node in one.nodes}) for one in list_bundles(connection)]
    return tuple(
        Touched(
            item=one,
            name=there[one].name,
            open_cases=open_cases.get(one, {}),
            bundles=tuple(name for name, nodes in in_bundles if one in nodes),
            shared={
                key: uses[key] - (not there[one].retired)
                for key in sorted(_shared_of(there[one]))
                if uses[key] > (not there[one].retired)
            },
        )
        for one in sorted(wanted & there.keys())
    )


class TouchedBundle(msgspec.Struct, frozen=True, kw_only=True):
    """What a change of a bundle touches: open applications by the version that they keep to."""

    bundle: str
    name: str
    open_applications: dict[int, int]
    items: int


def list_touched_bundles(connection: Connection, ids: Iterable[str]) -> tuple[TouchedBundle, ...]:
    """What hangs on these bundles that there are, by id.

    An application is open while one of its cases is.
    """
    wanted = sorted(set(ids))
    rows = connection.execute(
        select(bundles.c.body).where(bundles.c.id.in_(wanted)).order_by(bundles.c.id)
    ).scalars()
    found = [decode(body, Bundle) for body in rows]
    is_open = cases.c.closed.is_(False)
    statement = (
        select(
            projects.c.bundle, projects.c.version, func.count(projects.c.id.distinct()).label("n")
        )
        .join(cases, (cases.c.project == projects.c.id) & is_open)
        .where(projects.c.bundle.in_(wanted))
        .group_by(projects.c.bundle, projects.c.version)
        .order_by(projects.c.bundle, projects.c.version)
    )
    counts: dict[str, dict[int, int]] = {}
    for row in connection.execute(statement):
        counts.setdefault(row.bundle, {})[row.version] = row.n
    return tuple(
        TouchedBundle(
            bundle=one.id,
            name=one.name,
            open_applications=counts.get(one.id, {}),
            items=len(one.nodes),
        )
        for one in found
    )


def _shared_of(item: Item) -> set[str]:
    return {one.shared for one in item.materials if one.shared}


def _count_open(connection: Connection, ids: set[str]) -> dict[str, dict[int, int]]:
    counts: dict[str, dict[int, int]] = {}
    for some in batches(sorted(ids), _AT_ONCE):
        statement = (
            select(cases.c.item, cases.c.item_version, func.count().label("n"))
            .where(cases.c.item.in_(some), cases.c.closed.is_(False))
            .group_by(cases.c.item, cases.c.item_version)
            .order_by(cases.c.item, cases.c.item_version)
        )
        for row in connection.execute(statement):
            counts.setdefault(row.item, {})[row.item_version] = row.n
    return counts


def list_bundles(connection: Connection) -> list[Bundle]:
    """The bundles in force, by id."""
    rows = connection.execute(select(bundles.c.body).order_by(bundles.c.id)).scalars()
    return [decode(body, Bundle) for body in rows]
