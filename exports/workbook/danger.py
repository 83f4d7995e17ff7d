"""What some program takes for the beginning of a formula (CWE-1236)."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MISREAD = ("=", "#")
"""What openpyxl itself would not store as text: a formula, an error value."""


def is_dangerous(text: str) -> bool:
    """Whether some program, or openpyxl itself, could take a text for something to run."""
    return text.startswith((*_FORMULA, *_MISREAD))
