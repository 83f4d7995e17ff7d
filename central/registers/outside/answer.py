"""An answer read by the description's mapping, or refused: never a wrong person's facts."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Any

import msgspec

from central.registers.description import Description, FieldMap, Mask
from central.registers.outside.failure import (
    NONSENSE,
    OLD_CODE,
    OTHER_PERSON,
    TWO_PEOPLE,
    RegisterError,
)
from clerk.clock import OFFICE_ZONE
from clerk.contract.identity import IdKind
from clerk.contract.register import RegisterFact
from clerk.rules.identifiers import mask_identifier, mask_phone
from clerk.rules.identifiers.masking import scrub
from clerk.rules.identifiers.organisation import (
    ORG_CODE_LENGTH,
    REGISTRATION_LENGTH,
    is_org_code,
    is_registration,
)
from clerk.rules.identifiers.problem import normalise

_MOST_TEXT = 300
_ORG_CODE = slice(8, 17)
"""Where a unified social credit code holds the organisation code of before (GB 32100)."""
_TRUE = frozenset({"true", "1", "y", "yes", "是"})
_MASKS = {Mask.IDENTIFIER: mask_identifier, Mask.PHONE: mask_phone, Mask.NONE: scrub}


class About(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an answer has to be about. `name` is empty where central does not know it."""

    id_kind: IdKind
    id_number: str
    name: str = ""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a register said about somebody; `found` false where it holds nobody."""

    found: bool
    as_of: datetime | None = None
    facts: tuple[RegisterFact, ...] = ()


def read_answer(raw: bytes, description: Description, about: About) -> Said:
    """The facts of an answer that is about the one asked for.

    Raises RegisterError: nonsense, another person's data, two people under one number, or an
    organisation under a code that the unified one has replaced.
    """
    try:
        told = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RegisterError(NONSENSE) from error
    if not isinstance(told, dict):
        raise RegisterError(NONSENSE)
    found = [_read_record(one, description, about) for one in _records(told, description)]
    if not found:
        return Said(found=False)
    if len({(name, said.facts) for name, said in found}) > 1:
        raise RegisterError(TWO_PEOPLE)
    return found[0][1]


def _records(told: dict[str, Any], description: Description) -> list[dict[str, Any]]:
    reply = description.reply
    if reply.found and not _is_true(_follow(told, reply.found)):
        return []
    if not reply.records:
        return [told]
    listed = _follow(told, reply.records)
    if listed is None:
        return []
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise RegisterError(NONSENSE)
    return listed


def _read_record(
    record: dict[str, Any], description: Description, about: About
) -> tuple[str, Said]:
    reply = description.reply
    _demand_same(_text(_follow(record, reply.number)), about)
    name = _text(_follow(record, reply.name)) if reply.name else ""
    if name and about.name and _plain(name) != _plain(about.name):
        raise RegisterError(OTHER_PERSON)
    facts = tuple(fact for field in description.fields if (fact := _fact(record, field)))
    as_of = _moment(_follow(record, reply.as_of)) if reply.as_of else None
    return _plain(name), Said(found=True, as_of=as_of, facts=facts)


def _demand_same(told: str, about: About) -> None:
    """An answer that does not say whose it is, is nobody's."""
    number = normalise(told)
    if not number:
        raise RegisterError(NONSENSE)
    if number == about.id_number:
        return
    if about.id_kind is IdKind.USCC:
        if len(number) == ORG_CODE_LENGTH and number == about.id_number[_ORG_CODE]:
            return
        old = len(number) == REGISTRATION_LENGTH and is_registration(number)
        if old or is_org_code(number):
            raise RegisterError(OLD_CODE)
    raise RegisterError(OTHER_PERSON)


def _fact(record: dict[str, Any], field: FieldMap) -> RegisterFact | None:
    text = _text(_follow(record, field.path))
    if not text:
        return None
    shown = _MASKS[field.mask](field.values.get(text, text))
    risky = text in field.risks or shown in field.risks
    return RegisterFact(
        key=field.key,
        label=field.label,
        value=shown,
        risk=risky,
        since=_day(record, field.since),
        until=_day(record, field.until),
    )


def _follow(record: object, path: str) -> object:
    for name in path.split("."):
        if not isinstance(record, dict):
            return None
        record = record.get(name)
    return record


def _text(value: object) -> str:
    """A value as text; what is no single value, too long or not to be shown is nonsense."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if not isinstance(value, str | int | float):
        raise RegisterError(NONSENSE)
    text = str(value).strip()
    if len(text) > _MOST_TEXT or not text.isprintable():
        raise RegisterError(NONSENSE)
    return text


def _moment(value: object) -> datetime | None:
    text = _text(value)
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise RegisterError(NONSENSE) from error
    return at if at.tzinfo else at.replace(tzinfo=OFFICE_ZONE)


def _day(record: dict[str, Any], path: str) -> date | None:
    """The office's day of a moment that the register tells, where it is asked for one."""
    at = _moment(_follow(record, path)) if path else None
    return at.astimezone(OFFICE_ZONE).date() if at else None


def _is_true(value: object) -> bool:
    return value is True or str(value).strip().lower() in _TRUE


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).replace("·", "").split()).casefold()
