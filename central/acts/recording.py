"""What happened to a case, written down: events, its row, who sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from central.acts.licensing import issue_licences
from central.acts.numbering import number_documents
from central.acts.renewing import note_answers
from central.db import blobs, cases
from central.db.engine import Connection
from central.db.feed import Change
from clerk.contract.case import AnyEvent, CaseRecord, Received
from clerk.contract.sync import EntityKind
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case, fold
from clerk.rules.case.context import FIVE_DAYS
from clerk.rules.case.fold import begin, evolve_all
from clerk.rules.case.standing import last_planned_day
from clerk.rules.case.timing import timing_of
from clerk.rules.joint import may_speak, speak_until
from clerk.rules.usual_time import spent_days
from clerk.sync.scope import audiences_of


class Moment(msgspec.Struct, frozen=True):
    """When something happens, and by which calendar."""

    now: datetime
    calendar: WorkCalendar


def load_case(connection: Connection, case_id: str) -> tuple[Case, CaseRecord] | None:
    """A case to be changed: nobody else changes it until this transaction ends."""
    if cases.find_version(connection, case_id) is None:
        return None
    record = cases.find_record(connection, case_id)
    assert record is not None, "a case has events"
    return fold(record), record


def record_receipt(
    connection: Connection, case_id: str, event: Received, moment: Moment, password_hash: str
) -> tuple[Case, Change]:
    """Begin a case."""
    case = begin(case_id, event)
    cases.add(connection, case, _dates(case, moment), password_hash)
    cases.append_events(connection, case_id, 0, (event,))
    return case, _show(connection, case, frozenset())


def record_events(
    connection: Connection,
    before: Case,
    events: Sequence[AnyEvent],
    moment: Moment,
    given: Sequence[str] = (),
) -> tuple[Case, Change]:
    """Go on with a case: papers get their numbers, a grant its licence.

    `given` are the numbers of papers that are out already, where a restore has lost their act.
    """
    issued = issue_licences(connection, before, events)
    note_answers(connection, before, events)
    numbered = number_documents(connection, before, issued, given)
    case = evolve_all(before, numbered)
    cases.append_events(connection, case.id, before.version, numbered)
    blobs.note_attached(connection, case.id, numbered)
    cases.change(connection, case, _dates(case, moment))
    return case, _show(connection, case, audiences_of(before))


def date_anew(connection: Connection, case: Case, moment: Moment) -> bool:
    """Count the dates of a case again; whether any moved."""
    return cases.change_dates(connection, case.id, _dates(case, moment))


def _show(connection: Connection, case: Case, before: frozenset[str]) -> Change:
    after = audiences_of(case)
    cases.set_audiences(connection, case.id, before, after)
    return Change(
        kind=EntityKind.CASE,
        id=case.id,
        version=case.version,
        audiences=after,
        lost_by=before - after,
    )


def _dates(case: Case, moment: Moment) -> cases.Dates:
    timing = timing_of(case, moment.calendar, moment.now)
    began = case.five_days_from
    return cases.Dates(
        five_days_until=moment.calendar.working_day_after(began, FIVE_DAYS) if began else None,
        promised_due=timing.promised_due,
        statutory_due=timing.statutory_due,
        stops_until=_stops_until(case, moment.calendar),
        joint_until=_joint_until(case, moment),
        decided_in=spent_days(case, moment.calendar),
    )


def _stops_until(case: Case, calendar: WorkCalendar) -> date | None:
    """When the first of its open special procedures is over; of a case in hand only."""
    if case.decided_at or case.closed:
        return None
    return min((last_planned_day(stop, calendar) for stop in case.open_stops), default=None)


def _joint_until(case: Case, moment: Moment) -> datetime | None:
    if not may_speak(case):
        return None
    return speak_until(case, moment.calendar, moment.now)
