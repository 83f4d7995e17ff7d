"""Looking an applicant up: the card of what the city knows, and the record of the look."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime

from central import access
from central.access import Caller
from central.calendars import get_calendar
from central.db import audit, cases, licences, lookups
from central.db.engine import Connection
from central.registers.register import Register
from central.registers.tables import OrganisationTable, PopulationTable
from clerk.contract.identity import ORGANISATION_KINDS
from clerk.contract.ids import new_id
from clerk.contract.party import PartyKind
from clerk.contract.session import ApplicantCard, CaseBrief, LookUp, Purpose
from clerk.contract.user import Role
from clerk.errors import InputError, RefusedError
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case, fold
from clerk.rules.case.timing import timing_of
from clerk.rules.identifiers import mask_identifier, read_identifier

_NOBODY = "none"
_SUBJECT_LENGTH = 64


def own_registers(connection: Connection) -> tuple[Register, ...]:
    """The registers that are tables of central's own."""
    return (PopulationTable(connection), OrganisationTable(connection))


def look_up(
    connection: Connection,
    ask: LookUp,
    caller: Caller,
    registers: Sequence[Register] | None = None,
) -> ApplicantCard:
    """The card of an ID number; the look is on record before the card leaves."""
    number = _demand_number(ask, caller)
    _demand_purpose(connection, ask, number, caller)
    asked = own_registers(connection) if registers is None else registers
    asked = [one for one in asked if one.holds(ask.id_kind)]
    answers = [(one.name, one.find(ask.id_kind, number)) for one in asked]
    found = next((holding for _, holding in answers if holding), None)
    sources = " ".join(name for name, _ in answers)
    look_id = _record(connection, ask, number, caller, found=found is not None, sources=sources)
    return ApplicantCard(
        lookup=look_id,
        found=found is not None,
        kind=_kind(ask),
        id_kind=ask.id_kind,
        masked_number=mask_identifier(number),
        source=found.source if found else _NOBODY,
        as_of=found.as_of if found else caller.now,
        name=found.name if found else "",
        facts=found.facts if found else {},
        licences=licences.list_held(connection, [number]),
        cases=_list_briefs(connection, number, caller.now),
    )


def _demand_number(ask: LookUp, caller: Caller) -> str:
    reading = read_identifier(ask.id_number, ask.id_kind, today=caller.now.date())
    if not reading.valid:
        raise InputError("applicant.number_invalid", kind=ask.id_kind.value)
    return reading.number


def _demand_purpose(connection: Connection, ask: LookUp, number: str, caller: Caller) -> None:
    """A draft is the counter's; a case must be in sight and the number's own."""
    if not 0 < len(ask.subject) <= _SUBJECT_LENGTH or not ask.subject.isprintable():
        raise InputError("lookup.subject_missing")
    if ask.purpose in {Purpose.DRAFT, Purpose.RELEASE}:
        access.demand_role(caller.user, {Role.COUNTER})
    elif ask.purpose is Purpose.CASE:
        access.demand_role(caller.user, access.CASE_WORKERS)
        record = access.get_seen_record(connection, caller.device, ask.subject)
        if fold(record).applicant.id_number != number:
            raise RefusedError("lookup.not_of_case")
    else:
        access.demand_role(caller.user, access.CASE_WORKERS)
        if not ask.reason.strip():
            raise InputError("reason.missing")


def _record(
    connection: Connection, ask: LookUp, number: str, caller: Caller, *, found: bool, sources: str
) -> str:
    look = lookups.Look(
        id=new_id(int(caller.now.timestamp() * 1000), os.urandom),
        at=caller.now,
        user=caller.user.id,
        device=caller.device.id,
        purpose=ask.purpose,
        subject=ask.subject,
        reason=ask.reason.strip(),
        number_digest=lookups.digest(connection, number),
        found=found,
        sources=sources,
    )
    lookups.add(connection, look)
    entry = audit.Entry(
        at=caller.now,
        actor=caller.user.id,
        action=f"lookup.{ask.purpose.value}",
        subject=ask.subject,
        detail={"lookup": look.id, "device": caller.device.id},
    )
    audit.append(connection, entry)
    return look.id


def _kind(ask: LookUp) -> PartyKind:
    organisation = ask.id_kind in ORGANISATION_KINDS
    return PartyKind.ORGANISATION if organisation else PartyKind.PERSON


def _list_briefs(connection: Connection, number: str, now: datetime) -> tuple[CaseBrief, ...]:
    """The number's cases in flight, in every department: nobody is asked twice."""
    ids = cases.list_of_applicant(connection, number, closed=False)
    records = cases.find_records(connection, ids)
    if not records:
        return ()
    calendar = get_calendar(connection)
    return tuple(_brief(fold(records[one]), calendar, now) for one in ids)


def _brief(case: Case, calendar: WorkCalendar, now: datetime) -> CaseBrief:
    return CaseBrief(
        id=case.id,
        number=case.number,
        item_name=case.terms.name,
        department_name=case.terms.department_name,
        stage=case.stage,
        received_at=case.received_at,
        promised_due=timing_of(case, calendar, now).promised_due,
    )
