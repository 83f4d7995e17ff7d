"""What a type of the licence catalogue says of its licences: number, last day, what is wrong."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from clerk.contract.item import Result
from clerk.contract.licence import LicenceType, Validity
from clerk.contract.party import Party

_MONTHS = 12
_MOST_WIDTH = 12
_MOST_NUMBER = 64
_SLOT = re.compile(r"\{(n|year)(?::0?(\d{1,2}))?\}")
_PARTY_SOURCES = frozenset({"name", "address", "representative", "id_number"})


def last_day(issued_on: date, months: int) -> date | None:
    """The last day of a licence: the one before its day comes round; None for 0 months.

    Where the month has no such day, its last one is the last day.
    """
    if not months:
        return None
    years, month = divmod(issued_on.month - 1 + months, _MONTHS)
    year, month = issued_on.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    if issued_on.day > last:
        return date(year, month, last)
    return date(year, month, issued_on.day) - timedelta(days=1)


def valid_until(kind: LicenceType | None, result: Result, issued_on: date) -> date | None:
    """The last day by the type's own validity, else by the item's months."""
    match kind.validity if kind else None:
        case Validity.UNTIL:
            assert kind is not None, "what has a validity is a type"
            return kind.valid_until
        case Validity.UNLIMITED:
            return None
        case Validity.TERM:
            assert kind is not None, "what has a validity is a type"
            return last_day(issued_on, kind.valid_months)
        case None:
            return last_day(issued_on, result.valid_months)


def counts_by_year(rule: str) -> bool:
    """Whether numbers begin at 1 again each year: only where the year is in them."""
    return not rule or "{year}" in rule


def licence_number(type_id: str, rule: str, year: int, n: int) -> str:
    """The n-th number of a type."""
    if not rule:
        return f"{type_id}-{year}-{n:06d}".upper()

    def fill(slot: re.Match[str]) -> str:
        value = n if slot[1] == "n" else year
        return f"{value:0{int(slot[2] or 1)}d}"

    return _SLOT.sub(fill, rule)


def field_value(source: str, party: Party, fields: Mapping[str, str]) -> str:
    """What stands in a line of a licence; empty where nothing was given."""
    kind, _, key = source.partition(".")
    if source.startswith("fixed:"):
        return source.removeprefix("fixed:")
    return fields.get(key, "") if kind == "form" else str(getattr(party, key))


def wrong_type(kind: LicenceType) -> Iterator[tuple[str, str, dict[str, str]]]:
    """What keeps a type out of the catalogue: the field, the code, its parameters."""
    if not kind.id.strip() or not kind.name.strip():
        yield "id", "licence_type.unnamed", {}
    if kind.number and not _is_rule(kind.number):
        yield "number", "licence_type.number", {"rule": kind.number}
    if kind.validity is Validity.TERM and kind.valid_months <= 0:
        yield "valid_months", "licence_type.no_months", {}
    if kind.validity is Validity.UNTIL and kind.valid_until is None:
        yield "valid_until", "licence_type.no_day", {}
    if kind.valid_months < 0 or kind.renewal_days < 0:
        yield "valid_months", "licence_type.negative", {}
    for one in kind.fields:
        if not one.label.strip() or not _is_source(one.source):
            yield "fields", "licence_type.source", {"source": one.source}


def _is_rule(rule: str) -> bool:
    slots = list(_SLOT.finditer(rule))
    rest = _SLOT.sub("", rule)
    widths = all(int(slot[2] or 1) <= _MOST_WIDTH for slot in slots)
    numbered = sum(slot[1] == "n" for slot in slots) == 1
    plain = rest.isprintable() and not any(mark in rest for mark in "{}/?#%& ")
    return numbered and widths and plain and len(rule) <= _MOST_NUMBER


def _is_source(source: str) -> bool:
    kind, _, key = source.partition(".")
    if source.startswith("fixed:"):
        return bool(source.removeprefix("fixed:").strip())
    return (kind == "form" and bool(key)) or (kind == "applicant" and key in _PARTY_SOURCES)
