"""Texts from outside, without what would steer a terminal or turn the reading order."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
"""Format characters that scripts of China need, such as Uyghur."""

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def keep_printable(text: str) -> str:
    """The text on one line: breaks and tabs are spaces, and what nobody can see is gone."""
    if text.isprintable():
        return text
    one_line = " ".join(part.strip() for part in text.replace("\t", " ").splitlines())
    return "".join(one for one in one_line if is_printable(one)).strip()


def is_printable(character: str) -> bool:
    """Whether a person sees it, or a script needs it."""
    return character in _JOINERS or unicodedata.category(character) not in _DROPPED
