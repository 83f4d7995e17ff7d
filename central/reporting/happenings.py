"""What happened to cases, as facts of a report: stops, supplement notices, urges, acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from central.reporting.cases import Names, Seen, office_day
from clerk.contract.case import Decided, Declined, Received, SupplementAsked, Withdrawn
from clerk.contract.proposal import Corrected, Stopped
from clerk.contract.report import (
    ActFact,
    AskFact,
    AskKindTold,
    CauseFact,
    Period,
    StopFact,
)
from clerk.rules.case import Case, evolve
from clerk.rules.case.fold import begin
from clerk.rules.case.state import Ask, AskKind, Stop
from clerk.rules.reports.words import ACTS

_ENDINGS = SupplementAsked | Decided | Declined | Withdrawn
"""What ends a special procedure that nobody resumed: the clock it stopped runs no more."""
_KINDS = {AskKind.URGE: AskKindTold.URGE, AskKind.SUPERVISE: AskKindTold.SUPERVISE}


def list_stops(seen: Seen) -> Iterator[StopFact]:
    """The special procedures of a case, also those of before a supplement notice."""
    stops, ended = _gather_stops(seen)
    had: set[str] = set()
    for n, stop in stops.items():
        last = stop.last or (office_day(stop.resumed_at) if stop.resumed_at else ended.get(n))
        yield StopFact(
            number=seen.case.number,
            item_name=seen.case.terms.name,
            department_name=seen.case.terms.department_name,
            procedure=stop.procedure,
            began_on=office_day(stop.began_at),
            planned_days=stop.planned_days,
            longer_days=sum(one.days for one in stop.longer),
            ended_on=last,
            lapsed=stop.last is not None,
            overrun=stop.overrun,
            again=stop.procedure.value in had,
        )
        had.add(stop.procedure.value)


def _gather_stops(seen: Seen) -> tuple[dict[int, Stop], dict[int, date]]:
    """Each stop by its number as it last stood, and when the case itself ended it."""
    first, *rest = seen.record.events
    if not any(isinstance(event, Stopped) for event in rest):
        return {}, {}
    assert isinstance(first, Received), "a case begins with its receipt"
    stops: dict[int, Stop] = {}
    ended: dict[int, date] = {}
    case = begin(seen.record.id, first)
    for event in rest:
        before, case = case, evolve(case, event)
        stops |= {stop.n: stop for stop in case.stops}
        if isinstance(event, _ENDINGS):
            ended |= {stop.n: office_day(event.at) for stop in before.open_stops}
        if isinstance(event, Corrected):
            undone = {stop.n for stop in before.stops} - {stop.n for stop in case.stops}
            stops = {n: stop for n, stop in stops.items() if n not in undone}
    return stops, ended


def list_causes(seen: Seen, names: Names, period: Period) -> Iterator[CauseFact]:
    """The lines of the notices of a case that were given within a period."""
    notices = [event for event in seen.record.events if isinstance(event, SupplementAsked)]
    case = seen.case
    for place, notice in enumerate(notices):
        asked_on = office_day(notice.at)
        if not period.first <= asked_on <= period.last:
            continue
        for at, line in enumerate(notice.lines):
            yield CauseFact(
                number=case.number,
                item_name=case.terms.name,
                department_name=case.terms.department_name,
                window_name=names.windows.get(case.window, case.window),
                asked_on=asked_on,
                cause=line.name,
                leads=at == 0,
                second=place > 0,
            )


def list_asks(seen: Seen, names: Names, period: Period) -> Iterator[AskFact]:
    """The urges and supervisions of a case within a period."""
    open_ones = {ask.n for ask in seen.case.open_asks}
    for ask in seen.case.asks:
        if ask.kind in _KINDS and period.first <= office_day(ask.at) <= period.last:
            yield _ask(seen.case, ask, names, is_open=ask.n in open_ones)


def _ask(case: Case, ask: Ask, names: Names, *, is_open: bool) -> AskFact:
    held_by = names.departments.get(ask.department, ask.department)
    return AskFact(
        number=case.number,
        item_name=case.terms.name,
        department_name=held_by or names.windows.get(case.window, case.window),
        kind=_KINDS[ask.kind],
        asked_on=office_day(ask.at),
        due_on=ask.due,
        by_name=names.person(ask.by),
        answered_on=office_day(ask.answer.at) if ask.answer else None,
        dropped=ask.answer is None and not is_open,
        gone_up=ask.level > 0,
        item_department=case.terms.department_name,
    )


def list_acts(seen: Seen, user: str, period: Period) -> Iterator[ActFact]:
    """What somebody did on a case within a period."""
    leads = True
    for event in seen.record.events:
        act, done_on = str(event.__struct_config__.tag), office_day(event.at)
        mine = event.by.user == user and act in ACTS
        if mine and period.first <= done_on <= period.last:
            fact = ActFact(
                number=seen.case.number,
                item_name=seen.case.terms.name,
                department_name=seen.case.terms.department_name,
                act=act,
                done_on=done_on,
            )
            yield replace(fact, leads=leads)
            leads = False
