"""The facts behind a report, page by page, for whoever may see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from central.calendars import get_calendar
from central.db import cases, offices, projects, reported, reported_matters, users
from central.db.engine import Connection
from central.reporting import happenings, ratings
from central.reporting.cases import Names, Seen, Standpoint, list_case_facts, office_day
from central.reporting.matters import make_matter_fact
from central.reporting.projects import make_project
from clerk.clock import Clock
from clerk.contract.report import FactPage, LookFact, Period
from clerk.contract.session import Purpose
from clerk.errors import InputError
from clerk.rules.case import fold
from clerk.rules.reports.parts import Report

LONGEST_DAYS = 400
PAGE = 1_000
"""Cases or looks of a page: what central reads and folds in about a second."""
_PROJECTS = 50
_STOPS = (
    *("stopped", "resumed", "stop_lapsed"),
    *("supplement_asked", "decided", "declined", "withdrawn"),
)
_ASKS = ("urged", "supervised")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which facts: of a report and a period; `user` is whose own they are.

    Of ratings those of `department` alone where one is named, and `clerks` where they are told.
    """

    report: Report
    period: Period
    user: str = ""
    department: str = ""
    clerks: bool = True


def read_period(since: str, until: str) -> Period:
    """A period from two days as a query says them. Raises InputError `report.period`."""
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
    except ValueError:
        raise InputError("report.period", most_days=LONGEST_DAYS) from None
    # There must be a day after the last one.
    if not first <= last < date.max or (last - first).days > LONGEST_DAYS:
        raise InputError("report.period", most_days=LONGEST_DAYS)
    return Period(first, last)


def read_page(
    connection: Connection, wanted: Wanted, clock: Clock, after: str = "", size: int = PAGE
) -> FactPage:
    """The page that begins after a place; the empty one is the beginning."""
    page = _read_facts(connection, wanted, clock, after, size)
    return page if after else msgspec.structs.replace(page, office=_name_office(connection))


def _name_office(connection: Connection) -> str:
    """The centre that the windows are of; several stand side by side."""
    centres = (one.centre for one in offices.list_windows(connection))
    return "、".join(dict.fromkeys(one for one in centres if one))


def _read_facts(
    connection: Connection, wanted: Wanted, clock: Clock, after: str, size: int
) -> FactPage:
    match wanted.report.subject.key:
        case "look":
            return _page_of_looks(connection, wanted, clock, after, size)
        case "project":
            return _page_of_projects(connection, wanted, clock, after)
        case "rating" | "indicator":
            return _page_of_ratings(connection, wanted, clock, after, size)
        case "matter":
            return _page_of_matters(connection, wanted, clock, after, size)
        case _:
            return _page_of_cases(connection, wanted, clock, after, size)


def _page_of_cases(
    connection: Connection, wanted: Wanted, clock: Clock, after: str, size: int
) -> FactPage:
    condition = _condition(wanted)
    found = reported.list_visits(connection, condition, after, size)
    upto = ""
    if len(found) > size:
        # A visit that goes on behind the page comes whole with the next one.
        cut = [one for one in found if one[0] != found[-1][0]]
        assert cut, "no visit fills a page"
        found, upto = tuple(cut), cut[-1][0]
    page = FactPage(
        made_at=clock.now(),
        total=reported.count_cases(connection, condition) if not after else 0,
        done=len(found),
        next=upto,
    )
    seen = _read(connection, [one[1] for one in found])
    return _filled(connection, page, wanted, seen)


def _condition(wanted: Wanted) -> reported.Condition:
    first, last = wanted.period.first, wanted.period.last
    match wanted.report.subject.key:
        case "stop":
            return reported.stopped(_STOPS, first, last)
        case "cause":
            return reported.happened(("supplement_asked",), first, last)
        case "ask":
            return reported.happened(_ASKS, first, last)
        case "act":
            return reported.done_by(wanted.user, first, last)
        case _:
            return reported.counted(first, last)


