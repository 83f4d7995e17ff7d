"""The sample's items: short ones as rows of items.csv, complete ones as a file each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from central.sample.files import convert, list_files, read_rows, read_toml
from clerk.contract.item import Department, Item
from clerk.contract.licence import LicenceType
from clerk.errors import InputError

SOURCE = "sample"
"""The source of every item here; an office's own catalogue comes from another."""

REGION = "620100"
"""The division that the demo city borrows."""

_COLUMNS = {"code": "code", "name": "name", "department": "department", "theme": "theme"}
_COLUMNS |= {"type": "type_name", "audience": "audience"}
_YES_OR_NO = {"yes": True, "no": False}


def load_items(
    departments: Mapping[str, Department], licence_types: Mapping[str, LicenceType]
) -> tuple[Item, ...]:
    """All items, the complete ones last."""
    short = [
        _item(_from_row(row, licence_types, f"row {number}"), departments, "items.csv", row["code"])
        for number, row in read_rows("items.csv")
    ]
    shared = read_toml("shared.toml")
    whole = [
        _item(_with_shared(read_toml(file), shared, file), departments, file, "item")
        for file in list_files("complete")
    ]
    return (*short, *whole)


def _item(
    plain: dict[str, Any], departments: Mapping[str, Department], file: str, key: str
) -> Item:
    """What every item of the sample has in common, added to what its file says."""
    department = departments.get(str(plain.get("department")))
    if department is None:
        raise InputError("sample.unknown_department", file=file, key=f"{key}.department")
    made = {
        "id": plain.get("code"),
        "version": 1,
        "department_name": department.name,
        "source": SOURCE,
        "region": REGION,
    }
    return convert(plain | made, Item, file, key)


def _from_row(
    row: Mapping[str, str], licence_types: Mapping[str, LicenceType], key: str
) -> dict[str, Any]:
    """A row of items.csv in the shape of an item; its limits count working days."""
    plain: dict[str, Any] = {name: row[column] for column, name in _COLUMNS.items()}
    plain["statutory"] = {"amount": _number(row, "statutory_days", key)}
    plain["promised"] = {"amount": _number(row, "promised_days", key)}
    plain["legal_basis"] = [{"law": row["law"], "article": row["article"]}]
    plain["result"] = {
        "kind": row["result"],
        "name": row["result_name"],
        "licence_type": row["licence_type"],
        "valid_months": _months(row["licence_type"], licence_types, key),
        "produced": _flag(row, "produced", key),
    }
    return plain


def _number(row: Mapping[str, str], column: str, key: str) -> int:
    if not row[column].isdecimal():
        raise InputError("sample.not_a_number", file="items.csv", key=f"{key}.{column}")
    return int(row[column])


def _flag(row: Mapping[str, str], column: str, key: str) -> bool:
    if row[column] not in _YES_OR_NO:
        raise InputError("sample.not_yes_or_no", file="items.csv", key=f"{key}.{column}")
    return _YES_OR_NO[row[column]]


def _months(licence_type: str, licence_types: Mapping[str, LicenceType], key: str) -> int:
    """How long a row's licence is valid: as the licence catalogue says."""
    if not licence_type:
        return 0
    if licence_type not in licence_types:
        raise InputError("sample.unknown_licence_type", file="items.csv", key=f"{key}.licence_type")
    return licence_types[licence_type].valid_months


def _with_shared(plain: dict[str, Any], shared: dict[str, Any], file: str) -> dict[str, Any]:
    """An item whose shared materials and fields take from shared.toml what they leave out."""
    filled = {
        part: [_fill(one, shared[part], f"{file} {part}") for one in plain.get(part, ())]
        for part in ("materials", "fields")
    }
    return plain | filled


def _fill(plain: dict[str, Any], shared: dict[str, Any], place: str) -> dict[str, Any]:
    name = plain.get("shared", "")
    if not name:
        return plain
    if name not in shared:
        raise InputError("sample.unknown_shared", file=place, key=name)
    return {"key": name, **shared[name], **plain}
