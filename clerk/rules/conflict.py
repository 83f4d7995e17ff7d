"""Two people changed one case: what it was, what one of them wanted, and what it is now."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from clerk.contract.case import AnyEvent, CaseRecord
from clerk.rules.sheet import Sheet, write_out
from clerk.rules.spot import Facet, Spot, Value

_ORDER = {facet: place for place, facet in enumerate(Facet)}


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One spot on which the three states are not the same; None where nothing stands.

    `mine` is what stands there if the act had been done on what its clerk looked at.
    `change` is the event that made it what it is now, where there has been one since.
    """

    spot: Spot
    before: Value | None
    mine: Value | None
    now: Value | None
    change: AnyEvent | None = None

    @property
    def is_mine(self) -> bool:
        """Whether the act would have changed it."""
        return self.mine != self.before

    @property
    def is_theirs(self) -> bool:
        """Whether somebody has changed it since."""
        return self.now != self.before

    @property
    def is_contested(self) -> bool:
        """Whether both changed it, and not to the same."""
        return self.is_mine and self.is_theirs and self.mine != self.now

    @property
    def is_agreed(self) -> bool:
        """Whether both changed it to the same: nothing is left to be done there."""
        return self.is_mine and self.is_theirs and self.mine == self.now


def at_version(record: CaseRecord, version: int) -> CaseRecord | None:
    """The case as it was at an earlier version; nothing of before its receipt."""
    if version <= 0:
        return None
    events = record.events[:version]
    return CaseRecord(id=record.id, version=len(events), events=events)


def compare(
    before: CaseRecord | None, mine: CaseRecord | None, now: CaseRecord | None
) -> tuple[Difference, ...]:
    """What differs between the three, contested spots first, then one's own, then the others'.

    `now` goes on from `before`; without `mine` nothing of one's own is compared.
    """
    old, new = write_out(before), write_out(now)
    own = old if mine is None else write_out(mine)
    changes = _changes(before, now)
    spots = dict.fromkeys([*own, *old, *new])
    found = [
        Difference(
            spot=spot,
            before=old.get(spot),
            mine=own.get(spot),
            now=new.get(spot),
            change=changes.get(spot),
        )
        for spot in spots
    ]
    differing = [one for one in found if one.is_mine or one.is_theirs]
    return tuple(sorted(differing, key=_place))


def since(before: CaseRecord | None, now: CaseRecord | None) -> Sequence[AnyEvent]:
    """What has happened between the two."""
    return now.events[len(before.events) if before else 0 :] if now else ()


def _changes(before: CaseRecord | None, now: CaseRecord | None) -> dict[Spot, AnyEvent]:
    """The last event that changed each spot since, event by event."""
    found: dict[Spot, AnyEvent] = {}
    if now is None:
        return found
    known = before.version if before else 0
    sheet: Sheet = write_out(before)
    for version, event in enumerate(since(before, now), start=known + 1):
        after = write_out(at_version(now, version))
        changed = {spot for spot in {*sheet, *after} if sheet.get(spot) != after.get(spot)}
        found |= dict.fromkeys(changed, event)
        sheet = after
    return found


def _place(one: Difference) -> tuple[int, int]:
    first = (one.is_contested, one.is_mine, True).index(True)
    return first, _ORDER[one.spot.facet]
