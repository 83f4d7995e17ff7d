"""What stands on a paper, gathered from a case's events and its dates (文书)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import (
    Accepted,
    AnyEvent,
    CaseRecord,
    Decided,
    Declined,
    DeemedAccepted,
    DocumentKind,
    MaterialState,
    Outcome,
    Released,
    SupplementAsked,
)
from clerk.errors import InputError
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case, fold
from clerk.rules.case.timing import Timing, timing_of
from clerk.rules.identifiers.masking import mask_identifier
from exports.papers.forms import (
    AcceptanceNotice,
    Decision,
    DeclineNotice,
    DeliveryProof,
    Handed,
    Notice,
    Receipt,
    ReceiptCase,
    Refusal,
    Relation,
    SupplementNotice,
)

Kind = TypeVar("Kind", bound=AnyEvent)


class Desktop(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when a paper is printed: the centre, the window and its clerk."""

    centre: str
    window: str
    clerk: str
    calendar: WorkCalendar
    now: datetime
    reprint: bool = False


def receipt_of(
    records: Sequence[CaseRecord], at: Desktop, *, query_password: str = "", waiting: bool = False
) -> Receipt:
    """The receipt of one visit, with the due dates as a forecast (收件回执)."""
    cases = [fold(record) for record in records]
    first = cases[0]
    agent = first.agent
    return Receipt(
        centre=at.centre,
        reprint=at.reprint,
        window=at.window,
        clerk=first.received_by.name,
        received_at=first.received_at,
        applicant=first.applicant.name,
        masked_id=mask_identifier(first.applicant.id_number),
        agent=agent.name if agent else "",
        agent_masked_id=mask_identifier(agent.id_number) if agent else "",
        query_password=query_password,
        waiting=waiting,
        cases=tuple(_receipt_case(case, timing_of(case, at.calendar, at.now)) for case in cases),
    )


def notice_of(record: CaseRecord, kind: DocumentKind, at: Desktop) -> Notice:
    """The last notice of this kind.

    Raises InputError `paper.not_given` where the case has none, or none with its number.
    """
    case = fold(record)
    build = _NOTICES.get(kind)
    numbers = [one.number for one in case.documents if one.kind is kind]
    if build is None or not numbers:
        raise InputError("paper.not_given", kind=kind.value, number=case.number)
    return build(record, case, at, numbers[-1])


def _receipt_case(case: Case, timing: Timing) -> ReceiptCase:
    return ReceiptCase(
        number=case.number,
        item_name=case.terms.name,
        department_name=case.terms.department_name,
        materials=case.materials,
        promised_due=timing.promised_due,
        statutory_due=timing.statutory_due,
        forecast=_is_forecast(timing),
    )


def _acceptance(record: CaseRecord, case: Case, at: Desktop, number: str) -> AcceptanceNotice:
    timing = timing_of(case, at.calendar, at.now)
    event = _last(record, Accepted, DeemedAccepted)
    return AcceptanceNotice(
        **_heading(case, at, number, event.at),
        received_on=_day(case.received_at),
        accepted_on=case.accepted_from or _day(event.at),
        statutory_due=timing.statutory_due,
        promised_due=timing.promised_due,
        forecast=_is_forecast(timing),
        deemed=case.deemed,
    )


def _supplement(record: CaseRecord, case: Case, at: Desktop, number: str) -> SupplementNotice:
    event = _last(record, SupplementAsked)
    return SupplementNotice(
        **_heading(case, at, number, event.at),
        received_on=_day(case.received_at),
        lines=event.lines,
    )


def _decline(record: CaseRecord, case: Case, at: Desktop, number: str) -> DeclineNotice:
    event = _last(record, Declined)
    return DeclineNotice(
        **_heading(case, at, number, event.at),
        received_on=_day(case.received_at),
        ground=event.ground,
        reason=event.reason,
        right_body=event.right_body,
    )


def _decision(record: CaseRecord, case: Case, at: Desktop, number: str) -> Decision:
    event = _last(record, Decided)
    result = case.terms.result
    deferred = event.outcome is Outcome.GRANTED_DEFERRED
    return Decision(
        **_heading(case, at, number, event.at),
        accepted_on=_accepted_on(case),
        content=event.opinion,
        licence_name=result.name if event.licence else "",
        licence_number=event.licence,
        valid_until=event.licence_until,
        deferred=tuple(one for one in case.materials if one.state is MaterialState.DEFERRED)
        if deferred
        else (),
    )


def _refusal(record: CaseRecord, case: Case, at: Desktop, number: str) -> Refusal:
    event = _last(record, Decided)
    return Refusal(
        **_heading(case, at, number, event.at),
        accepted_on=_accepted_on(case),
        reason=event.reason,
    )


def _delivery(record: CaseRecord, case: Case, at: Desktop, number: str) -> DeliveryProof:
    event = _last(record, Released)
    return DeliveryProof(
        **_heading(case, at, number, event.at),
        window=at.window,
        clerk=event.by.name,
        documents=_handed(case),
        collector=event.collector,
        collector_masked_id=mask_identifier(event.collector_id),
        relation=Relation(event.collector_kind),
        delivered_at=event.at,
        note=event.signature,
    )


def _handed(case: Case) -> tuple[Handed, ...]:
    """The decision on paper, and the licence that it grants."""
    papers = [
        Handed(name=case.terms.name, number=one.number)
        for one in case.documents
        if one.kind in {DocumentKind.DECISION, DocumentKind.REFUSAL}
    ]
    if case.licence:
        papers.append(Handed(name=case.terms.result.name or case.terms.name, number=case.licence))
    return tuple(papers) or (Handed(name=case.terms.result.name or case.terms.name),)


def _heading(case: Case, at: Desktop, number: str, when: datetime) -> dict[str, Any]:
    """What every notice bears above its text; `office` is the body that seals it."""
    return {
        "centre": at.centre,
        "reprint": at.reprint,
        "number": number,
        "office": case.terms.department_name,
        "case_number": case.number,
        "item_name": case.terms.name,
        "applicant": case.applicant.name,
        "masked_id": mask_identifier(case.applicant.id_number),
        "dated": _day(when),
    }


def _last(record: CaseRecord, *kinds: type[Kind]) -> Kind:
    """The last event of these kinds; the document of the case says that there is one."""
    found = [event for event in record.events if isinstance(event, kinds)]
    assert found, "a document belongs to an event"
    return found[-1]


def _is_forecast(timing: Timing) -> bool:
    """Whether a due date may yet move: not accepted, or beyond the known calendar."""
    dated = (timing.statutory, timing.promised)
    return timing.forecast or any(one is not None and one.forecast for one in dated)


def _accepted_on(case: Case) -> date:
    assert case.accepted_from is not None, "what was decided was accepted"
    return case.accepted_from


def _day(at: datetime) -> date:
    return at.astimezone(OFFICE_ZONE).date()


_NOTICES: dict[DocumentKind, Callable[[CaseRecord, Case, Desktop, str], Notice]] = {
    DocumentKind.ACCEPTANCE: _acceptance,
    DocumentKind.SUPPLEMENT: _supplement,
    DocumentKind.DECLINE: _decline,
    DocumentKind.DECISION: _decision,
    DocumentKind.REFUSAL: _refusal,
    DocumentKind.DELIVERY: _delivery,
}
