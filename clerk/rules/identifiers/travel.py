"""Documents without a check digit that may be checked here: form only.

Passports have nine characters at most (ICAO 9303). Permits to travel to the mainland: H or M
and 8 digits, with the two of the issue on old cards, HA or MA and 7 digits for those who are
not Chinese nationals; Taiwan 8 digits, 10 with an issue letter on old ones. The permanent-
residence card before December 2023: three letters of the country, four digits of the place,
birth date without century, two more digits.
"""

from __future__ import annotations

import re
from datetime import date

from clerk.rules.identifiers.problem import (
    Findings,
    Problem,
    ProblemCode,
    find_character_problems,
)

PASSPORT_SHORTEST, PASSPORT_LONGEST = 5, 9
_CAPITALS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PERMIT = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?|[HM]A[0-9]{7}|[0-9]{8}|[0-9]{10}[A-Z]?")
_OLD_RESIDENCE = re.compile(r"[A-Z]{3}[0-9]{12}")


def check_passport(number: str) -> Findings:
    """Check a passport's form: five to nine capitals and digits, one digit at least."""
    problems = find_character_problems(number, _CAPITALS_AND_DIGITS)
    if not PASSPORT_SHORTEST <= len(number) <= PASSPORT_LONGEST:
        need = f"{PASSPORT_SHORTEST} - {PASSPORT_LONGEST}"
        problems = (Problem(ProblemCode.LENGTH, {"have": len(number), "need": need}), *problems)
    if not problems and not any(character.isdigit() for character in number):
        problems = (Problem(ProblemCode.FORM),)
    return Findings(problems)


def check_permit(number: str) -> Findings:
    """Check a travel permit's form."""
    if _PERMIT.fullmatch(number):
        return Findings()
    problems = find_character_problems(number, _CAPITALS_AND_DIGITS)
    return Findings(problems or (Problem(ProblemCode.FORM),))


def is_old_residence(number: str) -> bool:
    """Whether this has the form of a permanent-residence card before December 2023."""
    return _OLD_RESIDENCE.fullmatch(number) is not None


def check_old_residence(number: str) -> Findings:
    """Check the birth date of such a card; it has no century, and its check is not published."""
    digits = number[7:13]
    if any(_is_date(century + digits) for century in ("19", "20")):
        return Findings()
    return Findings((Problem(ProblemCode.BIRTH_DATE, {"first": 8, "last": 13}),))


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True
