"""The figures of a report, each defined once: in words, for Python, and for a spreadsheet.

A figure counts the cases that meet all of its criteria. Python tests the criteria here, the
workbook writes them as COUNTIFS, so a screen and a workbook cannot disagree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.case import Stage
from clerk.contract.report import CaseFact, Period
from clerk.locale import mark
from clerk.rules.clock import day_of

_OVER = frozenset({Stage.DRAFT, Stage.DECIDED, Stage.DECLINED, Stage.WITHDRAWN, Stage.VOID})
"""Stages in which nobody works on a case: not yet, or no more."""


class Column(StrEnum):
    """What of a case a criterion looks at. Two are derived, as 0 or 1; the last is summed up."""

    RECEIVED_ON = "received_on"
    ACCEPTED_ON = "accepted_on"
    SUPPLEMENT_ASKED_ON = "supplement_asked_on"
    DECLINED_ON = "declined_on"
    DECIDED_ON = "decided_on"
    IN_HAND = "in_hand"
    OVERDUE = "overdue"
    PAPERS_SAVED = "papers_saved"


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
    """One condition on one column; an empty date meets none."""

    column: Column
    operator: Operator
    bound: Bound


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. `label` and `definition` are messages to translate.

    Either it counts what meets all `criteria`, or sums up the column `adds` of it, or it is the
    share `part` of `whole`.
    """

    key: str
    label: str
    definition: str
    criteria: tuple[Criterion, ...] = ()
    adds: Column | None = None
    part: str = ""
    whole: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether it is a share of two other figures instead of a count."""
        return bool(self.whole)


def _within(column: Column) -> tuple[Criterion, ...]:
    """The date of a column lies in the period."""
    return (
        Criterion(column, Operator.AT_LEAST, Bound.FIRST_DAY),
        Criterion(column, Operator.AT_MOST, Bound.LAST_DAY),
    )


_IN_HAND = (
    Criterion(Column.RECEIVED_ON, Operator.AT_MOST, Bound.LAST_DAY),
    Criterion(Column.IN_HAND, Operator.EQUALS, Bound.YES),
)

FIGURES: tuple[Figure, ...] = (
    Figure(
        key="received",
        label=mark("Received"),
        definition=mark("Cases whose papers were taken in at a window within the period."),
        criteria=_within(Column.RECEIVED_ON),
    ),
    Figure(
        key="accepted",
        label=mark("Accepted"),
        definition=mark(
            "Cases accepted within the period. A case that was accepted because nobody acted for "
            "five working days counts on the day that its acceptance is dated from."
        ),
        criteria=_within(Column.ACCEPTED_ON),
    ),
    Figure(
        key="supplemented",
        label=mark("Supplement asked"),
        definition=mark("Cases for which the one-time supplement notice was given in the period."),
        criteria=_within(Column.SUPPLEMENT_ASKED_ON),
    ),
    Figure(
        key="declined",
        label=mark("Declined"),
        definition=mark("Cases not accepted, by a notice dated within the period."),
        criteria=_within(Column.DECLINED_ON),
    ),
    Figure(
        key="decided",
        label=mark("Decided"),
        definition=mark("Cases granted or refused within the period."),
        criteria=_within(Column.DECIDED_ON),
    ),
    Figure(
        key="in_hand",
        label=mark("In hand"),
        definition=mark(
            "Cases received by the last day of the period that were neither decided, declined, "
            "withdrawn nor void when the report was made."
        ),
        criteria=_IN_HAND,
    ),
    Figure(
        key="on_time",
        label=mark("On time"),
        definition=mark(
            "Cases decided within the period, on or before their due date. The due date is the "
            "promised one, or the statutory one where nothing was promised. A limit in hours is "
            "met to the minute."
        ),
        criteria=(
            *_within(Column.DECIDED_ON),
            Criterion(Column.OVERDUE, Operator.EQUALS, Bound.NO),
        ),
    ),
    Figure(
        key="overdue_open",
        label=mark("Overdue, in hand"),
        definition=mark("Cases in hand whose due date had passed when the report was made."),
        criteria=(*_IN_HAND, Criterion(Column.OVERDUE, Operator.EQUALS, Bound.YES)),
    ),
    Figure(
        key="overdue_decided",
        label=mark("Overdue, decided"),
        definition=mark("Cases decided within the period, but after their due date."),
        criteria=(
            *_within(Column.DECIDED_ON),
            Criterion(Column.OVERDUE, Operator.EQUALS, Bound.YES),
        ),
    ),
    Figure(
        key="papers_saved",
        label=mark("Papers saved"),
        definition=mark(
            "Originals and copies that the items of cases received within the period require and "
            "that nobody asked for, because a licence or a register stood for the material when "
            "the report was made. What several items of one visit share counts once, for the "
            "first of them that requires it; optional material does not count."
        ),
        criteria=_within(Column.RECEIVED_ON),
        adds=Column.PAPERS_SAVED,
    ),
    Figure(
        key="on_time_rate",
        label=mark("On-time rate"),
        definition=mark("On time divided by decided; empty where nothing was decided."),
        part="on_time",
        whole="decided",
    ),
)

_COUNTS = tuple(figure for figure in FIGURES if not figure.is_rate)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one department, one window, or all."""

    received: int = 0
    accepted: int = 0
    supplemented: int = 0
    declined: int = 0
    decided: int = 0
    in_hand: int = 0
    on_time: int = 0
    overdue_open: int = 0
    overdue_decided: int = 0
    papers_saved: int = 0

    @property
    def on_time_rate(self) -> float | None:
        """None where nothing was decided: no rate is not a bad rate."""
        return self.on_time / self.decided if self.decided else None

    def value_of(self, figure: Figure) -> int | float | None:
        """The value of one figure, for a table that lists them all."""
        value: int | float | None = getattr(self, figure.key)
        return value


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a period, by the names of departments, windows and items, in their order."""

    by_department: dict[str, Figures]
    by_window: dict[str, Figures]
    by_item: dict[str, Figures]
    total: Figures


def find_due(fact: CaseFact) -> date | None:
    """The day by which a case is to be decided: the promised one where there is one."""
    return fact.promised_due or fact.statutory_due


def is_in_hand(fact: CaseFact) -> bool:
    """Whether somebody still has to do something about the case before it is decided."""
    return fact.stage not in _OVER


def is_overdue(fact: CaseFact, now: datetime) -> bool:
    """Whether it was decided late, or is in hand and late now. On the due date is on time.

    A limit in hours is compared by the moment (counting rule 1), as its light is.
    """
    if fact.due_at is not None:
        ended_at = fact.decided_at or (now if is_in_hand(fact) else None)
        return ended_at is not None and ended_at > fact.due_at
    due = find_due(fact)
    ended = fact.decided_on or (day_of(now) if is_in_hand(fact) else None)
    return due is not None and ended is not None and ended > due


def read_columns(fact: CaseFact, now: datetime) -> dict[Column, date | int | None]:
    """What the criteria look at: dates, and 0 or 1."""
    return {
        Column.RECEIVED_ON: fact.received_on,
        Column.ACCEPTED_ON: fact.accepted_on,
        Column.SUPPLEMENT_ASKED_ON: fact.supplement_asked_on,
        Column.DECLINED_ON: fact.declined_on,
        Column.DECIDED_ON: fact.decided_on,
        Column.IN_HAND: int(is_in_hand(fact)),
        Column.OVERDUE: int(is_overdue(fact, now)),
        Column.PAPERS_SAVED: fact.papers_saved,
    }


def counts(figure: Figure, fact: CaseFact, period: Period, now: datetime) -> bool:
    """Whether a figure counts a case."""
    assert not figure.is_rate, "a rate counts nothing by itself"
    return _meets_all(figure, read_columns(fact, now), period)


def name_item(fact: CaseFact) -> str:
    """An item as a report names it: departments have items of one name."""
    return f"{fact.item_name} · {fact.department_name}"


def tally(facts: Iterable[CaseFact], period: Period, now: datetime) -> Tally:
    """Count all cases, by department, by window, by item and in total; names are sorted."""
    departments: defaultdict[str, Counter[str]] = defaultdict(Counter)
    windows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    items: defaultdict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for fact in facts:
        columns = read_columns(fact, now)
        met = {
            figure.key: fact.papers_saved if figure.adds is Column.PAPERS_SAVED else 1
            for figure in _COUNTS
            if _meets_all(figure, columns, period)
        }
        own = (departments[fact.department_name], windows[fact.window_name], items[name_item(fact)])
        for counter in (*own, total):
            counter.update(met)
    return Tally(
        by_department=_sort(departments),
        by_window=_sort(windows),
        by_item=_sort(items),
        total=Figures(**total),
    )


def _sort(counters: Mapping[str, Counter[str]]) -> dict[str, Figures]:
    return {name: Figures(**counters[name]) for name in sorted(counters)}


def _meets_all(figure: Figure, columns: Mapping[Column, date | int | None], period: Period) -> bool:
    return all(
        _meets(criterion, columns[criterion.column], period) for criterion in figure.criteria
    )


def _meets(criterion: Criterion, value: date | int | None, period: Period) -> bool:
    match criterion.bound, value:
        case Bound.FIRST_DAY, date():
            return _compare(criterion.operator, (value - period.first).days)
        case Bound.LAST_DAY, date():
            return _compare(criterion.operator, (value - period.last).days)
        case ((Bound.YES | Bound.NO), int()):
            return value == (criterion.bound is Bound.YES)
        case _:
            return False


def _compare(operator: Operator, difference: int) -> bool:
    match operator:
        case Operator.AT_LEAST:
            return difference >= 0
        case Operator.AT_MOST:
            return difference <= 0
        case Operator.EQUALS:
            return difference == 0
