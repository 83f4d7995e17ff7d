"""What can be wrong with an identity number: codes with parameters, never the number itself."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

import msgspec

_BETWEEN = frozenset("()\u2212")
"""The brackets of a permit's issue letter, and the minus sign, which is no dash to Unicode."""


class ProblemCode(StrEnum):
    """Codes of problems and warnings; each has its sentence in the language of the user."""

    EMPTY = "identifier.empty"
    LENGTH = "identifier.length"
    CHARACTER = "identifier.character"
    FORM = "identifier.form"
    CHECK_DIGIT = "identifier.check_digit"
    BIRTH_DATE = "identifier.birth_date"
    BIRTH_FUTURE = "identifier.birth_future"
    KIND_MISMATCH = "identifier.kind_mismatch"
    AMBIGUOUS = "identifier.ambiguous"
    UNKNOWN = "identifier.unknown"
    OLD_RESIDENT = "identifier.old_resident"
    OLD_ORG_CODE = "identifier.old_org_code"
    OLD_REGISTRATION = "identifier.old_registration"
    REGION_UNKNOWN = "identifier.region_unknown"
    AGE_UNLIKELY = "identifier.age_unlikely"


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong or odd. Positions count from 1, as a person counts."""

    code: ProblemCode
    parameters: dict[str, int | str] = {}


class Findings(msgspec.Struct, frozen=True):
    """What a check found: problems make the number unusable, warnings only want a second look."""

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def normalise(text: str) -> str:
    """The number as it is stored: half-width, upper case, without spaces, dashes and controls."""
    if text.isascii() and text.isalnum():
        return text.upper()  # nearly all are so, and a bootstrap masks millions
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(character for character in plain if not _stands_between(character))
    # A lone accent was a space with a mark: without the space it joins the letter before it.
    return unicodedata.normalize("NFKC", kept).upper()


def find_length_problems(number: str, *lengths: int) -> tuple[Problem, ...]:
    """A problem that says how many characters there are and how many there should be."""
    if len(number) in lengths:
        return ()
    need = " / ".join(str(length) for length in lengths)
    return (Problem(ProblemCode.LENGTH, {"have": len(number), "need": need}),)


def find_character_problems(number: str, allowed: str, last: str = "") -> tuple[Problem, ...]:
    """A problem for every character that cannot stand where it stands.

    `last` holds what the last position allows beyond `allowed`.
    """
    if not number.strip(allowed):
        return ()  # a register's millions take this way
    wrong = [
        position
        for position, character in enumerate(number, start=1)
        if character not in allowed and not (position == len(number) and character in last)
    ]
    return tuple(Problem(ProblemCode.CHARACTER, {"position": position}) for position in wrong)


def find_check_digit_problems(number: str, expected: str) -> tuple[Problem, ...]:
    """A problem that names the expected check character; any other may be the wrong one."""
    if number[-1] == expected:
        return ()
    return (Problem(ProblemCode.CHECK_DIGIT, {"position": len(number), "expected": expected}),)


def _stands_between(character: str) -> bool:
    """Spaces, dashes, control and format characters (a scanner's carriage return, a zero width)."""
    return (
        unicodedata.category(character) in {"Zs", "Zl", "Zp", "Pd", "Cc", "Cf"}
        or character in _BETWEEN
    )
