"""Where a line is broken: never within a number, which is read out, compared and typed again.

Textual breaks at each blank, those between a case number's groups among them, and in Chinese
wherever the line is full, be it before a full stop.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rich._wrap import divide_line
from rich.cells import cell_len
from textual import content

from clerk.locale.punctuation import CLOSING

_NUMBER = re.compile(
    r"(?<!\d)\d{6} \d{3} \d{5} \d(?!\d)"  # a case number in its groups
    r"|(?=[A-Za-z*-]*\d)[0-9A-Za-z*]+(?:-[0-9A-Za-z*]+)*"  # an ID number, of a licence, a date
    r"|〔\d{4}〕\d+号"
)
_SHUN = re.compile(rf"[\d{CLOSING}]")
"""Only a text with one of these may have to be broken elsewhere."""
_WORD = re.compile(r"[!-~]{2}")


def keep_numbers_whole() -> None:
    """Break all lines of this program so; the text stays as it is, for whoever copies it."""
    content.divide_line = divide  # type: ignore[attr-defined]


def divide(text: str, width: int, fold: bool = True) -> list[int]:  # noqa: FBT001, FBT002 - as Textual calls it
    """Where to break a line of text: as Textual does, but before a number instead of within it.

    In Chinese no line begins with a mark that closes (避头点): what stands before it goes along.
    """
    breaks: list[int] = divide_line(text, width, fold)
    if not breaks or not _SHUN.search(text):
        return breaks
    return _divide(_NUMBER.sub(lambda number: number[0].replace(" ", "0"), text), width, fold)


def _divide(text: str, width: int, fold: bool) -> list[int]:  # noqa: FBT001 - as above
    breaks: list[int] = divide_line(text, width, fold)
    for start, at in pairwise((0, *breaks)):
        begin = _before_number(text, _before_marks(text, start, at), width)
        if start < begin < at:
            kept = [one for one in breaks if one < begin]
            return [*kept, begin, *(begin + one for one in _divide(text[begin:], width, fold))]
    return breaks


def _before_marks(text: str, start: int, at: int) -> int:
    """Where to break so that the line begins with no closing mark: a letter or a word earlier."""
    begin = at
    while start < begin < len(text) and (
        text[begin] in CLOSING or (_in_word(text, begin) and begin < at)
    ):
        begin -= 1
    return begin if begin > start else at


def _in_word(text: str, at: int) -> bool:
    """Whether a break here would fall into what is written without blanks, as English is."""
    return _WORD.fullmatch(text[at - 1 : at + 1]) is not None


def _before_number(text: str, at: int, width: int) -> int:
    """Where to break instead of within a number, if that fits in a line."""
    number = _cut_by(text, at)
    return number[0] if number is not None and cell_len(text[slice(*number)]) <= width else at


def _cut_by(text: str, at: int) -> tuple[int, int] | None:
    """The number that a break falls into."""
    spans = (one.span() for one in _NUMBER.finditer(text))
    return next(((begin, end) for begin, end in spans if begin < at < end), None)
