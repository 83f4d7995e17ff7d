"""Cases as facts of a report: dates and states, and what they saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import CaseRecord, Received
from clerk.contract.limits import Limit, Unit
from clerk.contract.report import CaseFact, TimeKind
from clerk.contract.user import Actor
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case
from clerk.rules.case.timing import Timing, timing_of
from clerk.rules.papers_saved import PapersSaved
from clerk.rules.usual_time import spent_days

_IN_HOURS = (Unit.WORKING_HOURS, Unit.NATURAL_HOURS)


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """How a report calls windows, departments and people, by their ids."""

    windows: Mapping[str, str]
    departments: Mapping[str, str]
    people: Mapping[str, str]

    def person(self, actor: Actor) -> str:
        """Somebody who did something; two of one name are told apart."""
        return self.people.get(actor.user, actor.name)


class Standpoint(msgspec.Struct, frozen=True):
    """From where facts are made: the names that are in use, the calendar, the moment."""

    names: Names
    calendar: WorkCalendar
    now: datetime


class Seen(msgspec.Struct, frozen=True):
    """A case with its events."""

    case: Case
    record: CaseRecord


def list_case_facts(seen: Iterable[Seen], at: Standpoint) -> tuple[CaseFact, ...]:
    """The facts of some cases, in whole visits and by number: a visit's papers are saved once."""
    saved = PapersSaved()
    return tuple(
        msgspec.structs.replace(make_fact(one, at), papers_saved=saved.count(one.case))
        for one in seen
    )


def make_fact(seen: Seen, at: Standpoint) -> CaseFact:
    """One case, without what it saved."""
    case, received = seen.case, seen.record.events[0]
    assert isinstance(received, Received), "a case begins with its receipt"
    timing = timing_of(case, at.calendar, at.now)
    due_at = _due_at(case, timing)
    step, place = case.present_step, case.place
    return CaseFact(
        number=case.number,
        item=case.terms.item,
        item_name=case.terms.name,
        department_name=case.terms.department_name,
        window_name=at.names.windows.get(case.window, case.window),
        received_on=office_day(case.received_at),
        stage=case.stage,
        outcome=case.outcome,
        accepted_on=case.accepted_from,
        deemed=case.deemed,
        supplement_asked_on=_day(case.asked_at),
        declined_on=_day(case.declined_at),
        decided_on=_day(case.decided_at),
        released_on=_day(case.released_at),
        promised_due=None if timing.forecast or not case.terms.promised else timing.promised_due,
        statutory_due=None if timing.forecast else timing.statutory_due,
        due_at=due_at,
        decided_at=case.decided_at if due_at else None,
        clerk_name=at.names.person(case.received_by),
        channel=received.channel,
        time_kind=_time_kind(case),
        spent_days=spent_days(case, at.calendar),
        step_name=step.name if step else "",
        bundle_name=place.bundle_name if place else "",
        bundle_stage=place.stage_name if place else "",
    )


def _time_kind(case: Case) -> TimeKind:
    if case.stops:
        return TimeKind.SPECIAL
    limit = _watched(case)
    return TimeKind.PROMISED if limit.amount else TimeKind.INSTANT


def _watched(case: Case) -> Limit:
    return case.terms.promised or case.terms.statutory


def _due_at(case: Case, timing: Timing) -> datetime | None:
    """The last moment on time of the limit that is watched, if it is one in hours."""
    watched = timing.promised if case.terms.promised else timing.statutory
    if timing.forecast or watched is None or _watched(case).unit not in _IN_HOURS:
        return None
    return watched.due_at


def office_day(at: datetime) -> date:
    """The office's day of a moment."""
    return at.astimezone(OFFICE_ZONE).date()


def _day(at: datetime | None) -> date | None:
    return office_day(at) if at else None
