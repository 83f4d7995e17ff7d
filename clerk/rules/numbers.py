"""Case numbers, document numbers and query passwords.

A case number (办件编号) is unique without asking anyone: day, window, a sequence that central
lent to the window's desk, and a check digit. It has nothing to do with a document number (文书号).
"""

from __future__ import annotations

import re
from datetime import date

import msgspec
from stdnum.iso7064 import mod_11_10

from clerk.contract.numbers import LAST_SEQUENCE, LAST_WINDOW
from clerk.errors import InputError
from clerk.rules.identifiers.problem import find_character_problems, normalise

CASE_NUMBER_LENGTH = 15
PASSWORD_BYTES = 16
_CENTURY = 2000
_DIGITS = "0123456789"


class CaseNumber(msgspec.Struct, frozen=True):
    """A case number taken apart."""

    day: date
    window: int
    sequence: int

    def __str__(self) -> str:
        """The 15 digits."""
        return format_case_number(self.day, self.window, self.sequence)


def format_case_number(day: date, window: int, sequence: int) -> str:
    """The 15 digits YYMMDD, window, sequence and the check digit of ISO 7064 MOD 11,10."""
    assert _CENTURY <= day.year < _CENTURY + 100, "two digits of the year"
    assert 1 <= window <= LAST_WINDOW, "a window has three digits"
    assert 1 <= sequence <= LAST_SEQUENCE, "a sequence has five digits"
    body = f"{day:%y%m%d}{window:03d}{sequence:05d}"
    return body + str(mod_11_10.calc_check_digit(body))


def spaced(number: str) -> str:
    """A case number in groups, for reading out: day, window, sequence, check digit."""
    return f"{number[:6]} {number[6:9]} {number[9:14]} {number[14:]}"


def read_case_number(text: str) -> CaseNumber:
    """Read a case number as typed or scanned, with spaces or full-width digits.

    Raises InputError with a code `case_number.*` that says what is wrong.
    """
    number = normalise(text)
    wrong = find_character_problems(number, _DIGITS)
    if wrong:
        raise InputError("case_number.character", **wrong[0].parameters)
    if len(number) != CASE_NUMBER_LENGTH:
        raise InputError("case_number.length", have=len(number), need=CASE_NUMBER_LENGTH)
    if not mod_11_10.is_valid(number):
        raise InputError("case_number.check_digit")
    return _take_apart(number)


def looks_like_case_number(text: str) -> bool:
    """Whether a text is a case number and right: what one field for everything asks first."""
    try:
        read_case_number(text)
    except InputError:
        return False
    return True


def neighbours(text: str) -> tuple[str, ...]:
    """The right case numbers that one digit, or two that changed places, make of a wrong one."""
    number = normalise(text)
    if len(number) != CASE_NUMBER_LENGTH or not number.isdecimal():
        return ()
    other = {
        number[:at] + digit + number[at + 1 :] for at in range(len(number)) for digit in _DIGITS
    }
    other |= {
        number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        for at in range(len(number) - 1)
    }
    return tuple(sorted(one for one in other - {number} if looks_like_case_number(one)))


def document_number(series: str, year: int, n: int) -> str:
    """The number on a document: series, year and a consecutive number given by central alone."""
    assert n >= 1, "numbers of a series begin at 1"
    return f"{series}〔{year:04d}〕{n}号"


def read_document_number(series: str, document: str) -> tuple[int, int] | None:
    """Year and consecutive number of a document of this series; nothing where it is of none."""
    found = re.fullmatch(re.escape(series) + r"〔(\d{4})〕([1-9]\d{0,8})号", document)
    return (int(found[1]), int(found[2])) if found else None


def query_password(random_bytes: bytes) -> str:
    """Six digits that let the applicant ask after the case, evenly spread over all of them."""
    assert len(random_bytes) >= PASSWORD_BYTES, "fewer bytes would favour some passwords"
    return f"{int.from_bytes(random_bytes, 'big') % 1_000_000:06d}"


def _take_apart(number: str) -> CaseNumber:
    try:
        day = date(_CENTURY + int(number[:2]), int(number[2:4]), int(number[4:6]))
    except ValueError:
        raise InputError("case_number.date") from None
    window, sequence = int(number[6:9]), int(number[9:14])
    if window == 0:
        raise InputError("case_number.window")
    if sequence == 0:
        raise InputError("case_number.sequence")
    return CaseNumber(day, window, sequence)
