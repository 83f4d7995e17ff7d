"""The chart below a table of figures: bars over its rows, drawn by the spreadsheet itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, Reference

from clerk.rules.reports.parts import Report

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_BARS = 40
"""More rows than this are a wall of bars that nobody reads."""
_NAMES, _FIRST_FIGURE = 2, 3
_WIDTH_CM, _HEIGHT_CM = 26, 9
_GAP = 2


def add_bars(
    sheet: Worksheet, report: Report, say: Callable[[str], str], head_row: int, last_row: int
) -> None:
    """Bars of the report's charted figures for each row, two lines below the total."""
    if not 0 < last_row - head_row <= _MOST_BARS:
        return
    chart = BarChart()
    chart.type, chart.title = "col", say(report.title)
    chart.width, chart.height = _WIDTH_CM, _HEIGHT_CM
    for place, figure in enumerate(report.figures, _FIRST_FIGURE):
        if figure.key in report.charted:
            values = Reference(sheet, min_col=place, min_row=head_row, max_row=last_row)
            chart.add_data(values, titles_from_data=True)
    names = Reference(sheet, min_col=_NAMES, min_row=head_row + 1, max_row=last_row)
    chart.set_categories(names)
    chart.legend.position = "b"
    # Since Excel 2016 axes of charts made elsewhere are hidden unless they say otherwise.
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.add_chart(chart, f"A{last_row + 1 + _GAP}")
