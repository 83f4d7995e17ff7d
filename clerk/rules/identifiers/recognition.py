"""Which document a number may come from, where the clerk has not said so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clerk.contract.identity import IdKind
from clerk.rules.identifiers import organisation, resident, travel
from clerk.rules.identifiers.regions import NATIONAL, PROVINCES

if TYPE_CHECKING:
    from datetime import date

_CENTURIES = frozenset({"18", "19", "20"})
_DAY_OF_YEAR = re.compile(r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_FEWEST_DIGITS = 13
"""With so many digits and a wrong length, a number is explained as a resident number."""


def recognise(number: str, typed: str, today: date) -> tuple[IdKind, ...]:
    """The kinds that a normalised number may be, none if it is like nothing known.

    More than one means that a person must say; a wrong guess would be printed on legal paper.
    `typed` is the number before normalising: a hyphen tells an organisation code.
    """
    if len(number) == resident.LENGTH:
        return _recognise_18(number, today)
    if len(number) == resident.OLD_LENGTH:
        return _recognise_15(number)
    short = _recognise_short(number, typed)
    if short:
        return short
    if abs(len(number) - resident.LENGTH) == 1 and _letters_within(number) > 1:
        return (IdKind.USCC,)
    many_digits = sum(character.isdigit() for character in number) >= _FEWEST_DIGITS
    return (resident.kind_of(number),) if many_digits else ()


def _recognise_18(number: str, today: date) -> tuple[IdKind, ...]:
    """Eighteen characters: a person's number or a social credit code.

    One in 31 mistyped personal numbers has the check character of a credit code, so that alone
    makes no credit code of what is built like a personal number.
    """
    kind = resident.kind_of(number)
    personal = not resident.check_resident(number, kind, today).problems
    credit = not organisation.check_uscc(number).problems
    if credit and _is_credit_throughout(number):
        return (kind, IdKind.USCC) if personal else (IdKind.USCC,)
    if personal or _is_more_like_a_person(number):
        return (kind,)
    return (IdKind.USCC,)


def _is_credit_throughout(number: str) -> bool:
    """Whether region and inner organisation code are right too: one in 1,000 personal numbers."""
    region_known = number[2:4] in PROVINCES | {NATIONAL}
    return region_known and organisation.is_org_code(number[8:17])


def _is_more_like_a_person(number: str) -> bool:
    """Nothing is sure: few letters, and a century or a day of the year in its place."""
    dated = number[6:8] in _CENTURIES or _DAY_OF_YEAR.fullmatch(number[10:14])
    return _letters_within(number) <= 1 and (
        bool(dated) or number[2:4] not in PROVINCES | {NATIONAL}
    )


def _letters_within(number: str) -> int:
    """A credit code has two letters and more almost always, a personal number none but the last."""
    return sum(character.isalpha() for character in number[: resident.LENGTH - 1])


def _recognise_15(number: str) -> tuple[IdKind, ...]:
    """Fifteen characters: three old documents, or something cut short."""
    if travel.is_old_residence(number):
        return (IdKind.FOREIGN_PERMANENT_RESIDENCE,)
    kinds = []
    if resident.is_old_resident(number):
        kinds.append(IdKind.RESIDENT)
    if organisation.is_registration(number):
        kinds.append(IdKind.OLD_REGISTRATION)
    return tuple(kinds) or (resident.kind_of(number),)


def _recognise_short(number: str, typed: str) -> tuple[IdKind, ...]:
    """A passport's form fits most permits and organisation codes: ask, unless there is a sign."""
    org_code = organisation.is_org_code(number)
    if org_code and typed.strip()[-2] in "-－":
        return (IdKind.OLD_ORG_CODE,)
    kinds = []
    if not travel.check_permit(number).problems:
        kinds.append(IdKind.TRAVEL_PERMIT)
    if not travel.check_passport(number).problems:
        kinds.append(IdKind.PASSPORT)
    if org_code and not number[0].isalpha():
        kinds.append(IdKind.OLD_ORG_CODE)
    return tuple(kinds)
