"""What stands on a paper, gathered from a case's events and its dates (文书)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from msgspec.structs import replace

from clerk.contract.case import (
    Accepted,
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
from clerk.contract.proposal import Corrected
from clerk.contract.usual_time import UsualTime
from clerk.errors import InputError
from clerk.rules.case import Case, fold
from clerk.rules.case.timing import timing_of
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
from services import clock_forms
from services.correction_forms import correction_notice
from services.headings import Desktop, case_then, day_of, event_of, heading, is_forecast
from services.licence_forms import licence_notice
from services.loss_forms import loss_notice
from services.supervision_forms import supervision_notice
from services.withdrawal_forms import withdrawal_notice

__all__ = ["Desktop", "notice_of", "receipt_of"]

NOTHING_KNOWN: Mapping[str, UsualTime] = MappingProxyType({})
"""Central has told nothing of what is usual."""


def receipt_of(
    records: Sequence[CaseRecord],
    at: Desktop,
    *,
    query_password: str = "",
    rating_page: str = "",
    waiting: bool = False,
    usual: Mapping[str, UsualTime] = NOTHING_KNOWN,
) -> Receipt:
    """The receipt of one visit, with the due dates as a forecast, and what is usual (收件回执)."""
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
        rating_page=rating_page,
        waiting=waiting,
        cases=tuple(_receipt_case(case, at, usual.get(case.terms.item)) for case in cases),
    )


def notice_of(record: CaseRecord, kind: DocumentKind, at: Desktop, number: str = "") -> Notice:
    """The notice of this kind and number, or the last one of the kind.

    Raises InputError `paper.not_given` where the case has none, or none with its number.
    """
    case = fold(record)
    build = _NOTICES.get(kind)
    numbers = [one.number for one in case.documents if one.kind is kind and one.number]
    numbers = [one for one in numbers if number in {"", one}]
    if build is None or not numbers:
        raise InputError("paper.not_given", kind=kind.value, number=case.number)
    paper = build(record, case, at, numbers[-1])
    void = any(one.void and one.number == numbers[-1] for one in case.documents)
    return replace(paper, void=void)


def _receipt_case(case: Case, at: Desktop, usual: UsualTime | None) -> ReceiptCase:
    timing = timing_of(case, at.calendar, at.now)
    waits_for = _waits_for(case)
    return ReceiptCase(
        number=case.number,
        item_name=case.terms.name,
        department_name=case.terms.department_name,
        materials=case.materials,
        promised_due=None if waits_for else timing.promised_due,
        statutory_due=None if waits_for else timing.statutory_due,
        forecast=is_forecast(timing) and not waits_for,
        project=_project(case),
        waits_for=waits_for,
        usual=usual,
    )


def _project(case: Case) -> str:
    where = case.place
    return f"{where.title}（{where.bundle_name}，{where.stage_name}）" if where else ""


def _waits_for(case: Case) -> tuple[str, ...]:
    return tuple(one.name for one in case.waits_for)


def _acceptance(record: CaseRecord, case: Case, at: Desktop, number: str) -> AcceptanceNotice:
    timing = timing_of(case, at.calendar, at.now)
    event = event_of(record, number, Accepted, DeemedAccepted)
    waits_for = _waits_for(case)
    return AcceptanceNotice(
        **heading(case, at, number, event.at),
        received_on=day_of(case.received_at),
        accepted_on=case.accepted_from or day_of(event.at),
        statutory_due=None if waits_for else timing.statutory_due,
        promised_due=None if waits_for else timing.promised_due,
        forecast=is_forecast(timing) and not waits_for,
        deemed=case.deemed,
        waits_for=waits_for,
    )


def _supplement(record: CaseRecord, case: Case, at: Desktop, number: str) -> SupplementNotice:
    event = event_of(record, number, SupplementAsked)
    return SupplementNotice(
        **heading(case, at, number, event.at),
        received_on=day_of(case.received_at),
        lines=event.lines,
    )


def _decline(record: CaseRecord, case: Case, at: Desktop, number: str) -> DeclineNotice:
    event = event_of(record, number, Declined)
    return DeclineNotice(
        **heading(case, at, number, event.at),
        received_on=day_of(case.received_at),
        ground=event.ground,
        reason=event.reason,
        right_body=event.right_body,
    )


def _decision(record: CaseRecord, case: Case, at: Desktop, number: str) -> Decision:
    event = event_of(record, number, Decided, Corrected)
    then = case_then(record, event)
    assert then.decision is not None, "a decision has its text"
    result = case.terms.result
    deferred = then.outcome is Outcome.GRANTED_DEFERRED
    return Decision(
        **heading(case, at, number, event.at),
        corrects=getattr(event, "voids", ""),
        accepted_on=_accepted_on(case),
        content=then.decision.opinion,
        licence_name=result.name if then.licence else "",
        licence_number=then.licence,
        valid_until=then.decision.licence_until,
        deferred=tuple(one for one in case.materials if one.state is MaterialState.DEFERRED)
        if deferred
        else (),
    )


def _refusal(record: CaseRecord, case: Case, at: Desktop, number: str) -> Refusal:
    event = event_of(record, number, Decided, Corrected)
    then = case_then(record, event)
    assert then.decision is not None, "a refusal has its reason"
    return Refusal(
        **heading(case, at, number, event.at),
        corrects=getattr(event, "voids", ""),
        accepted_on=_accepted_on(case),
        reason=then.decision.reason,
    )


def _delivery(record: CaseRecord, case: Case, at: Desktop, number: str) -> DeliveryProof:
    event = event_of(record, number, Released)
    return DeliveryProof(
        **heading(case, at, number, event.at),
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
        if one.kind in {DocumentKind.DECISION, DocumentKind.REFUSAL} and not one.void
    ]
    if case.licence:
        papers.append(Handed(name=case.terms.result.name or case.terms.name, number=case.licence))
    return tuple(papers) or (Handed(name=case.terms.result.name or case.terms.name),)


def _accepted_on(case: Case) -> date:
    assert case.accepted_from is not None, "what was decided was accepted"
    return case.accepted_from


_NOTICES: dict[DocumentKind, Callable[[CaseRecord, Case, Desktop, str], Notice]] = {
    DocumentKind.ACCEPTANCE: _acceptance,
    DocumentKind.SUPPLEMENT: _supplement,
    DocumentKind.DECLINE: _decline,
    DocumentKind.DECISION: _decision,
    DocumentKind.REFUSAL: _refusal,
    DocumentKind.DELIVERY: _delivery,
    DocumentKind.STOP: clock_forms.stop_notice,
    DocumentKind.PROLONGATION: clock_forms.prolongation_notice,
    DocumentKind.EXTENSION: clock_forms.extension_notice,
    DocumentKind.CORRECTION: correction_notice,
    DocumentKind.SUPERVISION: supervision_notice,
    DocumentKind.LICENCE: licence_notice,
    DocumentKind.WITHDRAWAL: withdrawal_notice,
    DocumentKind.LOSS: loss_notice,
}
