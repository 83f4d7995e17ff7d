"""What a case of a bundle application waits for, and what holds it up (并联审批).

An item starts at once where nothing that it truly depends on is open. One that is handed in
early is received, accepted and reviewed like any other; its limit of deciding begins, and it
may be decided, once everything it waits for is granted (国办发〔2019〕11号: 并联审批, 审批
环节前后衔接). An auxiliary item that nobody asked for is not waited for; a main one is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clerk.contract.bundle import Awaited, Place, Standing

_BLOCKING = frozenset({Standing.OPEN, Standing.FAILED})


def waits_for(place: Place | None, before: Mapping[str, Standing]) -> tuple[Awaited, ...]:
    """What still has to be granted, under what is known of it by item."""
    if place is None:
        return ()
    return tuple(one for one in place.after if _blocks(one, before.get(one.item)))


def held_by(place: Place | None, before: Mapping[str, Standing]) -> tuple[Awaited, ...]:
    """What it waits for in vain as things are: refused, declined or withdrawn."""
    waiting = waits_for(place, before)
    return tuple(one for one in waiting if before.get(one.item) is Standing.FAILED)


def best_of(standings: Iterable[Standing]) -> Standing:
    """An item's standing over all its cases: granted once is granted, open beats failed."""
    found = set(standings)
    order = (Standing.GRANTED, Standing.OPEN, Standing.FAILED)
    return next((one for one in order if one in found), Standing.NOT_ASKED)


def _blocks(awaited: Awaited, standing: Standing | None) -> bool:
    if standing is None or standing is Standing.NOT_ASKED:
        return awaited.main
    return standing in _BLOCKING
