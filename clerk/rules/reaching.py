"""What can be a name and what can be a telephone number, as far as anybody can tell by looking."""

from __future__ import annotations

import re

_PHONE = re.compile(r"\+?[\d\s()（）-]+(?:\s*(?:转|#|x|ext\.?)\s*\d+)?", re.IGNORECASE)
_LEAST_DIGITS = 5


def is_name(text: str) -> bool:
    """Whether it has a letter of any script: digits alone name nobody."""
    return any(character.isalpha() for character in text)


def is_phone(text: str) -> bool:
    """Whether somebody could be called there, abroad too; more is asked of a form's own fields."""
    digits = sum(character.isdecimal() for character in text)
    return digits >= _LEAST_DIGITS and _PHONE.fullmatch(text.strip()) is not None
