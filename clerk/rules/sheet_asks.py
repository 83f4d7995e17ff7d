"""What was asked about a case, and what was answered, spot by spot (催办, 督办)."""

from __future__ import annotations

from collections.abc import Iterator

from clerk.rules.case.state import Case
from clerk.rules.spot import Facet, Spot, Written


def write_asks(case: Case) -> Iterator[Written]:
    """Each urge and each supervision; an urge and a supervision are no rivals."""
    for ask in case.asks:
        key = f"{ask.kind.value} {ask.n}"
        yield Spot(Facet.ASK, key, ask.kind), ask.told
        yield Spot(Facet.DEMAND, key, ask.kind), ask.demand
        yield Spot(Facet.ANSWER_DUE, key, ask.kind), ask.due
        yield Spot(Facet.ANSWER, key, ask.kind), ask.answer.text if ask.answer else ""
