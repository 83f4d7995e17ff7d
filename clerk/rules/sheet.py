"""A case written out spot by spot, so that two states of it can be laid beside each other.

What the fold lets go of, such as the reason of a refusal, is read from the events: it is what
people typed, and what they want to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from clerk.contract.case import (
    AnyEvent,
    CaseRecord,
    Decided,
    Declined,
    Released,
    StepPassed,
    StepReturned,
    Terms,
    Ticked,
    Withdrawn,
)
from clerk.rules.case.fold import fold
from clerk.rules.case.state import Case

Value = str | Ticked
"""What stands on a spot: a word of the program (a StrEnum), a text that was typed, a material."""


class Facet(StrEnum):
    """What a spot is about, in the order in which it is shown."""

    STAGE = "stage"
    CLOCK = "clock"
    OUTCOME = "outcome"
    DELIVERY = "delivery"
    STEP = "step"
    HELD_BY = "held_by"
    MATERIAL = "material"
    ASKED = "asked"
    GROUND = "ground"
    REASON = "reason"
    RIGHT_BODY = "right_body"
    OPINION = "opinion"
    COLLECTOR = "collector"
    SIGNATURE = "signature"
    SCAN = "scan"
    APPLICANT = "applicant"
    AGENT = "agent"
    FORM = "form"


class Spot(NamedTuple):
    """One place of a case that can hold something. `name` tells materials and steps apart."""

    facet: Facet
    key: str = ""
    name: str = ""


Sheet = dict[Spot, Value]


def write_out(record: CaseRecord | None) -> Sheet:
    """Every spot of a case that holds something; nothing of a case that is not there.

    Numbers of people are left out: two states of one case have the same.
    """
    if record is None:
        return {}
    case = fold(record)
    written = [*_axes(case), *_receipt(case), *_materials(case), *_typed(case, record.events)]
    return {spot: value for spot, value in written if value}


def _axes(case: Case) -> Iterator[tuple[Spot, Value]]:
    yield Spot(Facet.STAGE), case.stage
    yield Spot(Facet.CLOCK), case.clock
    yield Spot(Facet.OUTCOME), case.outcome
    yield Spot(Facet.DELIVERY), case.delivery
    yield Spot(Facet.STEP), case.present_step.name if case.present_step else ""
    yield Spot(Facet.HELD_BY), case.claim.by.name if case.claim else ""


def _receipt(case: Case) -> Iterator[tuple[Spot, Value]]:
    yield Spot(Facet.APPLICANT), case.applicant.name
    yield Spot(Facet.AGENT), case.agent.name if case.agent else ""
    labels = {one.key: one.label for one in case.terms.fields}
    for key, text in case.fields.items():
        yield Spot(Facet.FORM, key, labels.get(key, key)), text


def _materials(case: Case) -> Iterator[tuple[Spot, Value]]:
    names = {one.key: one.name for one in case.terms.materials}
    for tick in case.materials:
        yield Spot(Facet.MATERIAL, tick.key, names.get(tick.key, tick.name)), tick
    for line in case.asked:
        yield Spot(Facet.ASKED, line.key, line.name), line.reason
    for one in case.scans:
        key = f"{one.scan.material} {one.scan.sha256}"
        yield Spot(Facet.SCAN, key, names.get(one.scan.material, "")), one.scan.name


def _typed(case: Case, events: Iterable[AnyEvent]) -> Iterator[tuple[Spot, Value]]:
    for event in events:
        match event:
            case StepPassed(step=step, opinion=opinion) | StepReturned(step=step, opinion=opinion):
                yield _opinion(case.terms, step), opinion
            case Decided():
                yield _opinion(case.terms, event.step), event.opinion
                yield Spot(Facet.REASON), event.reason
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
