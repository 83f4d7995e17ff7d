"""Form fields as typed: what they hold, and whether it can be what the field asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from clerk.contract.answer import Refusal
from clerk.contract.item import Field, FieldKind
from clerk.rules.checklist import FieldLine, applies
from clerk.rules.identifiers import read_identifier

_PHONE = re.compile(r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})$")

MASKED = frozenset({FieldKind.IDENTIFIER, FieldKind.PHONE})
"""A desk sees these masked: at a case it knows whether they are there, and no more."""


def value_of(line: FieldLine, typed: Mapping[str, str], facts: Mapping[str, str]) -> str:
    """What was typed, else what the applicant's card knows already."""
    if line.key in typed:
        return typed[line.key]
    return facts.get(line.field.prefill, "") if line.field.prefill else ""


def check_field(line: FieldLine, text: str, today: date) -> Refusal | None:
    """Why a field cannot stay as it is, or nothing."""
    field, text = line.field, text.strip()
    if not text:
        return _wrong("field.missing", line) if line.required else None
    if len(text) > field.max_length:
        return _wrong("field.too_long", line, most=str(field.max_length), length=str(len(text)))
    check = _CHECKS.get(field.kind)
    code = check(field, text, today) if check else ""
    return _wrong(code, line) if code else None


def lines_of(fields: Iterable[Field], answers: Mapping[str, str]) -> tuple[FieldLine, ...]:
    """The fields of one item that apply under its own answers."""
    return tuple(
        FieldLine(key=one.key, field=one, serves=(), required=one.required)
        for one in fields
        if applies(one.when, answers)
    )


def _wrong(code: str, line: FieldLine, **parameters: str) -> Refusal:
    return Refusal(code=code, field=line.key, parameters={"label": line.field.label, **parameters})


def _number(_field: Field, text: str, _today: date) -> str:
    return "" if _decimal(text) is not None else "field.not_a_number"


def _money(_field: Field, text: str, _today: date) -> str:
    amount = _decimal(text)
    return "" if amount is not None and amount >= 0 else "field.not_money"


def _date(_field: Field, text: str, _today: date) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        return "field.not_a_date"
    return ""


def _choice(field: Field, text: str, _today: date) -> str:
    return "" if text in {one.key for one in field.options} else "field.not_an_option"


def _phone(_field: Field, text: str, _today: date) -> str:
    return "" if _PHONE.match(text.replace(" ", "")) else "field.not_a_phone"


def _identifier(_field: Field, text: str, today: date) -> str:
    return "" if read_identifier(text, today=today).valid else "field.not_an_identifier"


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


_CHECKS: dict[FieldKind, Callable[[Field, str, date], str]] = {
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.PHONE: _phone,
    FieldKind.IDENTIFIER: _identifier,
}
