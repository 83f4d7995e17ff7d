"""A sheet of figures, one row for each department or window, every one of them a formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import msgspec
from openpyxl.utils import get_column_letter, quote_sheetname

from clerk.contract.report import Period
from clerk.locale import mark
from clerk.rules.figures import FIGURES, Bound, Column, Criterion, Figure, Figures
from exports.workbook import look
from exports.workbook.cells import fit_width, measure, write_text

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FIRST_DAY = "period_first_day"
LAST_DAY = "period_last_day"
HEAD_ROW = 6
_FIRST_FIGURE = 3
_NUMBER_WIDTH = 10.0
_FIGURE_WIDTH = 11.0
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet, as far as dates after February 1900 are concerned."""
_WARNED = frozenset({"overdue_open", "overdue_decided"})
_BOUNDS = {
    Bound.FIRST_DAY: FIRST_DAY,
    Bound.LAST_DAY: LAST_DAY,
    Bound.YES: "1",
    Bound.NO: "0",
}

Cached = dict[str, float | int | str]


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What the report is about, when it was made, and in what language."""

    period: Period
    at: datetime
    say: Callable[[str], str]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """What the rows of one sheet are. `number_range` names the cases' column to match."""

    title: str
    heading: str
    figures: Mapping[str, Figures]
    total: Figures
    number_range: str


def name_range(column: Column) -> str:
    """The name of the range that holds a column of the cases."""
    return f"case_{column.value}"


def name_period(sheet_title: str) -> dict[str, str]:
    """The names of the two days, which stand on the first sheet and may be changed there."""
    sheet = quote_sheetname(sheet_title)
    return {FIRST_DAY: f"{sheet}!$B$2", LAST_DAY: f"{sheet}!$B$3"}


def fill_sheet(sheet: Worksheet, group: Group, made: Made, *, first: bool) -> Cached:
    """Write the sheet; what its formulas come to is returned, by cell."""
    last_row = HEAD_ROW + len(group.figures)
    _set_up(sheet, group, last_row)
    cached: Cached = {}
    _write_top(sheet, group, made, first=first)
    if not first:
        days = (made.period.first, made.period.last)
        cached |= {f"B{2 + n}": (day - _EPOCH).days for n, day in enumerate(days)}
    labels = [made.say(figure.label) for figure in FIGURES]
    sheet.append(look.make_head(sheet, [made.say(mark("No.")), group.heading, *labels]))
    for number, (name, figures) in enumerate(group.figures.items(), 1):
        row = HEAD_ROW + number
        cells = _make_figures(sheet, row, group.number_range)
        sheet.append([number, write_text(sheet, name), *cells])
        cached |= _read_values(row, figures)
    _write_total(sheet, last_row, made.say(mark("Total")))
    return cached | _read_values(last_row + 1, group.total)


def count_formula(figure: Figure, number_range: str, row: int) -> str:
    """COUNTIFS or SUMIFS over the cases: the row's number, then the figure's criteria.

    Rows are matched by number: a name could hold a wildcard or differ in case only.
    """
    tests = "".join(f",{_write_criterion(criterion)}" for criterion in figure.criteria)
    if figure.adds is not None:
        return f"=SUMIFS({name_range(figure.adds)},{number_range},$A{row}{tests})"
    return f"=COUNTIFS({number_range},$A{row}{tests})"


def _write_criterion(criterion: Criterion) -> str:
    bound = _BOUNDS[criterion.bound]
    test = bound if bound.isdigit() else f'"{criterion.operator.value}"&{bound}'
    return f"{name_range(criterion.column)},{test}"


def _rate_formula(figure: Figure, row: int) -> str:
    """A share, empty where there is nothing to share."""
    part, whole = (f"{_LETTERS[key]}{row}" for key in (figure.part, figure.whole))
    return f'=IF({whole}=0,"",{part}/{whole})'


def _make_figures(sheet: Worksheet, row: int, number_range: str) -> list[Cell]:
    return [
        look.style_cell(sheet, _rate_formula(figure, row), number_format=look.RATE)
        if figure.is_rate
        else look.style_cell(
            sheet, count_formula(figure, number_range, row), number_format=look.COUNT
        )
        for figure in FIGURES
    ]


def _write_total(sheet: Worksheet, last_row: int, label: str) -> None:
    """The sums below the rows; the head is within, so that a report without rows has them too."""
    row = last_row + 1
    cells = [
        look.style_cell(sheet, value, font=look.BOLD, border=look.TOTAL_BORDER)
        for value in ("", label)
    ]
    for figure in FIGURES:
        letter = _LETTERS[figure.key]
        sums = f"=SUM({letter}{HEAD_ROW}:{letter}{last_row})"
        cells.append(
            look.style_cell(
                sheet,
                _rate_formula(figure, row) if figure.is_rate else sums,
                font=look.BOLD,
                border=look.TOTAL_BORDER,
                number_format=look.RATE if figure.is_rate else look.COUNT,
            )
        )
    sheet.append(cells)


def _read_values(row: int, figures: Figures) -> Cached:
    """What the formulas of a row come to."""
    values = {figure.key: figures.value_of(figure) for figure in FIGURES}
    return {
        f"{_LETTERS[key]}{row}": "" if value is None else value for key, value in values.items()
    }


def _write_top(sheet: Worksheet, group: Group, made: Made, *, first: bool) -> None:
    """Title, days and time of making. The second sheet takes the days from the first."""
    days = (
        (mark("First day"), made.period.first, FIRST_DAY),
        (mark("Last day"), made.period.last, LAST_DAY),
    )
    sheet.append([look.style_cell(sheet, group.title, font=look.TITLE_FONT)])
    for label, day, name in days:
        value = datetime.combine(day, time()) if first else f"={name}"
        cell = look.style_cell(sheet, value, number_format=look.DATE, alignment=look.LEFT)
        sheet.append([made.say(label), cell])
    cell = look.style_cell(sheet, made.at, number_format=look.MOMENT, alignment=look.LEFT)
    sheet.append([made.say(mark("Made at")), cell])
    sheet.append([])


def _set_up(sheet: Worksheet, group: Group, last_row: int) -> None:
    """What a streamed sheet must know before its first row."""
    names = fit_width([group.heading, *group.figures])
    look.set_widths(sheet, [_NUMBER_WIDTH, max(names, measure("2026-01-01 00:00") + 2.0)])
    for letter in _LETTERS.values():
        sheet.column_dimensions[letter].width = _FIGURE_WIDTH
    sheet.freeze_panes = f"C{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{max(_LETTERS.values())}{last_row}"
    for key in sorted(_WARNED):
        area = f"{_LETTERS[key]}{HEAD_ROW + 1}:{_LETTERS[key]}{last_row + 1}"
        look.warn(sheet, area, f"{_LETTERS[key]}{HEAD_ROW + 1}>0")
    look.set_print(sheet, HEAD_ROW)


_LETTERS = {
    figure.key: get_column_letter(place) for place, figure in enumerate(FIGURES, _FIRST_FIGURE)
}
