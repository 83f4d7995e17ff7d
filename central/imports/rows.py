"""Rows of the three catalogue files, checked one by one; what is odd or unusable is noted."""

from __future__ import annotations

import re

import msgspec

from central.imports.codes import CodeForm, read_code
from central.imports.report import Notes
from central.imports.table import Line, Table
from central.imports.values import (
    MOST_SEQ,
    has_chinese,
    is_plain_count,
    is_rounded,
    read_counts,
    read_limit,
    read_necessity,
    read_source,
)
from clerk.contract.item import Material, MaterialSource, Necessity
from clerk.contract.limits import Limit
from clerk.rules.identifiers.organisation import check_uscc, is_org_code

LONGEST_CODE = 64
LONGEST_SOURCE = 64
LONGEST_ID = 200
LONGEST_NAME = 500
STATUTORY = Limit(20)
"""The limit of an item that names none (行政许可法 Art. 42)."""
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/()-]*")
_PSEUDO = "TE"
"""Bodies without a social credit code were given one that begins so."""


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """A usable row of a list of items."""

    row: int
    source: str
    region: str
    department: str
    name: str
    code: str
    type_name: str


class LimitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A usable row of limits; it joins its item by source, department and name."""

    row: int
    source: str
    department: str
    name: str
    item_id: str
    promised: Limit | None
    statutory: Limit | None


class MaterialRow(msgspec.Struct, frozen=True, kw_only=True):
    """A usable row of materials; `item_id` is told by a row of limits, or is the item's code."""

    row: int
    source: str
    item_id: str
    seq: int
    material: Material


def read_item_row(line: Line, table: Table, source: str, notes: Notes) -> ItemRow | None:
    """The item that one row tells; None where it is refused.

    `source` stands in where the file names none.
    """
    place, code = line["source"] or source, line["code"]
    if not _check_names(line, table, place, notes):
        return None
    if not _check_code(line.row, table.column("code"), code, notes):
        return None
    return ItemRow(
        row=line.row,
        source=place,
        region=line["region_code"],
        department=line["department"],
        name=line["name"],
        code=code,
        type_name=line["task_type_name"],
    )


def read_limit_row(line: Line, table: Table, source: str, notes: Notes) -> LimitRow | None:
    """The limits that one row tells; None where it is refused."""
    place = line["source"] or source
    if not _check_names(line, table, place, notes):
        return None
    if not _fits(line, table, {"item_id": LONGEST_ID}, notes):
        return None
    return read_limits(line, table, place, notes)


def read_limits(line: Line, table: Table, source: str, notes: Notes) -> LimitRow:
    """The limits of a row whose names are usable."""
    promised = _read_limit(line, "promise", "unit", table, notes)
    statutory = None
    if line["statutory"]:
        statutory = _read_limit(line, "statutory", "statutory_unit", table, notes)
    _warn_of_long_promise(line, table, promised, statutory or STATUTORY, notes)
    return LimitRow(
        row=line.row,
        source=source,
        department=line["department"],
        name=line["name"],
        item_id=line["item_id"],
        promised=promised,
        statutory=statutory,
    )


def read_material_row(line: Line, table: Table, source: str, notes: Notes) -> MaterialRow | None:
    """The material that one row tells; None where it is refused."""
    place, item_id, name = line["source"] or source, line["item_id"], line["material"]
    if not item_id:
        notes.refuse(line.row, table.column("item_id"), "material.item_empty")
        return None
    if not name:
        notes.refuse(line.row, table.column("material"), "material.name_empty")
        return None
    if not _fits(line, table, {"item_id": LONGEST_ID, "material": LONGEST_NAME}, notes):
        return None
    if not has_chinese(name):
        notes.warn(line.row, table.column("material"), "material.name_odd")
    originals, copies = _read_counts(line, table, notes)
    source_kind = _read_source(line, table, notes)
    _warn_of_medium(line, table, notes)
    return MaterialRow(
        row=line.row,
        source=place,
        item_id=item_id,
        seq=_read_seq(line, table, notes),
        material=Material(
            key="",
            name=name,
            necessity=_read_necessity(line, table, notes),
            originals=originals,
            copies=copies,
            medium=line["medium"],
            source=source_kind,
            source_note=line["source_channel"],
            note=line["note"],
        ),
    )


