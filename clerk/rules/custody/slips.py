"""The number of a slip: unique without asking anyone, made at the desk, with a check character."""

from __future__ import annotations

import re
from datetime import date

from stdnum.iso7064 import mod_37_36

from clerk.errors import InputError
from clerk.rules.identifiers.problem import normalise

SLIP_BYTES = 8
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM = 8
_SHAPE = re.compile(rf"JJ\d{{6}}[{_LETTERS}]{{{_RANDOM}}}[0-9A-Z]")


def slip_number(day: date, random_bytes: bytes) -> str:
    """`JJ`, YYMMDD, eight random letters and the check character of ISO 7064 MOD 37,36.

    Forty random bits a day: of ten thousand slips in one day two are alike once in 20,000 days.
    """
    assert len(random_bytes) >= SLIP_BYTES, "fewer bytes would repeat themselves"
    drawn = "".join(_LETTERS[byte % len(_LETTERS)] for byte in random_bytes[:_RANDOM])
    body = f"JJ{day:%y%m%d}{drawn}"
    return body + mod_37_36.calc_check_digit(body)


def read_slip_number(text: str) -> str:
    """A slip's number as typed or scanned. Raises InputError `slip.number`."""
    number = normalise(text).upper()
    if not _SHAPE.fullmatch(number) or not mod_37_36.is_valid(number):
        raise InputError("slip.number")
    return number
