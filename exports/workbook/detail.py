"""The sheet of the facts that the figures count, with a name for each range that is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, quote_sheetname

from clerk.contract.report import AnyFact
from clerk.errand import Errand, Phase
from clerk.locale import mark
from clerk.rules.reports.counting import Tally
from clerk.rules.reports.parts import Column, Dimension, Kind, Report, Subject, Value
from exports.workbook import look
from exports.workbook.cells import fit_width, write_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SAMPLE = 500
"""Rows that the width of a column of texts is fitted to."""
_WIDTHS = {Kind.DATE: 12.0, Kind.DUE: 17.0, Kind.FLAG: 11.0, Kind.COUNT: 11.0, Kind.WORD: 14.0}

Written: TypeAlias = Cell | Value


class Places(msgspec.Struct, frozen=True):
    """The numbers of the rows on the sheets of figures, by dimension and name."""

    numbers: dict[str, dict[str, int]]

    @classmethod
    def of(cls, counted: Tally) -> Places:
        """As the rows of the sheets of figures are numbered."""
        return cls(
            {
                key: {name: place for place, name in enumerate(groups, 1)}
                for key, groups in counted.groups.items()
            }
        )


def name_column(subject: Subject, column: str) -> str:
    """The name of the range that holds a column of the facts."""
    return f"{subject.key}_{column}"


def name_numbers(subject: Subject, dimension: Dimension) -> str:
    """The name of the range that tells which row of a dimension's sheet a fact is counted in."""
    return f"{subject.key}_{dimension.key}_no"


def fill_sheet(  # noqa: PLR0917 - what the sheet is made of
    sheet: Worksheet,
    report: Report,
    facts: Sequence[AnyFact],
    places: Places,
    made_at: datetime,
    say: Callable[[str], str],
    errand: Errand,
) -> dict[str, str]:
    """Write one row for each fact; the names of the counted ranges are returned."""
    subject, last_row = report.subject, max(2, 1 + len(facts))
    numbered = [
        say(mark("Number on “{sheet}”")).format(sheet=say(one.title)) for one in report.dimensions
    ]
    _set_up(sheet, report, facts, last_row, made_at)
    labels = [say(column.label) for column in subject.columns]
    sheet.append(look.make_head(sheet, [*labels, *numbered]))
    row = _RowWriter(sheet, report, places, made_at, say)
    for fact in errand.follow(Phase.WRITING, facts, len(facts)):
        sheet.append(row.make(fact))
    names = [name_column(subject, column.key) for column in subject.columns]
    names += [name_numbers(subject, dimension) for dimension in report.dimensions]
    title = quote_sheetname(sheet.title)
    return {
        name: f"{title}!${letter}$2:${letter}${last_row}"
        for name, letter in zip(names, _letters(report), strict=True)
    }


class _RowWriter:
    """Makes the row of a fact. Words and flags are made once.

    A flag is 1 or 0, so that it can be counted, and is shown as a word.
    """

    def __init__(
        self,
        sheet: Worksheet,
        report: Report,
        places: Places,
        made_at: datetime,
        say: Callable[[str], str],
    ) -> None:
        self._sheet, self._made_at = sheet, made_at
        self._dimensions = [(one.read, places.numbers[one.key]) for one in report.dimensions]
        yes, no = say(mark("yes")), say(mark("no"))
        words = f'[=1]"{yes}";[=0]"{no}"'
        self._flags = [look.style_cell(sheet, value, number_format=words) for value in (0, 1)]
        self._columns = [
            (column, {value: word and say(word) for value, word in column.words.items()})
            for column in report.subject.columns
        ]

    def make(self, fact: AnyFact) -> list[Written]:
        """In the order of the columns, then the numbers."""
        told = [self._write(one, words, fact) for one, words in self._columns]
        return [*told, *(numbers[read(fact)] for read, numbers in self._dimensions)]

    def _write(self, column: Column, words: Mapping[str, str], fact: AnyFact) -> Written:
        value = column.read(fact, self._made_at)
        match column.kind, value:
            case ((Kind.TEXT | Kind.WORD), str()):
                word = words.get(value)
                return write_text(self._sheet, value) if word is None else word
            case Kind.FLAG, int():
                return self._flags[value]
            case Kind.DUE, datetime():
                return look.style_cell(self._sheet, value, number_format=look.MOMENT)
            case _:
                return value


def _set_up(
    sheet: Worksheet, report: Report, facts: Sequence[AnyFact], last_row: int, made_at: datetime
) -> None:
    """What a streamed sheet must know before its first row."""
    sample = facts[:_SAMPLE]
    widths = [
        _WIDTHS.get(column.kind)
        or fit_width(sorted({str(column.read(fact, made_at) or "") for fact in sample}))
        for column in report.subject.columns
    ]
    look.set_widths(sheet, [*widths, *(_WIDTHS[Kind.COUNT] for _one in report.dimensions)])
    letters = _letters(report)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letters[-1]}{last_row}"
    keys = [column.key for column in report.subject.columns]
    lit = letters[keys.index(report.subject.lit)]
    look.warn(sheet, f"A2:{letters[-1]}{last_row}", f"${lit}2=1")
    look.set_print(sheet, 1)


def _letters(report: Report) -> list[str]:
    count = len(report.subject.columns) + len(report.dimensions)
    return [get_column_letter(place) for place in range(1, 1 + count)]
