"""A granted case issues its licence into the library at once (颁发, 证照库)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime

from msgspec.structs import replace

from central.db import catalogue, counters, licence_papers, licences
from central.db.engine import Connection
from central.licensing.papers import CORRECTED, Asking, ask_for_paper
from clerk.clock import OFFICE_ZONE
from clerk.contract.case import AnyEvent, Decided, Outcome
from clerk.contract.ids import new_id
from clerk.contract.item import ResultKind
from clerk.contract.licence import Licence, LicenceType
from clerk.contract.proposal import ActUndone, Corrected, DecisionAmendment
from clerk.rules.case import Case
from clerk.rules.case.acts import find_act, tag_of
from clerk.rules.licence_type import counts_by_year, licence_number, valid_until

_GRANTED = {Outcome.GRANTED, Outcome.GRANTED_DEFERRED}
_COUNTER = "licence"


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


def _put_right(connection: Connection, case: Case, event: AnyEvent) -> None:
    if not isinstance(event, Corrected) or not case.licence:
        return
    match event.amendment:
        case DecisionAmendment(licence_until=date() as until):
            licences.change_validity(connection, case.licence, case.id, until)
            _ask_anew(connection, case, event.at)
        case ActUndone() if _is_decision(case, event):
            licences.revoke(connection, case.licence, case.id)
            licence_papers.void(connection, get_licence(connection, case).id)
        case _:
            return


def get_licence(connection: Connection, case: Case) -> Licence:
    """The licence that a case issued, as it stands in the library."""
    licence = licences.find_of_case(connection, case.licence, case.id)
    assert licence is not None, "what a case issued is never taken out"
    return licence


def _ask_anew(connection: Connection, case: Case, at: datetime) -> None:
    licence = get_licence(connection, case)
    kind = catalogue.find_licence_type(connection, licence.type)
    asking = Asking(case=case, licence=licence, kind=kind, at=at, remark=CORRECTED)
    ask_for_paper(connection, asking)


def _is_decision(case: Case, event: Corrected) -> bool:
    act = find_act(case, event.act)
    return act is not None and act.kind == tag_of(Decided)


def _issues(case: Case) -> bool:
    return case.terms.result.kind is ResultKind.LICENCE


def _issue(connection: Connection, case: Case, event: Decided) -> Decided:
    issued_on = event.at.astimezone(OFFICE_ZONE).date()
    result = case.terms.result
    kind = catalogue.find_licence_type(connection, result.licence_type)
    licence = Licence(
        id=_new_id(event.at),
        type=result.licence_type,
        type_name=kind.name if kind else result.name,
        number=_next_number(connection, result.licence_type, kind, issued_on.year),
        holder_name=case.applicant.name,
        issuer=case.terms.department_name,
        issued_on=issued_on,
        valid_until=valid_until(kind, result, issued_on),
        case_id=case.id,
    )
    licences.add(connection, licence, case.applicant.id_kind, case.applicant.id_number)
    asking = Asking(case=case, licence=licence, kind=kind, at=event.at)
    return replace(
        event,
        licence=licence.number,
        licence_until=licence.valid_until,
        to_seal=ask_for_paper(connection, asking),
    )


def _next_number(connection: Connection, type_id: str, kind: LicenceType | None, year: int) -> str:
    """Consecutive, and never one that was given out: a rule may have changed in between."""
    rule = kind.number if kind else ""
    series = year if counts_by_year(rule) else 0
    while True:
        n = counters.next_number(connection, series, type_id, _COUNTER)
        number = licence_number(type_id, rule, year, n)
        if not licences.is_taken(connection, type_id, number):
            return number


def _new_id(at: datetime) -> str:
    return new_id(int(at.timestamp() * 1000), os.urandom)
