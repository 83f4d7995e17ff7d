"""References of formulas and charts after rows have been put in.

A reference below a repeated row moves down, one over it grows, as Excel does it by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from clerk.errors import InputError

_CORNER = r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})"
_AREA = re.compile(rf"(?:('(?:[^']|'')+'|[^'!]+)!)?{_CORNER}(?::{_CORNER})?", re.IGNORECASE)
_ROWS = re.compile(r"(?:('(?:[^']|'')+'|[^'!]+)!)?(\$?)(\d{1,7}):(\$?)(\d{1,7})")
_GATHERING = frozenset(
    {"SUM(", "AVERAGE(", "COUNT(", "COUNTA(", "MAX(", "MIN(", "SUBTOTAL(", "PRODUCT(", "MEDIAN("}
)
"""What takes many cells: a single repeated cell in it stands for all of its rows."""


class Inserts(msgspec.Struct, frozen=True):
    """Of one sheet: how many rows were put in below which row, by the rows of the template."""

    extra: Mapping[int, int] = {}

    def top(self, row: int) -> int:
        """Where a row has come to; of a repeated one the first."""
        return row + sum(extra for at, extra in self.extra.items() if at < row)

    def bottom(self, row: int) -> int:
        """Where a row has come to; of a repeated one the last."""
        return row + sum(extra for at, extra in self.extra.items() if at <= row)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a formula stands: on which sheet, and in which copy of a repeated row, if in one.

    `grows` lets a reference to one repeated cell become one to all of its rows.
    """

    sheet: str
    row: int = 0
    copy: int = 0
    grows: bool = False


def move_formula(formula: str, standing: Standing, inserts: Mapping[str, Inserts]) -> str:
    """A formula without its sign, each reference of it where its cells now are."""
    if not any(one.extra for one in inserts.values()):
        return formula
    try:
        tokens: Sequence[Token] = Tokenizer(f"={formula}").items
    except TokenizerError as error:
        raise InputError("template.formula_unread", sheet=standing.sheet) from error
    functions: list[str] = []
    moved = []
    for token in tokens:
        if token.subtype == Token.OPEN:
            functions.append(token.value.upper())
        elif token.subtype == Token.CLOSE and functions:
            functions.pop()
        text = token.value
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            gathers = bool(functions) and functions[-1] in _GATHERING
            place = msgspec.structs.replace(standing, grows=standing.grows or gathers)
            text = move_reference(text, place, inserts)
        moved.append(text)
    return "".join(moved)


def move_reference(text: str, standing: Standing, inserts: Mapping[str, Inserts]) -> str:
    """One reference; a name, and what lies in another file, stays as it is."""
    area, rows = _AREA.fullmatch(text), _ROWS.fullmatch(text)
    sheet = next((one[1] for one in (area, rows) if one), None) or ""
    named = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    moves = _find(inserts, named or standing.sheet)
    at_home = not named or named.lower() == standing.sheet.lower()
    place = standing if at_home else msgspec.structs.replace(standing, row=0)
    front = f"{sheet}!" if sheet else ""
    if area:
        return front + _move_area(area, place, moves)
    if rows:
        first, last = moves.top(int(rows[3])), moves.bottom(int(rows[5]))
        return f"{front}{rows[2]}{first}:{rows[4]}{last}"
    return text


def move_area(text: str, moves: Inserts, *, grows: bool = True) -> str:
    """Areas as a sheet lists them, divided by blanks: each grows over the rows put in."""
    standing = Standing(sheet="", grows=grows)
    return " ".join(move_reference(one, standing, {"": moves}) for one in text.split())


def _find(inserts: Mapping[str, Inserts], sheet: str) -> Inserts:
    return next((one for name, one in inserts.items() if name.lower() == sheet.lower()), Inserts())


def _move_area(area: re.Match[str], place: Standing, moves: Inserts) -> str:
    column, letters, fixed, row = area[2], area[3], area[4], int(area[5])
    follows = place.row and row == place.row and not fixed
    first = moves.top(row) + (place.copy if follows else 0)
    if not area[9]:
        told = f"{column}{letters}{fixed}{first}"
        last = moves.bottom(row)
        if place.grows and not follows and last != first and row in moves.extra:
            return f"{told}:{column}{letters}{fixed}{last}"
        return told
    end = int(area[9])
    if place.row and end == place.row and not area[8]:
        last = moves.top(end) + place.copy
    else:
        last = moves.bottom(end)
    return f"{column}{letters}{fixed}{first}:{area[6]}{area[7]}{area[8]}{last}"
