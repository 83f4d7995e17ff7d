"""The facts of a report as rows of a bulk workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from clerk.contract.report import AnyFact
from clerk.locale import mark
from clerk.rules.reports.parts import Column, Subject
from clerk.rules.reports.parts import Kind as FactKind
from exports.workbook.bulk import BulkColumn, Kind, Value

_KINDS = {FactKind.DATE: Kind.DATE, FactKind.DUE: Kind.MOMENT, FactKind.COUNT: Kind.NUMBER}
_WIDTHS = {FactKind.TEXT: 24.0, FactKind.DUE: 17.0}
_WIDTH = 12.0


def list_columns(subject: Subject, say: Callable[[str], str]) -> list[BulkColumn]:
    """The columns with their headings; words and flags are written as texts."""
    return [
        BulkColumn(
            say(column.label),
            _KINDS.get(column.kind, Kind.TEXT),
            _WIDTHS.get(column.kind, _WIDTH),
        )
        for column in subject.columns
    ]


def list_rows(
    subject: Subject, facts: Iterable[AnyFact], made_at: datetime, say: Callable[[str], str]
) -> Iterator[list[Value]]:
    """A row for each fact."""
    flags: dict[object, str] = {1: say(mark("yes")), 0: say(mark("no"))}
    columns = [(column, _words(column, say, flags)) for column in subject.columns]
    for fact in facts:
        yield [_tell(column.read(fact, made_at), words) for column, words in columns]


def _words(
    column: Column, say: Callable[[str], str], flags: dict[object, str]
) -> dict[object, str] | None:
    if column.kind is FactKind.FLAG:
        return flags
    if column.kind is FactKind.WORD:
        return {value: word and say(word) for value, word in column.words.items()}
    return None


def _tell(value: Value, words: dict[object, str] | None) -> Value:
    return value if words is None else words.get(value, value)
