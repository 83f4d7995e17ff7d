"""What files tell of items apart from the items themselves: limits and lists of materials.

Kept so that files may come in any order: a part waits until its item is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from sqlalchemy import select

from central.db import dialect
from central.db.engine import Connection
from central.db.schema import catalogue_parts
from clerk.contract.item import Material
from clerk.contract.limits import Limit
from clerk.decoding import decode


class PartKind(StrEnum):
    """What a part tells."""

    LIMITS = "limits"
    MATERIALS = "materials"


class LimitsPart(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of an item named by source, department and name.

    `item_id` is the name that a list of materials calls the item by. `item` is the item that
    the part was applied to, empty while it waits.
    """

    source: str
    key: str
    department: str
    name: str
    item_id: str = ""
    promised: Limit | None = None
    statutory: Limit | None = None
    item: str = ""


class MaterialsPart(msgspec.Struct, frozen=True, kw_only=True):
    """The whole list of materials of an item; `key` is the `item_id` that the file names."""

    source: str
    key: str
    materials: tuple[Material, ...]
    item: str = ""


def list_limits(connection: Connection) -> tuple[LimitsPart, ...]:
    """All limits that were ever imported."""
    return tuple(
        msgspec.structs.replace(decode(body, LimitsPart), item=item)
        for body, item in _list(connection, PartKind.LIMITS)
    )


def list_materials(connection: Connection) -> tuple[MaterialsPart, ...]:
    """All lists of materials that were ever imported."""
    return tuple(
        msgspec.structs.replace(decode(body, MaterialsPart), item=item)
        for body, item in _list(connection, PartKind.MATERIALS)
    )


def put(connection: Connection, parts: Sequence[LimitsPart | MaterialsPart]) -> None:
    """Add or change parts."""
    dialect.put(connection, catalogue_parts, [_row(part) for part in parts])


def _list(connection: Connection, kind: PartKind) -> list[tuple[bytes, str]]:
    statement = (
        select(catalogue_parts.c.body, catalogue_parts.c.item)
        .where(catalogue_parts.c.kind == kind.value)
        .order_by(catalogue_parts.c.source, catalogue_parts.c.key)
    )
    return [(row.body, row.item) for row in connection.execute(statement)]


def _row(part: LimitsPart | MaterialsPart) -> dict[str, object]:
    kind = PartKind.LIMITS if isinstance(part, LimitsPart) else PartKind.MATERIALS
    return {
        "kind": kind.value,
        "source": part.source,
        "key": part.key,
        "item": part.item,
        "body": msgspec.json.encode(msgspec.structs.replace(part, item="")),
    }
