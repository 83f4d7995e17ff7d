"""Numbers of organisations: the unified social credit code and the two that it took over from.

Since 2018 only licences with the unified code are valid (国发〔2015〕33号), so the old ones are
recognised and explained, and the clerk asks for the present licence.
"""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from clerk.rules.identifiers.problem import (
    Findings,
    Problem,
    ProblemCode,
    find_character_problems,
    find_check_digit_problems,
    find_length_problems,
)
from clerk.rules.identifiers.regions import NATIONAL, PROVINCES

USCC_LENGTH = 18
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Without I, O, S, V and Z, which are mistaken for digits (GB 32100)."""
ORG_CODE_LENGTH = 9
REGISTRATION_LENGTH = 15
_DIGITS = "0123456789"
_ORG_CODE_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_REGION = slice(2, 8)


def check_uscc(number: str) -> Findings:
    """Check a unified social credit code (GB 32100): alphabet, region digits, check character."""
    shape = find_length_problems(number, USCC_LENGTH) or _find_region_characters(number)
    shape += find_character_problems(number, USCC_ALPHABET)
    if shape:
        return Findings(shape)
    problems = find_check_digit_problems(number, uscc.calc_check_digit(number[:-1]))
    if number[_REGION][:2] in PROVINCES | {NATIONAL}:
        return Findings(problems)
    return Findings(problems, (Problem(ProblemCode.REGION_UNKNOWN, {"first": 3, "last": 4}),))


def check_org_code(number: str) -> Findings:
    """Explain an organisation code (GB 11714); it is never accepted as an applicant's number."""
    shape = find_length_problems(number, ORG_CODE_LENGTH)
    shape += find_character_problems(number, _ORG_CODE_ALPHABET)
    if shape:
        return Findings(shape)
    wrong = find_check_digit_problems(number, org_code_check_character(number[:8]))
    return Findings((*wrong, Problem(ProblemCode.OLD_ORG_CODE, {"need": USCC_LENGTH})))


def check_registration(number: str) -> Findings:
    """Explain a business registration number of 15 digits (GS 15-2006); never accepted either."""
    shape = find_length_problems(number, REGISTRATION_LENGTH)
    shape += find_character_problems(number, _DIGITS)
    if shape:
        return Findings(shape)
    wrong = find_check_digit_problems(number, mod_11_10.calc_check_digit(number[:-1]))
    return Findings((*wrong, Problem(ProblemCode.OLD_REGISTRATION, {"need": USCC_LENGTH})))


def is_org_code(number: str) -> bool:
    """Whether nine characters carry the check character of GB 11714."""
    if len(number) != ORG_CODE_LENGTH or find_character_problems(number, _ORG_CODE_ALPHABET):
        return False
    return number[-1] == org_code_check_character(number[:8])


def is_registration(number: str) -> bool:
    """Whether 15 digits begin with a province and carry the check digit of ISO 7064 MOD 11,10."""
    if len(number) != REGISTRATION_LENGTH or find_character_problems(number, _DIGITS):
        return False
    return number[:2] in PROVINCES | {NATIONAL} and bool(mod_11_10.is_valid(number))


def org_code_check_character(body: str) -> str:
    """The ninth character of an organisation code for its first eight (GB 11714)."""
    total = sum(
        _ORG_CODE_ALPHABET.index(character) * weight
        for character, weight in zip(body, _ORG_CODE_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def _find_region_characters(number: str) -> tuple[Problem, ...]:
    """Letters of the alphabet that stand among the six digits of the region."""
    return tuple(
        Problem(ProblemCode.CHARACTER, {"position": position})
        for position, character in enumerate(number[_REGION], start=3)
        if character in USCC_ALPHABET and character not in _DIGITS
    )
