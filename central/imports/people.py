"""Rows of the population and organisation registers, checked one by one.

Notes never hold a number or a name: row and column are enough to find them in the file.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from central.db.people import Organisation, Person
from central.imports.report import Notes
from central.imports.table import Line, Table
from central.imports.values import is_rounded
from clerk.contract.identity import IdKind, Sex
from clerk.rules.identifiers import resident
from clerk.rules.identifiers.organisation import ORG_CODE_LENGTH, REGISTRATION_LENGTH
from clerk.rules.identifiers.reading import Reading, read_identifier

_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T]00:00(?::00)?)?")
_SEXES = {
    "男": Sex.MALE,
    "男性": Sex.MALE,
    "1": Sex.MALE,
    "m": Sex.MALE,
    "male": Sex.MALE,
    "女": Sex.FEMALE,
    "女性": Sex.FEMALE,
    "2": Sex.FEMALE,
    "f": Sex.FEMALE,
    "female": Sex.FEMALE,
}
_KINDS = (
    (IdKind.HMT_RESIDENCE, ("居住证",)),
    (IdKind.FOREIGN_PERMANENT_RESIDENCE, ("永久居留",)),
    (IdKind.TRAVEL_PERMIT, ("通行证", "回乡证", "台胞证")),
    (IdKind.PASSPORT, ("护照",)),
    (IdKind.RESIDENT, ("身份证", "户口簿")),
)
_OLD_CODES = {
    ORG_CODE_LENGTH: IdKind.OLD_ORG_CODE,
    REGISTRATION_LENGTH: IdKind.OLD_REGISTRATION,
}
"""What a body's number of another length is read as, so that it is named when it is refused."""
_LONGEST = {"name": 200, "address": 500, "phone": 32, "kind": 64, "status": 32}


def read_person(
    line: Line, table: Table, origin: tuple[str, datetime], notes: Notes
) -> Person | None:
    """The person that one row tells; None where it is refused. `origin` is source and time."""
    source, as_of = origin
    if not _check_texts(line, table, ("name", "address", "phone"), notes):
        return None
    kind = read_kind(line, "id_kind", table, notes)
    if kind is None:
        return None
    if kind is IdKind.UNKNOWN and len(line["id_number"]) == resident.LENGTH:
        kind = resident.kind_of(line["id_number"].upper())  # no organisation is among people
    reading = read_number(line, "id_number", kind, as_of.date(), (table, notes))
    if reading is None:
        return None
    born, sex = resident.birth_and_sex(reading.number)
    return Person(
        id_number=reading.number,
        id_kind=reading.kind,
        name=line["name"],
        source=source,
        as_of=as_of,
        sex=_read_sex(line, table, sex, notes),
        birth_date=_read_birth(line, table, born, notes),
        address=line["address"],
        phone=line["phone"],
    )


def read_organisation(
    line: Line, table: Table, origin: tuple[str, datetime], notes: Notes
) -> Organisation | None:
    """The body that one row tells; None where it is refused. `origin` is source and time."""
    source, as_of = origin
    texts = ("name", "address", "phone", "kind", "status")
    if not _check_texts(line, table, texts, notes):
        return None
    kind = _OLD_CODES.get(len(line["uscc"].replace("-", "")), IdKind.USCC)
    reading = read_number(line, "uscc", kind, as_of.date(), (table, notes))
    if reading is None:
        return None
    return Organisation(
        uscc=reading.number,
        name=line["name"],
        source=source,
        as_of=as_of,
        kind=line["kind"],
        representative_name=line["representative_name"],
        representative_id=_read_representative(line, table, as_of.date(), notes),
        address=line["address"],
        phone=line["phone"],
        established_on=_read_date(line, "established_on", table, notes),
        status=line["status"],
    )


def read_date(text: str) -> date | None:
    """A date as offices write it: 2020-01-02, 2020/1/2, 20200102, 2020年1月2日."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def read_kind(line: Line, column: str, table: Table, notes: Notes) -> IdKind | None:
    """The document that a row names; UNKNOWN where it names none, None where it is refused."""
    text = unicodedata.normalize("NFKC", line[column]).casefold()
    if not text:
        return IdKind.UNKNOWN
    for kind, words in _KINDS:
        if text == kind.value or any(word in text for word in words):
            return kind
    notes.refuse(line.row, table.column(column), "person.kind_unread")
    return None


def read_number(
    line: Line, name: str, kind: IdKind, today: date, told: tuple[Table, Notes]
) -> Reading | None:
    """The number in a column; None where it is refused, with every reason noted."""
    table, notes = told
    column = table.column(name)
    if is_rounded(line[name]):
        notes.refuse(line.row, column, "value.rounded")
        return None
    reading = read_identifier(line[name], kind, today=today)
    for problem in reading.problems:
        notes.refuse(line.row, column, problem.code.value, **_plain(problem.parameters))
    for warning in reading.warnings:
        notes.warn(line.row, column, warning.code.value, **_plain(warning.parameters))
    return reading if reading.valid else None


def _check_texts(line: Line, table: Table, columns: tuple[str, ...], notes: Notes) -> bool:
    if not line["name"]:
        notes.refuse(line.row, table.column("name"), "person.name_empty")
        return False
    long = [column for column in columns if len(line[column]) > _LONGEST[column]]
    for column in long:
        notes.refuse(line.row, table.column(column), "value.too_long", most=_LONGEST[column])
    return not long


def _plain(parameters: dict[str, int | str]) -> dict[str, str | int]:
    return dict(parameters)


def _read_sex(line: Line, table: Table, sure: Sex | None, notes: Notes) -> str:
    """What the number says counts; a row that says otherwise is noted."""
    text = line["sex"]
    told = _SEXES.get(text.casefold())
    if text and told is None:
        notes.warn(line.row, table.column("sex"), "value.unread")
    if told is not None and sure is not None and told is not sure:
        notes.warn(line.row, table.column("sex"), "person.sex_contradicts")
    known = sure or told
    return known.value if known else ""


def _read_birth(line: Line, table: Table, sure: date | None, notes: Notes) -> date | None:
    told = _read_date(line, "birth_date", table, notes)
    if told is not None and sure is not None and told != sure:
        notes.warn(line.row, table.column("birth_date"), "person.birth_contradicts")
    return sure or told


def _read_date(line: Line, column: str, table: Table, notes: Notes) -> date | None:
    found = read_date(line[column])
    if found is None and line[column]:
        notes.warn(line.row, table.column(column), "value.unread")
    return found


def _read_representative(line: Line, table: Table, today: date, notes: Notes) -> str:
    text = line["representative_id"]
    if not text:
        return ""
    reading = read_identifier(text, today=today)
    if is_rounded(text) or not reading.valid:
        column = table.column("representative_id")
        notes.warn(line.row, column, "organisation.representative_unread")
        return ""
    return reading.number
