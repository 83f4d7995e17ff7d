"""What was typed, as it was meant: an input method left at full width, a date without dashes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DATE = re.compile(r"(\d{4})(?:[-./年](\d\d)[-./月](\d\d)日?|(\d\d)(\d\d))")


def fold_width(text: str) -> str:
    """Full-width digits, letters and marks as a keyboard has them, each in its place."""
    return text.translate(_WIDE)


def tidy_date(text: str) -> str:
    """`20260105` and `2026.01.05` as `2026-01-05`; whatever is no whole date stays as it is."""
    folded = fold_width(text)
    found = _DATE.fullmatch(folded.strip())
    if found is None:
        return folded
    year, *parts = (one for one in found.groups() if one)
    told = "-".join((year, *parts))
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError:
        return folded


def is_meant(cells: Iterable[str], typed: str) -> bool:
    """Whether each word that was typed stands somewhere in a row, across its blanks too.

    Digits alone are one number, typed with the gaps that a receipt shows it with.
    """
    told = fold_width(" ".join(cells)).casefold()
    close = "".join(told.split())
    words = fold_width(typed).casefold().split()
    if "".join(words).isdecimal():
        words = ["".join(words)]
    return all(word in told or word in close for word in words)
