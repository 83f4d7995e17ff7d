"""A sheet of figures, one row for each department, window or item, every figure a formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import msgspec
from openpyxl.utils import get_column_letter, quote_sheetname

from clerk.contract.report import Period
from clerk.locale import mark
from clerk.rules.reports.counting import Tally, Values
from clerk.rules.reports.parts import Bound, Criterion, Dimension, Figure, Report, Shown
from exports.workbook import charts, look
from exports.workbook.cells import fit_width, measure, write_text
from exports.workbook.detail import name_column, name_numbers

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FIRST_DAY = "period_first_day"
LAST_DAY = "period_last_day"
HEAD_ROW = 6
FIRST_FIGURE = 3
_NUMBER_WIDTH = 10.0
_FIGURE_WIDTH = 11.0
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet, as far as dates after February 1900 are concerned."""
_BOUNDS = {
    Bound.FIRST_DAY: FIRST_DAY,
    Bound.LAST_DAY: LAST_DAY,
    Bound.YES: "1",
    Bound.NO: "0",
}
_FORMATS = {Shown.COUNT: look.COUNT, Shown.RATE: look.RATE, Shown.MEAN: look.MEAN}

Cached = dict[str, float | int | str]


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What the report is, of which days, when it was made, and in what language.

    `linked` names the file of the rows behind the figures where one sheet cannot hold them: the
    counts are numbers then.
    """

    report: Report
    period: Period
    at: datetime
    say: Callable[[str], str]
    linked: str = ""


def name_period(sheet_title: str) -> dict[str, str]:
    """The names of the two days, which stand on the first sheet and may be changed there."""
    sheet = quote_sheetname(sheet_title)
    return {FIRST_DAY: f"{sheet}!$B$2", LAST_DAY: f"{sheet}!$B$3"}


def fill_sheet(
    sheet: Worksheet, dimension: Dimension, counted: Tally, made: Made, *, first: bool
) -> Cached:
    """Write the sheet; what its formulas come to is returned, by cell."""
    groups = {
        dimension.say_name(name, made.say): figures
        for name, figures in counted.groups[dimension.key].items()
    }
    return _SheetWriter(sheet, dimension, made).fill(groups, counted.total, first=first)


def count_formula(report: Report, figure: Figure, dimension: Dimension, row: int) -> str:
    """COUNTIFS or SUMIFS over the facts: the row's number, then the figure's criteria.

    Rows are matched by number: a name could hold a wildcard or differ in case only.
    """
    numbers = name_numbers(report.subject, dimension)
    tests = "".join(f",{_write_criterion(report, criterion)}" for criterion in figure.criteria)
    if figure.adds:
        return f"=SUMIFS({name_column(report.subject, figure.adds)},{numbers},$A{row}{tests})"
    return f"=COUNTIFS({numbers},$A{row}{tests})"


def _write_criterion(report: Report, criterion: Criterion) -> str:
    bound = _BOUNDS[criterion.bound]
    test = bound if bound.isdigit() else f'"{criterion.operator.value}"&{bound}'
    return f"{name_column(report.subject, criterion.column)},{test}"


class _SheetWriter:
    """Writes one sheet of figures from its title down to the chart."""

    def __init__(self, sheet: Worksheet, dimension: Dimension, made: Made) -> None:
        self._sheet, self._dimension, self._made = sheet, dimension, made
        self._figures = made.report.figures
        self._letters = {
            figure.key: get_column_letter(place)
            for place, figure in enumerate(self._figures, FIRST_FIGURE)
        }

    def fill(self, groups: Mapping[str, Values], total: Values, *, first: bool) -> Cached:
        """All of it; the values of the formulas are returned."""
        sheet, say, last_row = self._sheet, self._made.say, HEAD_ROW + len(groups)
        self._set_up(list(groups), last_row)
        cached = self._write_top(first=first)
        labels = [say(figure.label) for figure in self._figures]
        heads = [say(mark("No.")), say(self._dimension.heading), *labels]
        sheet.append(look.make_head(sheet, heads))
        for row, (name, values) in enumerate(groups.items(), HEAD_ROW + 1):
            cells = [self._figure_cell(figure, row, values) for figure in self._figures]
            number = look.style_cell(sheet, row - HEAD_ROW, alignment=look.CENTRED)
            sheet.append([number, write_text(sheet, name), *cells])
            cached |= self._read_values(row, values)
        self._write_total(last_row, say(mark("Total")))
        charts.add_bars(sheet, self._made.report, say, HEAD_ROW, last_row)
        return cached | self._read_values(last_row + 1, total)

    def _figure_cell(self, figure: Figure, row: int, values: Values) -> Cell:
        value: str | float | None
        if figure.is_share:
            value = self._share_formula(figure, row)
        elif self._made.linked:
            value = values[figure.key]
        else:
            value = count_formula(self._made.report, figure, self._dimension, row)
        return look.style_cell(self._sheet, value, number_format=_FORMATS[figure.shown])

    def _share_formula(self, figure: Figure, row: int) -> str:
        """A share, empty where there is nothing to share."""
        part, whole = (f"{self._letters[key]}{row}" for key in (figure.part, figure.whole))
        return f'=IF({whole}=0,"",{part}/{whole})'

    def _write_total(self, last_row: int, label: str) -> None:
        """The sums below the rows; the head is within, so that no rows have sums too."""
        row = last_row + 1
        cells = [
            look.style_cell(self._sheet, value, font=look.BOLD, border=look.TOTAL_BORDER)
            for value in ("", label)
        ]
        for figure in self._figures:
            letter = self._letters[figure.key]
            sums = f"=SUM({letter}{HEAD_ROW}:{letter}{last_row})"
            cells.append(
                look.style_cell(
                    self._sheet,
                    self._share_formula(figure, row) if figure.is_share else sums,
                    font=look.BOLD,
                    border=look.TOTAL_BORDER,
                    number_format=_FORMATS[figure.shown],
                )
            )
        self._sheet.append(cells)

    def _read_values(self, row: int, values: Values) -> Cached:
        """What the formulas of a row come to."""
        told = ((self._letters[figure.key], values[figure.key]) for figure in self._figures)
        return {f"{letter}{row}": "" if value is None else value for letter, value in told}

    def _write_top(self, *, first: bool) -> Cached:
        """Title, days and time of making. The second sheet takes the days from the first."""
        made, sheet, say = self._made, self._sheet, self._made.say
        title = f"{say(made.report.title)} · {say(self._dimension.title)}"
        sheet.append([look.style_cell(sheet, title, font=look.TITLE_FONT)])
        days = (
            (mark("First day"), made.period.first, FIRST_DAY),
            (mark("Last day"), made.period.last, LAST_DAY),
        )
        cached: Cached = {}
        for row, (label, day, name) in enumerate(days, 2):
            value = datetime.combine(day, time()) if first else f"={name}"
            cell = look.style_cell(sheet, value, number_format=look.DATE, alignment=look.LEFT)
            sheet.append([say(label), cell])
            if not first:
                cached[f"B{row}"] = (day - _EPOCH).days
        cell = look.style_cell(sheet, made.at, number_format=look.MOMENT, alignment=look.LEFT)
        sheet.append([say(mark("Made at")), cell])
        return cached | self._write_link()

    def _write_link(self) -> Cached:
        """The way to the rows behind the figures, where they are not in this file."""
        if not self._made.linked:
            self._sheet.append([])
            return {}
        name = self._made.linked.replace('"', '""')
        link = look.style_cell(self._sheet, f'=HYPERLINK("{name}","{name}")', font=look.LINK)
        self._sheet.append([self._made.say(mark("Behind it")), link])
        return {"B5": self._made.linked}

    def _set_up(self, names: list[str], last_row: int) -> None:
        """What a streamed sheet must know before its first row."""
        sheet, letters = self._sheet, list(self._letters.values())
        widest = fit_width([self._made.say(self._dimension.heading), *names])
        look.set_widths(sheet, [_NUMBER_WIDTH, max(widest, measure("2026-01-01 00:00") + 2.0)])
        for letter in letters:
            sheet.column_dimensions[letter].width = _FIGURE_WIDTH
        sheet.freeze_panes = f"C{HEAD_ROW + 1}"
        sheet.auto_filter.ref = f"A{HEAD_ROW}:{letters[-1]}{last_row}"
        for figure in self._figures:
            if figure.warns:
                letter = self._letters[figure.key]
                area = f"{letter}{HEAD_ROW + 1}:{letter}{last_row + 1}"
                look.warn(sheet, area, f"{letter}{HEAD_ROW + 1}>0")
        look.set_print(sheet, HEAD_ROW)
