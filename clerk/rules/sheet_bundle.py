"""What a bundle application and its departments do to a case, spot by spot (并联审批, 会签)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clerk.contract.bundle import Standing
from clerk.contract.case import AnyEvent, OpinionGiven, Preceded, Silent
from clerk.rules.case.state import Case
from clerk.rules.spot import Facet, Mark, Spot, Written


def write_bundle(case: Case, events: Iterable[AnyEvent]) -> Iterator[Written]:
    """Its place, how what it waits for stands, what was found not to be needed and why."""
    place = case.place
    if place is None:
        return
    yield Spot(Facet.BUNDLE), place.title
    yield Spot(Facet.HANDOVER), Mark.TOGETHER if place.together else Mark.AS_READY
    for one in place.after:
        standing = case.before.get(one.item, Standing.NOT_ASKED)
        yield Spot(Facet.WAITS_FOR, one.item, one.name), standing
    for event in events:
        if isinstance(event, Preceded) and event.standing is Standing.WAIVED:
            yield Spot(Facet.WAIVED, event.item, event.name), event.reason


def write_opinions(case: Case, events: Iterable[AnyEvent]) -> Iterator[Written]:
    """What each department said at each joint step, the last time that it was asked."""
    names = {
        (step.key, signer.department): signer.name or signer.department
        for step in case.terms.flow
        if step.joint
        for signer in step.joint.signers
    }
    for event in events:
        match event:
            case OpinionGiven():
                spot = _spot_of(event, names)
                yield spot, event.stance
                yield spot._replace(facet=Facet.OPINION), event.opinion
            case Silent():
                spot = _spot_of(event, names)
                yield spot, Mark.SILENT
                yield spot._replace(facet=Facet.OPINION), ""
            case _:
                continue


def _spot_of(event: OpinionGiven | Silent, names: dict[tuple[str, str], str]) -> Spot:
    place = (event.step, event.department)
    return Spot(Facet.STANCE, " ".join(place), names.get(place, event.department))
