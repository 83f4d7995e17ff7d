"""Texts in terminal cells: what is written into a column takes that column's width, never more.

A Chinese character takes two cells, and a terminal and this program must agree about every one.
"""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size

_EMOJI_STYLE = "\ufe0f"
"""Asks for the wide picture of a sign; terminals disagree about how wide it is then."""
_CUT = "…"
_LEAST_TOLD = 4
"""In fewer cells the sign would take the room of what it stands for."""


@lru_cache(maxsize=4096)
def fit(text: str, width: int) -> str:
    """The text in exactly so many cells: cut or filled up; half a character becomes a blank.

    What moves the cursor or joins characters (tabs, line ends, direction marks) becomes a blank.
    """
    return set_cell_size(plain(text), width)


@lru_cache(maxsize=4096)
def shorten(text: str, width: int) -> str:
    """The text in exactly so many cells; where some of it is cut off, a sign says so."""
    text = plain(text)
    if width < _LEAST_TOLD or cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + _CUT, width)


def plain(text: str) -> str:
    """The text without what a terminal does not write from left to right, cell by cell."""
    if _EMOJI_STYLE in text:
        text = text.replace(_EMOJI_STYLE, "")
    if text.isprintable():
        return text
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
