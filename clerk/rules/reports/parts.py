"""What reports are made of: columns, criteria, figures, dimensions.

A figure counts the rows that meet all of its criteria. Python tests the criteria
(clerk.rules.reports.counting), the workbook writes them as COUNTIFS, so a screen and a workbook
cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

import msgspec
from msgspec.structs import replace

from clerk.contract.user import Role

Value: TypeAlias = str | int | date | datetime | None
Read: TypeAlias = Callable[[Any, datetime], Value]
"""Takes a value out of a fact, as it stood when the report was made."""


class Kind(StrEnum):
    """What a column holds. A word is one of a closed list, to translate; a flag is 0 or 1."""

    TEXT = "text"
    WORD = "word"
    DATE = "date"
    DUE = "due"
    FLAG = "flag"
    COUNT = "count"


class Operator(StrEnum):
    """How a criterion compares, spelled as a spreadsheet does."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUALS = "="


class Bound(StrEnum):
    """What a criterion compares with."""

    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    YES = "yes"
    NO = "no"


class Criterion(msgspec.Struct, frozen=True):
    """One condition on one column; an empty cell meets none."""

    column: str
    operator: Operator
    bound: Bound


class Shown(StrEnum):
    """How a figure is written."""

    COUNT = "count"
    RATE = "rate"
    MEAN = "mean"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. `label` and `definition` are messages to translate.

    Either it counts what meets all `criteria`, or sums up the column `adds` of it, or it is
    `part` divided by `whole`. One that `warns` is lit where it is more than nothing.
    """

    key: str
    label: str
    definition: str
    criteria: tuple[Criterion, ...] = ()
    adds: str = ""
    part: str = ""
    whole: str = ""
    shown: Shown = Shown.COUNT
    warns: bool = False

    @property
    def is_share(self) -> bool:
        """Whether it is made of two other figures instead of counted."""
        return bool(self.whole)


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column of the facts; `words` are the messages of a column of words, by value.

    Where `roles` are named, the others do not see it.
    """

    key: str
    label: str
    read: Read
    kind: Kind = Kind.TEXT
    words: Mapping[str, str] = {}
    roles: tuple[Role, ...] = ()


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What reports are over: facts of one kind. `title` names their sheet, `note` tells of it.

    `lit` is the flag that lights a row.
    """

    key: str
    title: str
    note: str
    columns: tuple[Column, ...]
    lit: str


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """By what a report counts: one sheet, with a row for each value.

    Where `roles` are named, the others do not see it.
    """

    key: str
    title: str
    heading: str
    read: Callable[[Any], str]
    words: Mapping[str, str] = {}
    roles: tuple[Role, ...] = ()

    def say_name(self, name: str, say: Callable[[str], str]) -> str:
        """A row's name as it is shown: a word translated, what data says as it is."""
        word = self.words.get(name, "")
        return say(word) if word else name


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One report. It is over those facts alone that meet `only`; `charted` are its bars."""

    key: str
    title: str
    about: str
    subject: Subject
    dimensions: tuple[Dimension, ...]
    figures: tuple[Figure, ...]
    charted: tuple[str, ...]
    roles: tuple[Role, ...] = (Role.MANAGER,)
    only: tuple[Criterion, ...] = ()


def seen_by(report: Report, roles: Iterable[Role]) -> Report:
    """The report without what is for other roles."""
    held = frozenset(roles)

    def may(one: Column | Dimension) -> bool:
        return not one.roles or bool(held.intersection(one.roles))

    columns = tuple(filter(may, report.subject.columns))
    dimensions = tuple(filter(may, report.dimensions))
    if (columns, dimensions) == (report.subject.columns, report.dimensions):
        return report
    return replace(report, subject=replace(report.subject, columns=columns), dimensions=dimensions)


def within(column: str) -> tuple[Criterion, ...]:
    """The date of a column lies in the period."""
    return (
        Criterion(column, Operator.AT_LEAST, Bound.FIRST_DAY),
        Criterion(column, Operator.AT_MOST, Bound.LAST_DAY),
    )


def by_last_day(column: str) -> Criterion:
    """The date of a column is not after the period."""
    return Criterion(column, Operator.AT_MOST, Bound.LAST_DAY)


def holds(column: str) -> Criterion:
    """A flag is set."""
    return Criterion(column, Operator.EQUALS, Bound.YES)


def fails(column: str) -> Criterion:
    """A flag is not set."""
    return Criterion(column, Operator.EQUALS, Bound.NO)


def pick(figures: tuple[Figure, ...], *keys: str) -> tuple[Figure, ...]:
    """Some figures by their keys, in this order."""
    known = {figure.key: figure for figure in figures}
    return tuple(known[key] for key in keys)


def plain(key: str, label: str, kind: Kind = Kind.TEXT) -> Column:
    """A column that a field of the facts gives as it is."""

    def read(fact: object, _now: datetime) -> Value:
        value: Value = getattr(fact, key)
        return value

    return Column(key=key, label=label, read=read, kind=kind)


def told(key: str, label: str, holds_true: Callable[[Any, datetime], object]) -> Column:
    """A column that tells whether something is so, as 1 or 0."""
    return Column(
        key=key,
        label=label,
        read=lambda fact, now: int(bool(holds_true(fact, now))),
        kind=Kind.FLAG,
    )


def flag(key: str, label: str) -> Column:
    """A column of a field that is true or not, as 1 or 0."""
    return told(key, label, lambda fact, _now: getattr(fact, key))


def worded(key: str, label: str, words: Mapping[str, str]) -> Column:
    """A column of a field with values of a closed list."""
    return Column(
        key=key,
        label=label,
        read=lambda fact, _now: str(getattr(fact, key)),
        kind=Kind.WORD,
        words=words,
    )
