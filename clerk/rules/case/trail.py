"""The trail of a case's papers: the events that brought papers or moved them, in their order."""

from __future__ import annotations

from clerk.contract.case import (
    AnyEvent,
    CompletedAtCounter,
    DeferredProvided,
    Received,
    Supplemented,
)
from clerk.contract.custody import (
    LossMadeGood,
    PapersFiled,
    PapersGiven,
    PapersLost,
    PapersRecalled,
    PapersReturned,
    PapersTaken,
)
from clerk.contract.proposal import Corrected, TickAmendment
from clerk.contract.tick import Ticked
from clerk.rules.case.state import Case

_BRING = (Received, CompletedAtCounter, Supplemented, DeferredProvided)
MOVES: tuple[type[AnyEvent], ...] = (
    PapersGiven,
    PapersTaken,
    PapersRecalled,
    PapersReturned,
    PapersFiled,
    PapersLost,
    LossMadeGood,
)
"""The events of custody."""

_TRAIL: frozenset[type] = frozenset({*_BRING, *MOVES, Corrected})


def with_trail(trail: tuple[AnyEvent, ...], event: AnyEvent) -> tuple[AnyEvent, ...]:
    """The trail with one more event, if it is about papers."""
    return (*trail, event) if type(event) in _TRAIL else trail


def ticks_of(event: AnyEvent) -> tuple[tuple[Ticked, ...], bool]:
    """The ticks that an event brought, and whether they put earlier ones right."""
    if isinstance(event, _BRING):
        return event.materials, False
    if isinstance(event, Corrected) and isinstance(event.amendment, TickAmendment):
        return event.amendment.materials, True
    return (), False


def is_moved(trail: tuple[AnyEvent, ...]) -> bool:
    """Whether any paper has changed hands; until then all lie where they came in."""
    return any(type(event) in FOLDS for event in trail)


def unchanged(case: Case, _event: AnyEvent) -> Case:
    """What moves papers moves nothing else of a case."""
    return case


FOLDS = dict.fromkeys(MOVES, unchanged)
