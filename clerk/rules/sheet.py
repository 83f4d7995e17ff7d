"""A case written out spot by spot, so that two states of it can be laid beside each other.

What the fold lets go of, such as the reason of a refusal, is read from the events: it is what
people typed, and what they want to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clerk.contract.case import (
    AnyEvent,
    CaseRecord,
    Decided,
    Declined,
    Released,
    StepPassed,
    StepReturned,
    Terms,
    Withdrawn,
)
from clerk.contract.proposal import Corrected, DecisionAmendment
from clerk.rules.case.fold import fold
from clerk.rules.case.state import Case
from clerk.rules.sheet_asks import write_asks
from clerk.rules.sheet_bundle import write_bundle, write_opinions
from clerk.rules.sheet_clock import write_clock
from clerk.rules.sheet_custody import write_custody
from clerk.rules.spot import Facet, Mark, Spot, Value, Written

Sheet = dict[Spot, Value]


def write_out(record: CaseRecord | None) -> Sheet:
    """Every spot of a case that holds something; nothing of a case that is not there.

    Numbers of people are left out: two states of one case have the same.
    """
    if record is None:
        return {}
    case = fold(record)
    written = [
        *_axes(case),
        *_receipt(case),
        *_materials(case),
        *_typed(case, record.events),
        *write_clock(case, record.events),
        *write_bundle(case, record.events),
        *write_opinions(case, record.events),
        *write_asks(case),
        *write_custody(case),
    ]
    return {spot: value for spot, value in written if value}


def _axes(case: Case) -> Iterator[Written]:
    yield Spot(Facet.STAGE), case.stage
    yield Spot(Facet.CLOCK), case.clock
    yield Spot(Facet.OUTCOME), case.outcome
    yield Spot(Facet.DELIVERY), case.delivery
    yield Spot(Facet.STEP), case.present_step.name if case.present_step else ""
    yield Spot(Facet.HELD_BY), case.claim.by.name if case.claim else ""


def _receipt(case: Case) -> Iterator[Written]:
    yield Spot(Facet.APPLICANT), case.applicant.name
    yield Spot(Facet.AGENT), case.agent.name if case.agent else ""
    labels = {one.key: one.label for one in case.terms.fields}
    for key, text in case.fields.items():
        yield Spot(Facet.FORM, key, labels.get(key, key)), text


def _materials(case: Case) -> Iterator[Written]:
    names = {one.key: one.name for one in case.terms.materials}
    for tick in case.materials:
        yield Spot(Facet.MATERIAL, tick.key, names.get(tick.key, tick.name)), tick
    for line in case.asked:
        yield Spot(Facet.ASKED, line.key, line.name), line.reason
        if line.key in case.awaited:
            yield Spot(Facet.AWAITED, line.key, line.name), Mark.AWAITED
    for one in case.scans:
        key = f"{one.scan.material} {one.scan.sha256}"
        yield Spot(Facet.SCAN, key, names.get(one.scan.material, "")), one.scan.name


def _typed(case: Case, events: Iterable[AnyEvent]) -> Iterator[Written]:
    for event in events:
        match event:
            case StepPassed(step=step, opinion=opinion) | StepReturned(step=step, opinion=opinion):
                yield _opinion(case.terms, step), opinion
            case Decided():
                yield _opinion(case.terms, event.step), event.opinion
                yield Spot(Facet.REASON), event.reason
            case Corrected(amendment=DecisionAmendment() as amended) if case.decision:
                yield _opinion(case.terms, case.done[-1].step), amended.opinion
                yield Spot(Facet.REASON), amended.reason
            case Declined():
                yield Spot(Facet.GROUND), event.ground
                yield Spot(Facet.REASON), event.reason
                yield Spot(Facet.RIGHT_BODY), event.right_body
            case Withdrawn(reason=reason):
                yield Spot(Facet.REASON), reason
            case Released():
                yield Spot(Facet.COLLECTOR), event.collector
                yield Spot(Facet.SIGNATURE), event.signature
            case _:
                continue


def _opinion(terms: Terms, step: str) -> Spot:
    name = next((one.name for one in terms.flow if one.key == step), step)
    return Spot(Facet.OPINION, step, name)
