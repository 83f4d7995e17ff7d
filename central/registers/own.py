"""What central's own tables say about a number, register by register, and with its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from central.calendars import get_calendar
from central.db import cases, licences, people
from central.db.engine import Connection
from central.registers.description import Description
from central.registers.register import Holding, Register
from central.registers.tables import OrganisationTable, PopulationTable
from clerk.contract.identity import IdKind
from clerk.contract.licence import Licence
from clerk.contract.register import AnswerState, RegisterAnswer, RegisterFact, Represented
from clerk.contract.session import CaseBrief
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case, fold
from clerk.rules.case.timing import timing_of
from clerk.rules.checklist import describe_held
from clerk.rules.identifiers import mask_identifier

_STATUS = {
    "suspended": "暂扣",
    "revoked": "撤销",
    "cancelled": "注销",
    "expired": "已过期",
}


class OwnSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What central's tables hold about a number, before anybody's sight narrows it."""

    holding: Holding | None
    licences: tuple[Licence, ...] = ()
    cases: tuple[CaseBrief, ...] = ()
    represents: tuple[Represented, ...] = ()


def own_registers(connection: Connection) -> tuple[Register, ...]:
    """The registers that are tables of central's own."""
    return (PopulationTable(connection), OrganisationTable(connection))


def read_own(
    connection: Connection,
    id_kind: IdKind,
    number: str,
    now: datetime,
    registers: Iterable[Register],
) -> OwnSaid:
    """Everything that central holds about a number."""
    asked = [one for one in registers if one.holds(id_kind)]
    found = (one.find(id_kind, number) for one in asked)
    return OwnSaid(
        holding=next((holding for holding in found if holding), None),
        licences=licences.list_held(connection, [number]),
        cases=_list_briefs(connection, number, now),
        represents=_list_represented(connection, id_kind, number),
    )


def answer_own(
    said: OwnSaid, description: Description, seen: frozenset[str], now: datetime
) -> RegisterAnswer:
    """What one of the own registers says, as somebody of this sight sees it."""
    holding = said.holding if description.id in {"population", "organisation"} else None
    facts = tuple(_facts(said, holding, description, seen))
    listed = holding is not None or bool(facts)
    return RegisterAnswer(
        register=description.id,
        name=holding.source if holding else description.name,
        state=AnswerState.ANSWERED if listed else AnswerState.NONE,
        at=now,
        as_of=holding.as_of if holding else now,
        age_s=max(0, int((now - holding.as_of).total_seconds())) if holding else 0,
        facts=facts,
    )


def _facts(
    said: OwnSaid, holding: Holding | None, description: Description, seen: frozenset[str]
) -> Iterable[RegisterFact]:
    values: dict[str, list[str]] = {
        key: [text] for key, text in (holding.facts if holding else {}).items()
    }
    if description.id == "licences":
        values = {"licence": [_tell_licence(one) for one in said.licences]}
    elif description.id == "cases":
        values = {"case": [f"{one.item_name} {one.number}" for one in said.cases]}
    elif description.id == "representation":
        values = {"represents": [f"{one.name} {one.status}".strip() for one in said.represents]}
    for field in description.fields:
        for text in values.get(field.key, ()) if field.key in seen else ():
            told = field.values.get(text, text)
            risky = any(risk in told for risk in field.risks)
            yield RegisterFact(key=field.key, label=field.label, value=told, risk=risky)


def _tell_licence(one: Licence) -> str:
    return " ".join(
        part for part in (describe_held(one), _STATUS.get(one.status.value, "")) if part
    )


def _list_represented(
    connection: Connection, id_kind: IdKind, number: str
) -> tuple[Represented, ...]:
    if not PopulationTable(connection).holds(id_kind):
        return ()
    return tuple(
        Represented(name=one.name, masked_number=mask_identifier(one.uscc), status=one.status)
        for one in people.list_represented(connection, number)
    )


def _list_briefs(connection: Connection, number: str, now: datetime) -> tuple[CaseBrief, ...]:
    """The number's cases in flight, in every department: nobody is asked twice."""
    ids = cases.list_of_applicant(connection, number, closed=False)
    if not ids:
        return ()
    records = cases.find_records(connection, ids)
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
