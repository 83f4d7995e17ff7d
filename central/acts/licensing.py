"""A granted case issues its licence into the library at once (颁发, 证照库)."""

from __future__ import annotations

import calendar
import os
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from central.db import catalogue, counters, licences
from central.db.engine import Connection
from clerk.clock import OFFICE_ZONE
from clerk.contract.case import AnyEvent, Decided, Outcome
from clerk.contract.ids import new_id
from clerk.contract.item import ResultKind
from clerk.contract.licence import Licence
from clerk.contract.proposal import ActUndone, Corrected, DecisionAmendment
from clerk.rules.case import Case
from clerk.rules.case.acts import find_act, tag_of

_GRANTED = {Outcome.GRANTED, Outcome.GRANTED_DEFERRED}
_COUNTER = "licence"
_MONTHS = 12


def issue_licences(
    connection: Connection, case: Case, events: Sequence[AnyEvent]
) -> tuple[AnyEvent, ...]:
    """The events, a granting one with the licence that it put into the library.

    A correction of its validity reaches the library at once, and so does a decision taken back.
    """
    for event in events:
        _put_right(connection, case, event)
    return tuple(
        _issue(connection, case, event)
        if isinstance(event, Decided) and event.outcome in _GRANTED and _issues(case)
        else event
        for event in events
    )


def valid_until(issued_on: date, months: int) -> date | None:
    """The last day of a licence: the one before its day comes round; None for 0 months.

    Where the month has no such day, its last one is the last day.
    """
    if not months:
        return None
    years, month = divmod(issued_on.month - 1 + months, _MONTHS)
    year, month = issued_on.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    if issued_on.day > last:
        return date(year, month, last)
    return date(year, month, issued_on.day) - timedelta(days=1)


def _put_right(connection: Connection, case: Case, event: AnyEvent) -> None:
    if not isinstance(event, Corrected) or not case.licence:
        return
    match event.amendment:
        case DecisionAmendment(licence_until=date() as until):
            licences.change_validity(connection, case.licence, case.id, until)
        case ActUndone() if _is_decision(case, event):
            licences.revoke(connection, case.licence, case.id)
        case _:
            return


def _is_decision(case: Case, event: Corrected) -> bool:
    act = find_act(case, event.act)
    return act is not None and act.kind == tag_of(Decided)


def _issues(case: Case) -> bool:
    return case.terms.result.kind is ResultKind.LICENCE


def _issue(connection: Connection, case: Case, event: Decided) -> Decided:
    issued_on = event.at.astimezone(OFFICE_ZONE).date()
    result = case.terms.result
    until = valid_until(issued_on, result.valid_months)
    n = counters.next_number(connection, issued_on.year, result.licence_type, _COUNTER)
    number = f"{result.licence_type}-{issued_on.year}-{n:06d}".upper()
    licence = Licence(
        id=_new_id(event.at),
        type=result.licence_type,
        type_name=_type_name(connection, case),
        number=number,
        holder_name=case.applicant.name,
        issuer=case.terms.department_name,
        issued_on=issued_on,
        valid_until=until,
        case_id=case.id,
    )
    licences.add(connection, licence, case.applicant.id_kind, case.applicant.id_number)
    return replace(event, licence=number, licence_until=until)


def _type_name(connection: Connection, case: Case) -> str:
    known = catalogue.find_licence_type(connection, case.terms.result.licence_type)
    return known.name if known else case.terms.result.name


def _new_id(at: datetime) -> str:
    return new_id(int(at.timestamp() * 1000), os.urandom)
