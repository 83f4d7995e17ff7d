"""The licence catalogue (证照目录) from a workbook or TOML: checked whole, then published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from central.db import audit, catalogue, feed, offices
from central.db.engine import Connection
from central.imports.flows.records import (
    Complaint,
    Layout,
    Record,
    demand_file,
    read_table,
    read_toml_file,
    read_workbook,
    split_list,
)
from clerk.contract.licence import RENEWAL_DAYS, LicenceField, LicenceType, Validity
from clerk.decoding import convert
from clerk.rules.licence_type import wrong_type

_UNLIMITED = "长期"
_TABLE = "licence_types"
_COLUMNS = {"valid_months": "validity", "valid_until": "validity"}
"""The fields that a workbook has in one column."""
_WHOLE = re.compile(r"\d{1,5}")
_LAYOUT = Layout(
    name=_TABLE,
    sheets=("证照目录", "licence types"),
    columns={
        "id": ("证照编码", "编码", "id"),
        "name": ("证照名称", "名称", "name"),
        "department": ("颁发部门", "部门", "department"),
        "number": ("编号规则", "number"),
        "validity": ("有效期", "validity"),
        "fields": ("照面字段", "fields"),
        "replaces": ("可替代材料", "replaces"),
        "renewal_days": ("延续提前天数", "renewal days"),
    },
    required=("id", "name", "department"),
)


class Found(msgspec.Struct, frozen=True):
    """A type and the place it was read from."""

    kind: LicenceType
    where: str
    record: Record | None = None

    def complain(self, code: str, parameters: dict[str, str], field: str = "") -> Complaint:
        """What is wrong with it; a row has a cell for some fields, and is marked for others."""
        where = f"{self.where} · {field}" if field else self.where
        spot = self.record.spot(_COLUMNS.get(field, field)) if self.record is not None else None
        return Complaint(where, code, parameters, spot=spot)


class TypesFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a file tells, and what is wrong with it; nothing of it is published yet."""

    found: tuple[Found, ...]
    complaints: tuple[Complaint, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file: refused whole where anything in it is wrong."""

    read: int
    changed: int
    complaints: tuple[Complaint, ...] = ()


def read_types(path: Path) -> TypesFile:
    """Read a file; raises InputError where it is no such file."""
    demand_file(path)
    found: list[Found] = []
    complaints: list[Complaint] = []
    for one in _read_toml(path) if path.suffix.lower() == ".toml" else _read_book(path):
        if isinstance(one, Found):
            found.append(one)
            for field, code, parameters in wrong_type(one.kind):
                complaints.append(one.complain(code, parameters, field))
        else:
            complaints.append(one)
    complaints += _twins(found)
    return TypesFile(found=tuple(found), complaints=tuple(complaints))


def import_types(connection: Connection, file: TypesFile, at: datetime, actor: str) -> Imported:
    """Publish what is new or otherwise, all in the caller's transaction, or nothing at all."""
    kinds, strangers = _with_departments(connection, file.found)
    complaints = (*file.complaints, *strangers)
    if complaints:
        return Imported(read=len(file.found), changed=0, complaints=complaints)
    changes = [
        catalogue.put_licence_type(connection, kind)
        for kind in kinds
        if catalogue.find_licence_type(connection, kind.id) != kind
    ]
    detail = {"read": str(len(kinds)), "changed": str(len(changes))}
    entry = audit.Entry(
        at=at, actor=actor, action="import.licence_types", subject=_TABLE, detail=detail
    )
    audit.append(connection, entry)
    feed.announce(connection, changes)
    return Imported(read=len(kinds), changed=len(changes))


def _with_departments(
    connection: Connection, found: tuple[Found, ...]
) -> tuple[list[LicenceType], list[Complaint]]:
    """The types with the ids of their departments, which a file may call by name."""
    known = offices.list_departments(connection)
    ids = {one.name: one.id for one in known} | {one.id: one.id for one in known}
    kinds, strangers = [], []
    for one in found:
        told = one.kind.department
        if told in ids:
            kinds.append(msgspec.structs.replace(one.kind, department=ids[told]))
        else:
            stranger = one.complain("licence_type.department", {"department": told}, "department")
            strangers.append(msgspec.structs.replace(stranger, where=one.where))
    return kinds, strangers


def _read_toml(path: Path) -> Iterator[Found | Complaint]:
    for where, plain in read_table(read_toml_file(path).get(_TABLE), _TABLE):
        unknown = next((key for key in plain if key not in LicenceType.__struct_fields__), None)
        if unknown is not None:
            yield Complaint(f"{where}.{unknown}", "licence_type.key")
            continue
        try:
            yield Found(convert(plain, LicenceType), where)
        except msgspec.ValidationError as error:
            yield Complaint(where, "licence_type.value", {"problem": str(error)})


def _read_book(path: Path) -> Iterator[Found | Complaint]:
    for record in read_workbook(path, _LAYOUT):
        try:
            yield Found(_from_record(record), record.where(), record)
        except _OddError as odd:
            yield record.complain(odd.column, "licence_type.cell", {"value": odd.value})


class _OddError(Exception):
    """A cell that says nothing we know."""

    def __init__(self, column: str, value: str) -> None:
        super().__init__(column)
        self.column = column
        self.value = value


def _from_record(record: Record) -> LicenceType:
    days = record["renewal_days"]
    if days and not _WHOLE.fullmatch(days):
        raise _OddError("renewal_days", days)
    return LicenceType(
        id=record["id"],
        name=record["name"],
        department=record["department"],
        number=record["number"],
        fields=tuple(_field(one) for one in split_list(record["fields"])),
        replaces=tuple(split_list(record["replaces"])),
        renewal_days=int(days) if days else RENEWAL_DAYS,
        **_validity(record["validity"]),
    )


def _validity(text: str) -> dict[str, Any]:
    """Months (with or without 个月), a day, or 长期; empty leaves it to the item."""
    months = text.removesuffix("个月").strip()
    if not text:
        return {}
    if text == _UNLIMITED:
        return {"validity": Validity.UNLIMITED}
    if _WHOLE.fullmatch(months):
        return {"validity": Validity.TERM, "valid_months": int(months)}
    try:
        return {"validity": Validity.UNTIL, "valid_until": date.fromisoformat(text[:10])}
    except ValueError:
        raise _OddError("validity", text) from None


def _field(text: str) -> LicenceField:
    label, sign, source = text.replace("＝", "=").partition("=")
    if not sign:
        raise _OddError("fields", text)
    return LicenceField(label=label.strip(), source=source.strip())


def _twins(found: list[Found]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for one in found:
        if one.kind.id in seen:
            yield one.complain("licence_type.twice", {"id": one.kind.id})
        seen.add(one.kind.id)