def _filled(
    connection: Connection, page: FactPage, wanted: Wanted, seen: Iterator[Seen]
) -> FactPage:
    """The page with the facts of its cases."""
    names, period, replace = name_all(connection), wanted.period, msgspec.structs.replace
    match wanted.report.subject.key:
        case "stop":
            stops = tuple(fact for one in seen for fact in happenings.list_stops(one))
            return replace(page, stops=stops)
        case "cause":
            causes = (happenings.list_causes(one, names, period) for one in seen)
            return replace(page, causes=tuple(fact for some in causes for fact in some))
        case "ask":
            asks = (happenings.list_asks(one, names, period) for one in seen)
            return replace(page, asks=tuple(fact for some in asks for fact in some))
        case "act":
            acts = (happenings.list_acts(one, wanted.user, period) for one in seen)
            return replace(page, acts=tuple(fact for some in acts for fact in some))
        case _:
            at = Standpoint(names, get_calendar(connection), page.made_at)
            return replace(page, cases=list_case_facts(seen, at))


def _read(connection: Connection, ids: list[str]) -> Iterator[Seen]:
    records = cases.find_records(connection, ids)
    for one in ids:
        yield Seen(fold(records[one]), records[one])


def _page_of_looks(
    connection: Connection, wanted: Wanted, clock: Clock, after: str, size: int
) -> FactPage:
    days = (wanted.period.first, wanted.period.last)
    rows = reported.list_looks(connection, *days, after, size)
    names = name_all(connection)
    return FactPage(
        made_at=clock.now(),
        total=reported.count_looks(connection, *days) if not after else 0,
        done=len(rows),
        next=rows[-1].id if len(rows) == size else "",
        looks=tuple(
            LookFact(
                looked_on=office_day(row.at),
                user_name=names.people.get(row.user, row.user),
                department_name=names.departments.get(row.department or "", ""),
                purpose=Purpose(row.purpose),
                found=row.found,
            )
            for row in rows
        ),
    )


def _page_of_ratings(
    connection: Connection, wanted: Wanted, clock: Clock, after: str, size: int
) -> FactPage:
    period, department = wanted.period, wanted.department
    told = ratings.list_page(connection, period, department, after, size)
    page = FactPage(
        made_at=clock.now(),
        total=ratings.count(connection, period, department) if not after else 0,
        done=len(told),
        next=told[-1][0].visit if len(told) == size else "",
    )
    names = name_all(connection)
    if wanted.report.subject.key == "indicator":
        return ratings.with_indicators(page, told, names)
    return ratings.with_ratings(page, told, names, clerks=wanted.clerks)


def _page_of_projects(connection: Connection, wanted: Wanted, clock: Clock, after: str) -> FactPage:
    """Projects of bundles with several stages; the others are told by their cases."""
    until, now = wanted.period.last, clock.now()
    found = reported.list_projects(connection, until, after, _PROJECTS)
    at = Standpoint(name_all(connection), get_calendar(connection), now)
    facts = []
    for project in found:
        bundle = projects.find_bundle(connection, project.bundle, project.version)
        if bundle is not None and len(bundle.stages) > 1:
            seen = _read(connection, list(projects.list_cases(connection, project.id)))
            facts.append(make_project(project, bundle, seen, at))
    return FactPage(
        made_at=now,
        total=reported.count_projects(connection, until) if not after else 0,
        done=len(found),
        next=found[-1].id if len(found) == _PROJECTS else "",
        projects=tuple(facts),
    )


def _page_of_matters(
    connection: Connection, wanted: Wanted, clock: Clock, after: str, size: int
) -> FactPage:
    days, now = (wanted.period.first, wanted.period.last), clock.now()
    found = reported_matters.list_matters(connection, *days, after, size)
    at = Standpoint(name_all(connection), get_calendar(connection), now)
    return FactPage(
        made_at=now,
        total=reported_matters.count_matters(connection, *days) if not after else 0,
        done=len(found),
        next=found[-1].id if len(found) == size else "",
        matters=tuple(make_matter_fact(one, at) for one in found),
    )


def name_all(connection: Connection) -> Names:
    """The names of windows, departments and people; people of one name are told apart."""
    everybody = users.list_all(connection)
    shared = [one.name for one in everybody]
    return Names(
        windows=offices.list_window_names(connection),
        departments={one.id: one.name for one in offices.list_departments(connection)},
        people={
            one.id: f"{one.name} ({one.login})" if shared.count(one.name) > 1 else one.name
            for one in everybody
        },
    )
