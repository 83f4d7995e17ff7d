"""Names in a row, and what stands behind a name: with the marks of the language spoken.

Chinese marks are full-width and are their own room; English ones want a blank behind them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from clerk.locale import language


class _Marks(NamedTuple):
    comma: str
    semicolon: str
    colon: str
    brackets: str


_CHINESE = _Marks("、", "；", "：", "{told}（{note}）")
_ENGLISH = _Marks(", ", "; ", ": ", "{told} ({note})")

CLOSING = "。，、；：！？）”》】"
"""No Chinese line begins with one of these (避头点)."""


def comma() -> str:
    """What stands between two names."""
    return _marks().comma


def colon() -> str:
    """What stands between a label and what it labels."""
    return _marks().colon


def in_turn(texts: Iterable[str]) -> str:
    """Texts one after the other that may hold commas themselves."""
    return _marks().semicolon.join(texts)


def unended(sentence: str) -> str:
    """A sentence without its full stop, for more stands behind it."""
    return sentence.rstrip("。.")


def labelled(label: str, text: str) -> str:
    """A text behind what it is."""
    return f"{label}{colon()}{text}"


def bracketed(told: str, note: str) -> str:
    """A text with a note in brackets."""
    return _marks().brackets.format(told=told, note=note)


def _marks() -> _Marks:
    return _ENGLISH if language() == "en" else _CHINESE
