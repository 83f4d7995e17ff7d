"""What a case is told of the items that it waits for."""

from __future__ import annotations

from datetime import datetime

from clerk.contract.bundle import Standing
from clerk.contract.case import Outcome, Preceded, Stage
from clerk.contract.user import Actor
from clerk.rules.bundle.gate import waits_for
from clerk.rules.case.state import Case

_GRANTED = frozenset({Outcome.GRANTED, Outcome.GRANTED_DEFERRED})
_FAILED = frozenset({Stage.DECLINED, Stage.WITHDRAWN, Stage.VOID})


def standing_of(case: Case) -> Standing:
    """What a case means for those that wait for its item."""
    if case.outcome in _GRANTED:
        return Standing.GRANTED
    failed = case.stage in _FAILED or case.outcome is Outcome.REFUSED
    return Standing.FAILED if failed else Standing.OPEN


def tell_of(
    case: Case, other: Case, standing: Standing, by: Actor, at: datetime
) -> Preceded | None:
    """The news of another case's item for this one, or nothing where it changes nothing.

    A limit that runs is never stopped by another item: what comes into the bundle application
    later than that is not waited for. What was found not to be needed stays so.
    """
    place, item = case.place, other.terms.item
    awaited = next((one for one in place.after if one.item == item), None) if place else None
    if awaited is None or case.decided_at or case.closed:
        return None
    if case.before.get(item, Standing.NOT_ASKED) in {standing, Standing.WAIVED}:
        return None
    if case.decision_runs and waits_for(place, {**case.before, item: standing}):
        return None
    return Preceded(
        at=at,
        by=by,
        item=item,
        name=awaited.name or other.terms.name,
        standing=standing,
        number=other.number,
    )
