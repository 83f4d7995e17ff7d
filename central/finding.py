"""Cases by a number, for whoever may see them: at their desk, or because they watch over them."""

from __future__ import annotations

from central import access
from central.access import Caller
from central.calendars import get_calendar
from central.db import cases
from central.db.engine import Connection
from central.registers.recording import NumberAsked, note_number
from clerk.contract.finding import FindCases, FoundCase, FoundCases
from clerk.contract.session import Purpose
from clerk.contract.user import Role
from clerk.errors import InputError
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case, fold
from clerk.rules.case.timing import timing_of
from clerk.rules.identifiers import read_identifier
from clerk.rules.numbers import read_case_number
from clerk.rules.watching import watches

MOST = 50
FINDERS = access.CASE_WORKERS | {Role.MANAGER, Role.SUPERVISOR}


def find_cases(connection: Connection, ask: FindCases, caller: Caller) -> FoundCases:
    """The cases of a number within the caller's sight, newest first.

    Asked by an identity number it is on record, unless all that was found lies at the desk
    anyway: that is one's own work.
    """
    access.demand_role(caller.user, FINDERS)
    number = _read_number(ask, caller)
    records = cases.find_records(connection, _ids(connection, ask, number))
    found = [fold(record) for record in records.values()]
    own = [one for one in found if access.sees(caller.device, one)]
    seen = [one for one in found if one in own or watches(caller.user, one)]
    if number and (not own or len(own) < len(seen)):
        told = NumberAsked(purpose=Purpose.FIND, subject="find", found=bool(seen), sources="cases")
        note_number(connection, caller, number, "lookup.find", told)
    calendar = get_calendar(connection)
    newest = sorted(seen, key=lambda one: (one.received_at, one.id), reverse=True)
    return FoundCases(tuple(_brief(one, calendar, caller) for one in newest))


def _ids(connection: Connection, ask: FindCases, number: str) -> tuple[str, ...]:
    if number:
        return cases.list_of_applicant(connection, number, closed=True)[:MOST]
    if ask.case_number:
        found = cases.find_id(connection, str(read_case_number(ask.case_number)))
        return (found,) if found else ()
    raise InputError("find.nothing_asked")


def _read_number(ask: FindCases, caller: Caller) -> str:
    if not ask.id_number:
        return ""
    reading = read_identifier(ask.id_number, ask.id_kind, today=caller.now.date())
    if not reading.valid:
        raise InputError("applicant.number_invalid", kind=ask.id_kind.value if ask.id_kind else "")
    return reading.number


def _brief(case: Case, calendar: WorkCalendar, caller: Caller) -> FoundCase:
    step = case.present_step
    return FoundCase(
        id=case.id,
        number=case.number,
        item_name=case.terms.name,
        applicant_name=case.applicant.name,
        stage=case.stage,
        delivery=case.delivery,
        received_at=case.received_at,
        step_name=step.name if step else "",
        promised_due=timing_of(case, calendar, caller.now).promised_due,
    )
