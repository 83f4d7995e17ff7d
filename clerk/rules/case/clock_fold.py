"""Folding what moves the legal clock, and what was proposed, into the state of a case."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.case import ClockState, DocumentKind
from clerk.contract.proposal import (
    Extended,
    Prolonged,
    ProposalRejected,
    Proposed,
    Resumed,
    StopLapsed,
    Stopped,
    SupplementAllowed,
)
from clerk.rules.case.state import Case, Extension, Longer, Proposal, Stop, printed


def proposed(case: Case, event: Proposed) -> Case:
    """One more proposal to answer."""
    proposal = Proposal(case.version + 1, event.plan, event.by, event.at)
    return replace(case, proposals=(*case.proposals, proposal))


def rejected(case: Case, event: ProposalRejected) -> Case:
    """One proposal less."""
    return _answered(case, event.proposal)


def stopped(case: Case, event: Stopped) -> Case:
    """The clock stands from now on."""
    stop = Stop(
        n=case.version + 1,
        procedure=event.procedure,
        basis=event.basis,
        began_at=event.at,
        planned_days=event.planned_days,
        hearing=event.hearing,
    )
    return replace(
        _answered(case, event.proposal),
        clock=ClockState.STOPPED,
        stops=(*case.stops, stop),
        documents=printed(case, DocumentKind.STOP, event.document, event.at),
    )


def prolonged(case: Case, event: Prolonged) -> Case:
    """A stop has more days; what was overrun is in its plan again."""
    more = Longer(event.at, event.days)
    return replace(
        _answered(case, event.proposal),
        stops=tuple(
            replace(stop, longer=(*stop.longer, more), overrun=False)
            if stop.n == event.stop
            else stop
            for stop in case.stops
        ),
        documents=printed(case, DocumentKind.PROLONGATION, event.document, event.at),
    )


def resumed(case: Case, event: Resumed) -> Case:
    """A stop was ended; the clock runs when it was the last one."""
    return _with_stops(case, tuple(_resume(stop, event) for stop in case.stops))


def lapsed(case: Case, event: StopLapsed) -> Case:
    """The planned days of a stop are over: it ended by itself, or is overrun (local)."""
    change = {"last": event.last} if event.ended else {"overrun": True}
    stops = tuple(replace(stop, **change) if stop.n == event.stop else stop for stop in case.stops)
    return _with_stops(case, stops)


def extended(case: Case, event: Extended) -> Case:
    """More days for both limits (Art. 42)."""
    return replace(
        _answered(case, event.proposal),
        extensions=(*case.extensions, Extension(event.at, event.days)),
        documents=printed(case, DocumentKind.EXTENSION, event.document, event.at),
    )


def supplement_allowed(case: Case, event: SupplementAllowed) -> Case:
    """One more notice may be given (local)."""
    return replace(_answered(case, event.proposal), supplement_allowed=True)


def _answered(case: Case, n: int) -> Case:
    return replace(case, proposals=tuple(one for one in case.proposals if one.n != n))


def _with_stops(case: Case, stops: tuple[Stop, ...]) -> Case:
    """A case that still waits for others of its bundle application has no clock to go on."""
    runs = ClockState.RUNNING if case.decision_runs else ClockState.NOT_STARTED
    stands = any(stop.open for stop in stops)
    return replace(case, stops=stops, clock=ClockState.STOPPED if stands else runs)


def _resume(stop: Stop, event: Resumed) -> Stop:
    meant = stop.n == event.stop if event.stop else stop.procedure is event.procedure
    return replace(stop, resumed_at=event.at) if meant and stop.open else stop
