"""Ratings as facts of a report: nothing of who gave them, and the clerk for managers alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from central.db import matters, ratings
from central.db.engine import Connection
from central.reporting.cases import Names, office_day
from clerk.contract.rating import Rating
from clerk.contract.report import FactPage, IndicatorFact, Period, RatedFact
from clerk.rules.identifiers.masking import scrub
from clerk.rules.matter import Matter, fold_matter

Told = tuple[Rating, Matter | None]
"""A rating with its follow-up, if it has one."""


def count(connection: Connection, period: Period, department: str) -> int:
    """How many there are; of one department on demand."""
    return ratings.count_between(connection, period.first, period.last, department)


def list_page(
    connection: Connection, period: Period, department: str, after: str, size: int
) -> list[Told]:
    """The next ratings by their visits, each with its follow-up."""
    days: tuple[date, date] = (period.first, period.last)
    found = ratings.page_between(connection, *days, department, after, size)
    followed = {
        matter.brought.rating: matter
        for matter in map(
            fold_matter, matters.list_of_ratings(connection, [one.visit for one in found])
        )
    }
    return [(one, followed.get(one.visit)) for one in found]


def with_ratings(page: FactPage, told: list[Told], names: Names, *, clerks: bool) -> FactPage:
    """The page with a fact for each rating; who took the papers in is told on demand."""
    facts = (_tell_rating(rating, matter, names) for rating, matter in told)
    kept = (one if clerks else replace(one, clerk_name="") for one in facts)
    return replace(page, ratings=tuple(kept))


def with_indicators(page: FactPage, told: list[Told], names: Names) -> FactPage:
    """The page with a fact for each indicator of each rating."""
    facts = (_tell_indicators(rating, matter, names) for rating, matter in told)
    return replace(page, indicators=tuple(fact for some in facts for fact in some))


def _tell_rating(rating: Rating, matter: Matter | None, names: Names) -> RatedFact:
    first, appeal = rating.first, matter.appeal if matter else None
    excluded = matter is not None and matter.excluded
    return RatedFact(
        number=first.number,
        item_name=first.item_name,
        department_name=names.departments.get(first.department, first.department),
        window_name=names.windows.get(rating.window, rating.window),
        rated_on=office_day(rating.at),
        way=rating.way,
        level=rating.chosen.level,
        clerk_name=names.people.get(rating.clerk, rating.clerk_name),
        cases=len(rating.cases),
        indicators=rating.chosen.indicators,
        words=scrub(rating.chosen.words),
        followed=matter is not None,
        excluded=excluded,
        excluded_for=appeal.reason if appeal and excluded else "",
    )


def _tell_indicators(
    rating: Rating, matter: Matter | None, names: Names
) -> Iterator[IndicatorFact]:
    first = rating.first
    for place, one in enumerate(rating.chosen.indicators):
        yield IndicatorFact(
            number=first.number,
            item_name=first.item_name,
            department_name=names.departments.get(first.department, first.department),
            window_name=names.windows.get(rating.window, rating.window),
            rated_on=office_day(rating.at),
            level=rating.chosen.level,
            indicator=one,
            leads=place == 0,
            excluded=matter is not None and matter.excluded,
        )
