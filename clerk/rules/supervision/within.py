"""What the events of one case tell an auditor (rules R01 to R06, R09 and R14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import msgspec

from clerk.contract.case import (
    Accepted,
    AnyEvent,
    CaseRecord,
    Decided,
    Declined,
    Produced,
    Released,
    StepPassed,
    StepReturned,
    SupplementAsked,
    Terms,
)
from clerk.contract.custody import PapersLost
from clerk.contract.limits import Unit
from clerk.contract.proposal import Corrected, Prolonged, Resumed, StopLapsed, Stopped
from clerk.contract.supervision import Finding
from clerk.contract.user import CLOCK_ACTOR
from clerk.errors import in_one
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.choosing import clock_settings
from clerk.rules.case.clocks import decision_clocks
from clerk.rules.case.fold import fold
from clerk.rules.case.state import Case
from clerk.rules.clock import ClockFacts, day_of, derive_deadline
from clerk.rules.clock.moments import localize
from clerk.rules.custody.lines import name_material
from clerk.rules.supervision.patterns import ActiveRules

_ACTS: tuple[type, ...] = (
    Accepted,
    SupplementAsked,
    Declined,
    StepPassed,
    StepReturned,
    Decided,
    Produced,
    Released,
)
"""What somebody did on purpose; a claim or a scan tells nothing of when a case was handled."""


class _Looked(msgspec.Struct, frozen=True):
    """A case under examination."""

    record: CaseRecord
    case: Case
    calendar: WorkCalendar


_Hit = tuple[int, dict[str, str]]
"""The number of the event, counted from 1, and what fills the reason."""

_Days = tuple[int, int]
"""The number of an event, and working days."""


def find_patterns(
    record: CaseRecord, calendar: WorkCalendar, rules: ActiveRules
) -> tuple[Finding, ...]:
    """Every finding in one case; asked again with more events, the old ones are the same."""
    looked = _Looked(record, fold(record), calendar)
    return tuple(
        _finding(number, looked, hit)
        for number, look in _RULES.items()
        if (parameters := rules.find(number)) is not None
        for hit in look(looked, parameters)
    )


def _finding(number: str, looked: _Looked, hit: _Hit) -> Finding:
    seq, parameters = hit
    event, case = looked.record.events[seq - 1], looked.case
    return Finding(
        id=f"{number}|{case.id}|{seq}",
        rule=number,
        at=event.at,
        actor=event.by.user,
        actor_name=event.by.name,
        case_id=case.id,
        case_number=case.number,
        item_name=case.terms.name,
        department=event.by.department or case.terms.department,
        window=event.by.window or case.window,
        seq=seq,
        parameters=parameters,
    )


def _numbered(looked: _Looked, *kinds: type) -> Iterator[tuple[int, AnyEvent]]:
    for seq, event in enumerate(looked.record.events, 1):
        if isinstance(event, kinds):
            yield seq, event


def _repeated_stops(looked: _Looked, parameters: dict[str, int]) -> Iterator[_Hit]:
    most = parameters["most"]
    for count, (seq, _event) in enumerate(_numbered(looked, Stopped), 1):
        if count > most:
            yield seq, {"count": str(count), "most": str(most)}


def _long_stop(looked: _Looked, parameters: dict[str, int]) -> Iterator[_Hit]:
    """Found once for a stop, at the act that made it long: its plan, a prolongation, its end."""
    most = parameters["most"]
    for n, stop in _numbered(looked, Stopped):
        assert isinstance(stop, Stopped), "asked for by its type"
        for seq, days in _grown(looked, n, stop):
            if days > most:
                yield seq, {"procedure": stop.procedure, "days": str(days), "most": str(most)}
                break


def _grown(looked: _Looked, n: int, stop: Stopped) -> Iterator[_Days]:
    """How long the n-th event stops the clock, after each event that tells, until its end."""
    planned = stop.planned_days
    yield n, planned
    for seq, event in enumerate(looked.record.events[n:], n + 1):
        match event:
            case Prolonged(stop=number) if number == n:
                planned += event.days
                yield seq, planned
            case StopLapsed(stop=number, ended=True) if number == n:
                return  # it stood as long as it was planned
            case Resumed() if _ends(event, n, stop):
                yield seq, looked.calendar.working_days_between(day_of(stop.at), day_of(event.at))
                return


def _ends(event: Resumed, n: int, stop: Stopped) -> bool:
    return event.stop == n if event.stop else event.procedure == stop.procedure


def _second_supplement(looked: _Looked, _parameters: dict[str, int]) -> Iterator[_Hit]:
    for count, (seq, _event) in enumerate(_numbered(looked, SupplementAsked), 1):
        if count > 1:
            yield seq, {"count": str(count)}


def _put_right(looked: _Looked, parameters: dict[str, int]) -> Iterator[_Hit]:
    """Of whoever approved it: a slip happens, a case of slips is looked at."""
    most = parameters["most"]
    for count, (seq, event) in enumerate(_numbered(looked, Corrected), 1):
        assert isinstance(event, Corrected), "asked for by its type"
        if count > most:
            yield seq, {"count": str(count), "n": str(event.act), "most": str(most)}


def _in_a_minute(looked: _Looked, parameters: dict[str, int]) -> Iterator[_Hit]:
    """Never of an instant item: to decide it in the same sitting is what is asked for."""
    if _is_due_at_once(looked.case.terms):
        return
    most = parameters["most"]
    accepted: datetime | None = None
    for seq, event in _numbered(looked, Accepted, Decided):
        if isinstance(event, Accepted):
            accepted = event.at
        elif accepted is not None:
            seconds = int((event.at - accepted).total_seconds())
            if seconds <= most:
                yield seq, {"seconds": str(seconds), "most": str(most)}


def _is_due_at_once(terms: Terms) -> bool:
    return (terms.promised or terms.statutory).amount == 0


def _at_the_last_hour(looked: _Looked, parameters: dict[str, int]) -> Iterator[_Hit]:
    """Before either limit runs out; a limit of days runs out as the office closes."""
    clocks = decision_clocks(looked.case, looked.calendar)
    decided = next(_numbered(looked, Decided), None)
    if clocks is None or decided is None:
        return
    seq, event = decided
    minutes = parameters["minutes"]
    for clock in (clocks.promised, clocks.statutory):
        if clock is not None and _is_last_hour(clock, event.at, looked.calendar, minutes):
            at = localize(event.at)
            yield seq, {"time": f"{at:%H:%M}", "minutes": str(minutes), "day": f"{at:%Y-%m-%d}"}
            return


def _is_last_hour(clock: ClockFacts, at: datetime, calendar: WorkCalendar, minutes: int) -> bool:
    if clock.limit.amount == 0:
        return False  # what is due at once is always decided at its last hour
    deadline = derive_deadline(clock, calendar, at)
    ends = deadline.due_at
    if clock.limit.unit in (Unit.WORKING_DAYS, Unit.NATURAL_DAYS):
        closes = max(hours.closes for hours in clock.settings.office_hours)
        ends = min(ends, datetime.combine(deadline.due_on, closes, ends.tzinfo))
    return ends - timedelta(minutes=minutes) <= at <= deadline.due_at


def _outside_hours(looked: _Looked, parameters: dict[str, int]) -> Iterator[_Hit]:
    margin = timedelta(minutes=parameters["margin_minutes"])
    for seq, event in _numbered(looked, *_ACTS):
        if event.by.user != CLOCK_ACTOR.user and _is_closed(event.at, looked.calendar, margin):
            act = event.__struct_config__.tag
            yield seq, {"act": str(act), "time": f"{localize(event.at):%Y-%m-%d %H:%M}"}


def _is_closed(at: datetime, calendar: WorkCalendar, margin: timedelta) -> bool:
    """By the hours that the office had chosen at that moment."""
    local = localize(at)
    if not calendar.is_working_day(local.date()):
        return True
    hours = clock_settings(calendar.choices.held_at(at)).office_hours
    first, last = min(one.opens for one in hours), max(one.closes for one in hours)
    opens = datetime.combine(local.date(), first, local.tzinfo) - margin
    closes = datetime.combine(local.date(), last, local.tzinfo) + margin
    return not opens <= local <= closes


def _lost(looked: _Looked, _parameters: dict[str, int]) -> Iterator[_Hit]:
    """Every loss that was confirmed, made good or not: who looks into it sees the case."""
    for seq, event in _numbered(looked, PapersLost):
        assert isinstance(event, PapersLost), "asked for by its type"
        names = in_one(name_material(looked.case, one.material) for one in event.papers)
        count = sum(one.count for one in event.papers)
        yield seq, {"count": str(count), "names": names, "why": event.reason}


_RULES: dict[str, Callable[[_Looked, dict[str, int]], Iterator[_Hit]]] = {
    "R01": _repeated_stops,
    "R02": _long_stop,
    "R03": _second_supplement,
    "R04": _in_a_minute,
    "R05": _at_the_last_hour,
    "R06": _outside_hours,
    "R09": _put_right,
    "R14": _lost,
}
