"""What lies ready for somebody at a window, and numbers shown whole with a reason."""

from __future__ import annotations

import msgspec

from central import access
from central.access import Caller
from central.acts import bundling
from central.db import cases
from central.db.engine import Connection
from central.registers.recording import NumberAsked, note_number
from clerk.contract.case import CaseRecord
from clerk.contract.session import Purpose, Ready, ReadyQuery
from clerk.contract.user import Role
from clerk.errors import InputError
from clerk.rules.case import Case, fold
from clerk.rules.case.privacy import masked
from clerk.rules.identifiers import read_identifier
from clerk.rules.numbers import read_case_number


class AskUnmask(msgspec.Struct, frozen=True, kw_only=True):
    """Why somebody needs a number whole."""

    reason: str


class Unmasked(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a case's applicant and agent, whole."""

    id_number: str
    phone: str = ""
    agent_id_number: str = ""
    agent_phone: str = ""


def list_ready(connection: Connection, ask: ReadyQuery, caller: Caller) -> Ready:
    """Everything at this window for the person of a receipt or of an ID number.

    Whoever comes without a receipt is looked up by number: that is on record.
    """
    access.demand_role(caller.user, {Role.COUNTER})
    number = _read_number(connection, ask, caller)
    ids = cases.list_at_window(connection, number) if number else ()
    seen = cases.visible(connection, ids, access.scope_of(caller.device))
    records = cases.find_records(connection, sorted(seen))
    if number and not ask.case_number:
        note_number(connection, caller, number, "lookup.release", _searched(found=bool(records)))
    return Ready(
        cases=tuple(masked(records[one]) for one in ids if one in records),
        held_back=_held_back(connection, [fold(record) for record in records.values()]),
    )


def unmask(connection: Connection, case_id: str, ask: AskUnmask, caller: Caller) -> Unmasked:
    """The whole numbers of a case in sight; the look is on record with its reason."""
    access.demand_role(caller.user, access.CASE_WORKERS)
    if not ask.reason.strip():
        raise InputError("reason.missing")
    case = fold(access.get_seen_record(connection, caller.device, case_id))
    asked = _unmasked(case, ask.reason.strip())
    note_number(connection, caller, case.applicant.id_number, "case.unmasked", asked)
    agent = case.agent
    return Unmasked(
        id_number=case.applicant.id_number,
        phone=case.applicant.phone,
        agent_id_number=agent.id_number if agent else "",
        agent_phone=agent.phone if agent else "",
    )


def _held_back(connection: Connection, ready: list[Case]) -> dict[str, tuple[str, ...]]:
    """What the applicant wants together with results that are still to come."""
    wanted = [one for one in ready if one.place and one.place.together]
    found = {one.id: bundling.not_ready(connection, one) for one in wanted}
    return {case_id: names for case_id, names in found.items() if names}


def _unmasked(case: Case, reason: str) -> NumberAsked:
    return NumberAsked(
        purpose=Purpose.CASE, subject=case.id, reason=reason, found=True, sources="case"
    )


def _searched(*, found: bool) -> NumberAsked:
    return NumberAsked(purpose=Purpose.RELEASE, subject="ready", found=found, sources="cases")


def _read_number(connection: Connection, ask: ReadyQuery, caller: Caller) -> str | None:
    """The ID number asked about; a receipt of a case that the desk does not see finds nothing."""
    if ask.case_number:
        case_id = cases.find_id(connection, str(read_case_number(ask.case_number)))
        record: CaseRecord | None = cases.find_record(connection, case_id) if case_id else None
        case = fold(record) if record else None
        return case.applicant.id_number if case and access.sees(caller.device, case) else None
    if not ask.id_number:
        raise InputError("ready.nothing_asked")
    reading = read_identifier(ask.id_number, ask.id_kind, today=caller.now.date())
    if not reading.valid:
        raise InputError("applicant.number_invalid", kind=ask.id_kind.value if ask.id_kind else "")
    return reading.number
