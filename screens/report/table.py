"""A report's figures as a table: its columns, and how a row is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from rich.cells import cell_len

from clerk.locale import _
from clerk.rules.reports.counting import Tally, Values
from clerk.rules.reports.parts import Dimension, Figure, Report, Shown
from screens.widgets.column import Column

_FIGURE_WIDTH = 9
_NAME_WIDTH = 24
_ROOM = 80
"""Cells of the narrowest window: the first figures that fit beside a name are always shown."""


class Row(NamedTuple):
    """One row, with the report it is of."""

    name: str
    values: Values
    report: Report


def list_rows(report: Report, dimension: Dimension, tally: Tally) -> list[Row]:
    """The total, then a row for each name."""
    rows = [Row(_("All"), tally.total, report)]
    for name, values in tally.groups[dimension.key].items():
        rows.append(Row(dimension.say_name(name, _) or "–", values, report))
    return rows


def list_columns(report: Report, dimension: Dimension) -> list[Column]:
    """The name, and each figure from the width of window that has room for it."""
    columns, room = [Column(dimension.heading)], _NAME_WIDTH
    for figure in report.figures:
        title = _(figure.label)
        width = _width(figure)
        room += width + 1
        heading = title.rjust(len(title) + width - 1 - cell_len(title))
        from_width = 0 if room <= _ROOM else room
        columns.append(Column(figure.label, width, from_width, shown=heading))
    return columns


def write_row(row: Row) -> Sequence[str]:
    """The cells of a row."""
    figures = row.report.figures
    return [row.name, *(_write(one, row.values[one.key]).rjust(_width(one) - 1) for one in figures)]


def weigh(report: Report, columns: Sequence[Column]) -> dict[str, Callable[[Row], float | None]]:
    """What the rows are sorted by under each figure: itself, not how it is written."""
    return {
        column.title: partial(_value, one.key)
        for column, one in zip(columns[1:], report.figures, strict=True)
    }


def colour(row: Row) -> str:
    """Red where a figure warns."""
    warned = (row.values[one.key] for one in row.report.figures if one.warns)
    return "listing--red" if any(warned) else ""


def _value(key: str, row: Row) -> float | None:
    return row.values[key]


def _width(figure: Figure) -> int:
    return max(_FIGURE_WIDTH, cell_len(_(figure.label)) + 1)


def _write(figure: Figure, value: float | None) -> str:
    if value is None:
        return "–"
    match figure.shown:
        case Shown.COUNT:
            return f"{value:,}"
        case Shown.RATE:
            return f"{value:.1%}"
        case Shown.MEAN:
            return f"{value:,.1f}"
