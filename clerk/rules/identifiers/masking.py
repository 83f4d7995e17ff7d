"""Hiding identity and phone numbers on screens, in exports and in logs."""

from __future__ import annotations

import re

from clerk.rules.identifiers.problem import normalise
from clerk.rules.identifiers.regions import PROVINCES

_HIDDEN = "*"
_FULL_LENGTH = 18
_SHORT_LENGTH = 9
_VERY_SHORT_LENGTH = 5
_MOBILE_LENGTH = 11
_MOBILE = re.compile(r"(?:\+?86|0)?1[3-9]\d[\d*]{4}\d{4}")

_OPAQUE = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])"
"""A UUID or a SHA-256: digits in a row are chance there, and the log needs them whole."""
_PERSONAL = r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}(?:\d(?!\d)|[Xx])"
_LONG = r"(?<!\d)\d{16,}[Xx]?"
"""Bank cards, or an identity number with a digit too many."""
_OLD_PERSONAL = r"(?<!\d)\d{15}(?!\d)"
_OLD_RESIDENCE = r"(?<![A-Za-z])[A-Za-z]{3}\d{12}(?!\d)"
_CREDIT = r"(?<![0-9A-Za-z])(?i:[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10})(?![0-9A-Za-z])"
_PERMIT = r"(?<![0-9A-Za-z])[HhMm]\d{8}(?:\d{2})?(?!\d)"
_PHONE = r"(?<!\d)(?:\+?86[ -]?|0)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
_SENSITIVE = re.compile(
    f"(?P<opaque>{_OPAQUE})|(?P<number>{_PERSONAL}|{_OLD_RESIDENCE}|{_CREDIT}|{_PERMIT}|{_LONG})"
    f"|(?P<old>{_OLD_PERSONAL})|(?P<phone>{_PHONE})"
)


def mask_identifier(number: str) -> str:
    """Hide an identity number: of 18 characters the first 6 and last 4 stay, of others less."""
    plain = normalise(number)
    if len(plain) == _FULL_LENGTH:
        return _hide(plain, 6, 4)
    if len(plain) >= _SHORT_LENGTH:
        return _hide(plain, 2, 2)
    if len(plain) >= _VERY_SHORT_LENGTH:
        return _hide(plain, 1, 1)
    return _HIDDEN * len(plain)


def mask_phone(number: str) -> str:
    """Hide a phone number: of a mobile's 11 digits the first 3 and last 4 stay."""
    plain = normalise(number)
    if _MOBILE.fullmatch(plain):
        return _hide(plain[-_MOBILE_LENGTH:], 3, 4)
    return mask_identifier(plain)


def looks_like_identifier(text: str) -> bool:
    """Whether a text holds anything that `scrub` would hide."""
    return scrub(text) != text


def scrub(text: str) -> str:
    """Mask whatever looks like an identity, organisation or phone number within a text.

    It is the second line of defence: a log line should hold none in the first place. So it
    hides also what has a wrong check digit, and leaves identifiers of our own alone.
    """
    clean = _SENSITIVE.sub(_mask_match, text)
    while clean != text:  # hiding one number can uncover another that was glued to it
        text, clean = clean, _SENSITIVE.sub(_mask_match, clean)
    return clean


def _mask_match(match: re.Match[str]) -> str:
    found = match[0]
    if match["number"]:
        return mask_identifier(found)
    if match["phone"]:
        return mask_phone(found)
    if match["old"] and _is_old_personal(found):
        return mask_identifier(found)
    return found


def _is_old_personal(digits: str) -> bool:
    """Fifteen digits with province, month and day; a case number has none in their places."""
    plain = normalise(digits)
    return plain[:2] in PROVINCES and 1 <= int(plain[8:10]) <= 12 and 1 <= int(plain[10:12]) <= 31  # noqa: PLR2004


def _hide(number: str, first: int, last: int) -> str:
    return number[:first] + _HIDDEN * (len(number) - first - last) + number[-last:]
