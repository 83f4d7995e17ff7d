"""What moves the legal clock, spot by spot: what is proposed, stopped, extended, allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from clerk.contract.case import AnyEvent
from clerk.contract.custody import LossPlan
from clerk.contract.licence_life import LicencePlan
from clerk.contract.proposal import (
    AnyPlan,
    Corrected,
    CorrectPlan,
    ProlongPlan,
    ProposalRejected,
    Resumed,
    StopPlan,
    SupplementAllowed,
)
from clerk.rules.case.state import Case, Stop
from clerk.rules.spot import Days, Facet, Mark, Spot, Written


def write_clock(case: Case, events: Iterable[AnyEvent]) -> Iterator[Written]:
    """Its spots. What is of one kind stands on one spot, whoever was first with it."""
    yield from _proposals(case)
    spots = _stop_spots(case)
    for stop in case.stops:
        spot = spots[stop.n]
        yield spot, _standing(stop)
        days = stop.planned_days + sum(one.days for one in stop.longer)
        yield spot._replace(facet=Facet.PLANNED), Days(days)
    if case.extensions:
        yield Spot(Facet.EXTENSION), Days(sum(one.days for one in case.extensions))
    for event in events:
        match event:
            case ProposalRejected():
                yield Spot(Facet.REJECTED, str(event.proposal)), event.reason
            case Resumed() if event.stop in spots:
                yield spots[event.stop]._replace(facet=Facet.FINDING), event.finding
            case SupplementAllowed():
                yield Spot(Facet.SECOND_NOTICE), event.reason
            case Corrected(act=act):
                yield Spot(Facet.PUT_RIGHT, str(act), str(act)), event.reason
            case _:
                continue


def _proposals(case: Case) -> Iterator[Written]:
    seen: Counter[str] = Counter()
    for one in case.proposals:
        about = _subject(one.plan)
        seen[about] += 1
        yield Spot(Facet.PROPOSED, f"{about} {seen[about]}"), one.plan


def _subject(plan: AnyPlan) -> str:
    """What a plan is about: two of the same are rivals."""
    kind = str(plan.__struct_config__.tag)
    match plan:
        case StopPlan(procedure=procedure):
            return f"{kind} {procedure.value}"
        case ProlongPlan(stop=stop):
            return f"{kind} {stop}"
        case CorrectPlan(act=act):
            return f"{kind} {act}"
        case LossPlan(holder=holder, papers=papers):
            return f"{kind} {holder.id} {' '.join(one.material for one in papers)}"
        case LicencePlan(act=done):
            return f"{kind} {done.value}"
        case _:
            return kind


def _stop_spots(case: Case) -> dict[int, Spot]:
    """The spot of each stop by its number: the first inspection, the second, a hearing."""
    seen: Counter[str] = Counter()
    found = {}
    for stop in case.stops:
        seen[stop.procedure] += 1
        key = f"{stop.procedure.value} {seen[stop.procedure]}"
        found[stop.n] = Spot(Facet.STOP, key, stop.procedure)
    return found


def _standing(stop: Stop) -> Mark:
    if not stop.open:
        return Mark.ENDED
    return Mark.OVERRUN if stop.overrun else Mark.STANDS
