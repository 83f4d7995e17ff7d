"""A granted case issues its licence into the library at once (颁发, 证照库)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime

from msgspec.structs import replace

from central.db import catalogue, counters, licence_papers, licences
from central.db.engine import Connection
from central.licensing.papers import CORRECTED, REISSUED, Asking, ask_for_paper
from clerk.clock import OFFICE_ZONE
from clerk.contract.case import AnyEvent, Decided, Outcome
from clerk.contract.ids import new_id
from clerk.contract.item import ResultKind
from clerk.contract.licence import Licence, LicenceType
from clerk.contract.licence_life import LicenceAct, LicenceChanged, LicenceExpired
from clerk.contract.proposal import ActUndone, Corrected, DecisionAmendment
from clerk.rules.case import Case
from clerk.rules.case.acts import find_act, tag_of
from clerk.rules.case.fold import evolve
from clerk.rules.case.licence_fold import NEW_PAPER, NO_PAPER
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
    return tuple(_take_effect(connection, case, event) for event in events)


def _take_effect(connection: Connection, case: Case, event: AnyEvent) -> AnyEvent:
    match event:
        case Decided() if event.outcome in _GRANTED and _issues(case):
            return _issue(connection, case, event)
        case LicenceChanged():
            return change_licence(connection, case, event)
        case LicenceExpired():
            _set_status(connection, get_licence(connection, case), evolve(case, event))
            return event
        case _:
            return event


def change_licence(connection: Connection, case: Case, event: LicenceChanged) -> LicenceChanged:
    """The library and the papers follow; a licence that says something else is set anew."""
    licence, after = get_licence(connection, case), evolve(case, event)
    _set_status(connection, licence, after)
    if event.act in NO_PAPER:
        licence_papers.void(connection, licence.id)
    if event.act not in NEW_PAPER:
        return event
    licences.set_holder(connection, licence.id, after.applicant.name)
    remark = CORRECTED if event.act is LicenceAct.CORRECT else REISSUED
    return replace(event, to_seal=_ask_anew(connection, after, event.at, remark))


def _set_status(connection: Connection, licence: Licence, after: Case) -> None:
    status, ended_as = after.licence_status, after.licence_ended_as
    licences.set_status(connection, licence.id, status, ended_as)


def _put_right(connection: Connection, case: Case, event: AnyEvent) -> None:
    if not isinstance(event, Corrected) or not case.licence:
        return
    match event.amendment:
        case DecisionAmendment(licence_until=date() as until):
            licences.change_validity(connection, case.licence, case.id, until)
            _ask_anew(connection, case, event.at, CORRECTED)
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


def _ask_anew(connection: Connection, case: Case, at: datetime, remark: str) -> bool:
    licence = get_licence(connection, case)
    kind = catalogue.find_licence_type(connection, licence.type)
    asking = Asking(case=case, licence=licence, kind=kind, at=at, remark=remark)
    return ask_for_paper(connection, asking)


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