def _check_names(line: Line, table: Table, source: str, notes: Notes) -> bool:
    for column in ("name", "department"):
        if not line[column]:
            notes.refuse(line.row, table.column(column), f"item.{column}_empty")
            return False
    if len(source) > LONGEST_SOURCE:
        notes.refuse(line.row, table.column("source"), "value.too_long", most=LONGEST_SOURCE)
        return False
    return _fits(line, table, {"name": LONGEST_NAME, "department": LONGEST_NAME}, notes)


def _fits(line: Line, table: Table, most: dict[str, int], notes: Notes) -> bool:
    long = [column for column, length in most.items() if len(line[column]) > length]
    for column in long:
        notes.refuse(line.row, table.column(column), "value.too_long", most=most[column])
    return not long


def _check_code(row: int, column: str, code: str, notes: Notes) -> bool:
    """Codes are kept verbatim and warned about; only one that lost its digits is refused."""
    if not code:
        notes.warn(row, column, "code.empty")
        return True
    if len(code) > LONGEST_CODE:
        notes.refuse(row, column, "value.too_long", most=LONGEST_CODE)
        return False
    if is_rounded(code):
        notes.refuse(row, column, "value.rounded")
        return False
    if not _CODE.fullmatch(code):
        notes.warn(row, column, "code.characters", value=code)
    _warn_of_subject(row, column, code, notes)
    return True


def _warn_of_subject(row: int, column: str, code: str, notes: Notes) -> None:
    """Say what is odd about the body that a code names."""
    form, subject = read_code(code)
    if subject.startswith(_PSEUDO):
        notes.warn(row, column, "code.pseudo", value=code)
    elif form is CodeForm.OTHER:
        notes.warn(row, column, "code.form_unknown", value=code)
    elif is_org_code(subject.replace("-", "")):
        notes.warn(row, column, "code.old_organisation", value=subject)
    elif subject and check_uscc(subject).problems:
        notes.warn(row, column, "code.organisation_wrong", value=subject)


def _read_limit(line: Line, column: str, unit: str, table: Table, notes: Notes) -> Limit | None:
    text = line[column]
    if not text:
        notes.warn(line.row, table.column(column), "limit.blank")
        return None
    limit = read_limit(text, line[unit])
    if limit is None:
        notes.warn(line.row, table.column(column), "limit.unread", value=f"{text}{line[unit]}")
    elif not text.isdecimal():
        notes.warn(line.row, table.column(column), "limit.text", value=text)
    return limit


def _warn_of_long_promise(
    line: Line, table: Table, promised: Limit | None, statutory: Limit, notes: Notes
) -> None:
    """The promised limit is the shorter one; the two are compared in like units only."""
    if promised is None or promised.unit is not statutory.unit:
        return
    if promised.amount > statutory.amount:
        notes.warn(
            line.row,
            table.column("promise"),
            "limit.longer_than_statutory",
            promised=promised.amount,
            statutory=statutory.amount,
        )


def _read_counts(line: Line, table: Table, notes: Notes) -> tuple[int, int]:
    form, copies = line["orig_or_copy"], line["copies"]
    counts = read_counts(form, copies)
    if counts is None:
        column = "copies" if copies else "orig_or_copy"
        notes.warn(line.row, table.column(column), "material.copies_unread", value=copies or form)
        return 0, 0
    if not is_plain_count(copies):
        notes.warn(line.row, table.column("copies"), "material.copies_text", value=copies)
    return counts


def _read_necessity(line: Line, table: Table, notes: Notes) -> Necessity:
    """A material of which nothing is said is asked for; the note lets somebody say otherwise."""
    text = line["necessity"]
    necessity = read_necessity(text)
    if necessity is None:
        code = "material.necessity_unread" if text else "material.necessity_blank"
        notes.warn(line.row, table.column("necessity"), code, value=text)
    return necessity or Necessity.REQUIRED


def _read_source(line: Line, table: Table, notes: Notes) -> MaterialSource:
    text = line["source_channel"]
    source = read_source(text)
    if source is None:
        notes.warn(line.row, table.column("source_channel"), "material.source_unread", value=text)
    return source or MaterialSource.OTHER


def _warn_of_medium(line: Line, table: Table, notes: Notes) -> None:
    if line["medium"] and not has_chinese(line["medium"]):
        notes.warn(line.row, table.column("medium"), "material.medium_code", value=line["medium"])


def _read_seq(line: Line, table: Table, notes: Notes) -> int:
    text = line["seq"]
    if text.isdecimal() and len(text) <= len(str(MOST_SEQ)):
        return int(text)
    notes.warn(line.row, table.column("seq"), "material.seq_unread", value=text)
    return 0
