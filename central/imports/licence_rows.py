"""Rows of a list of licences, checked one by one (证照库)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from central.db.licence_loads import LoadedLicence
from central.imports.people import read_date, read_kind, read_number
from central.imports.report import Notes
from central.imports.table import Line, Table
from central.imports.values import is_rounded
from clerk.contract.licence import LicenceStatus

_LONGEST = {"number": 128, "holder_name": 200, "issuer": 200}
_STATUSES = (
    (LicenceStatus.REVOKED, ("吊销", "撤销", "注销", "撤回", "作废", "revoked")),
    (LicenceStatus.SUSPENDED, ("暂停", "暂扣", "冻结", "suspended")),
    (LicenceStatus.VALID, ("有效", "正常", "valid")),
)
_ENDLESS = frozenset({"长期", "长期有效", "永久", "永久有效", "无固定期限"})


def read_licence(
    line: Line, table: Table, origin: tuple[str, datetime], notes: Notes, types: Mapping[str, str]
) -> LoadedLicence | None:
    """The licence that one row tells; None where it is refused. `types` are ids by id and name."""
    source, as_of = origin
    kind = types.get(line["type"])
    if kind is None:
        notes.refuse(line.row, table.column("type"), "licence.type_unknown")
        return None
    holder_kind = read_kind(line, "holder_kind", table, notes)
    if holder_kind is None or not _check_texts(line, table, notes):
        return None
    holder = read_number(line, "holder_number", holder_kind, as_of.date(), (table, notes))
    days, status = _read_days(line, table, notes), _read_status(line, table, notes)
    if holder is None or days is None or status is None:
        return None
    return LoadedLicence(
        type=kind,
        number=line["number"],
        holder_kind=holder.kind,
        holder_number=holder.number,
        holder_name=line["holder_name"],
        issuer=line["issuer"] or source,
        issued_on=days[0],
        valid_until=days[1],
        status=status,
        source=source,
        as_of=as_of,
    )


def _check_texts(line: Line, table: Table, notes: Notes) -> bool:
    for column in ("number", "holder_name"):
        if not line[column]:
            notes.refuse(line.row, table.column(column), "person.name_empty")
            return False
    if is_rounded(line["number"]):
        notes.refuse(line.row, table.column("number"), "value.rounded")
        return False
    long = [column for column, most in _LONGEST.items() if len(line[column]) > most]
    for column in long:
        notes.refuse(line.row, table.column(column), "value.too_long", most=_LONGEST[column])
    return not long


def _read_days(line: Line, table: Table, notes: Notes) -> tuple[date, date | None] | None:
    """When it was issued and until when it holds; a licence with a wrong day is refused."""
    issued, until = read_date(line["issued_on"]), read_date(line["valid_until"])
    if issued is None:
        notes.refuse(line.row, table.column("issued_on"), "licence.date_unread")
        return None
    if until is None and line["valid_until"] not in _ENDLESS | {""}:
        notes.refuse(line.row, table.column("valid_until"), "licence.date_unread")
        return None
    if until is not None and until < issued:
        notes.refuse(line.row, table.column("valid_until"), "licence.ends_before")
        return None
    return issued, until if until is None or until.year < date.max.year else None


def _read_status(line: Line, table: Table, notes: Notes) -> LicenceStatus | None:
    """What it is worth: nothing told is valid; a word that is not known is never taken for it."""
    text = line["status"].casefold()
    if not text:
        return LicenceStatus.VALID
    for status, words in _STATUSES:
        if text in words:
            return status
    notes.refuse(line.row, table.column("status"), "licence.status_unread")
    return None
