"""Counting: facts in, figures out, by each dimension and in total."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial

import msgspec

from clerk.contract.report import AnyFact, Period
from clerk.rules.reports.parts import Bound, Criterion, Figure, Operator, Report, Value

Values = Mapping[str, int | float | None]
"""Figures by their keys; None is a share of nothing, for no rate is not a bad rate."""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a period: by dimension and there by name, in order, and in total.

    Names of a closed list are the values of it, to be translated where they are shown.
    """

    groups: dict[str, dict[str, Values]]
    total: Values
    facts: int


class Counting:
    """Counts one report fact by fact, so that nobody has to hold them all."""

    def __init__(self, report: Report, period: Period, made_at: datetime) -> None:
        """Begin with nothing."""
        self._report, self._made_at = report, made_at
        self._counted = tuple(one for one in report.figures if not one.is_share)
        criteria = {one for figure in self._counted for one in figure.criteria} | set(report.only)
        self._tests = {one: _make_test(one, period) for one in criteria}
        names = {one.column for one in criteria} | {one.adds for one in self._counted if one.adds}
        self._reads = {one.key: one.read for one in report.subject.columns if one.key in names}
        self._groups: dict[str, dict[str, list[int]]] = {one.key: {} for one in report.dimensions}
        self._total = [0] * len(self._counted)
        self.facts = 0

    def add(self, fact: AnyFact) -> bool:
        """Count one more fact; whether the report is over it at all."""
        values = {key: read(fact, self._made_at) for key, read in self._reads.items()}
        met = {one: test(values[one.column]) for one, test in self._tests.items()}
        if not all(met[one] for one in self._report.only):
            return False
        amounts = [self._amount(figure, values, met) for figure in self._counted]
        for dimension in self._report.dimensions:
            groups = self._groups[dimension.key]
            _add(groups.setdefault(dimension.read(fact), [0] * len(amounts)), amounts)
        _add(self._total, amounts)
        self.facts += 1
        return True

    def result(self) -> Tally:
        """What it came to so far; names are sorted."""
        return Tally(
            groups={
                key: {name: self._complete(groups[name]) for name in sorted(groups)}
                for key, groups in self._groups.items()
            },
            total=self._complete(self._total),
            facts=self.facts,
        )

    def _amount(
        self, figure: Figure, values: Mapping[str, Value], met: Mapping[Criterion, bool]
    ) -> int:
        if not all(met[one] for one in figure.criteria):
            return 0
        if not figure.adds:
            return 1
        added = values[figure.adds]
        return added if isinstance(added, int) else 0

    def _complete(self, amounts: list[int]) -> Values:
        """Counts and shares by their keys, in the order of the report."""
        known = dict(zip((one.key for one in self._counted), amounts, strict=True))
        return {
            one.key: _share(known[one.part], known[one.whole]) if one.is_share else known[one.key]
            for one in self._report.figures
        }


def tally(report: Report, facts: Iterable[AnyFact], period: Period, made_at: datetime) -> Tally:
    """Count all facts at once."""
    counting = Counting(report, period, made_at)
    for fact in facts:
        counting.add(fact)
    return counting.result()


def select(
    report: Report, facts: Iterable[AnyFact], period: Period, made_at: datetime
) -> list[AnyFact]:
    """The facts that a report is over."""
    counting = Counting(report, period, made_at)
    return [fact for fact in facts if counting.add(fact)]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _add(sums: list[int], amounts: list[int]) -> None:
    for at, amount in enumerate(amounts):
        sums[at] += amount


def _make_test(criterion: Criterion, period: Period) -> Callable[[Value], bool]:
    match criterion.bound:
        case Bound.FIRST_DAY:
            return partial(_compare, criterion.operator, period.first)
        case Bound.LAST_DAY:
            return partial(_compare, criterion.operator, period.last)
        case Bound.YES:
            return lambda value: value == 1
        case Bound.NO:
            return lambda value: value == 0 and value is not None


def _compare(operator: Operator, bound: date, value: Value) -> bool:
    if not isinstance(value, date):
        return False
    match operator:
        case Operator.AT_LEAST:
            return value >= bound
        case Operator.AT_MOST:
            return value <= bound
        case Operator.EQUALS:
            return value == bound
