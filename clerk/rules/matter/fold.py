"""Folding the events of a matter into its present state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from msgspec.structs import replace

from clerk.contract.matter import (
    AnyMatterEvent,
    AppealDecided,
    MatterAnswered,
    MatterAppealed,
    MatterClosed,
    MatterContacted,
    MatterPassed,
    MatterRecord,
    MatterTaken,
    MatterTold,
)
from clerk.rules.matter.state import Matter

_FIELDS: dict[type[AnyMatterEvent], str] = {
    MatterAnswered: "answered",
    MatterTold: "told",
    MatterClosed: "closed",
    MatterAppealed: "appealed",
    AppealDecided: "appeal",
}
"""What happens to a matter once, and where its state keeps it."""


def fold_matter(record: MatterRecord) -> Matter:
    """The state that the events of a matter add up to."""
    first, *rest = record.events
    assert isinstance(first, MatterTaken), "a matter begins with its being taken in"
    return reduce(evolve_matter, rest, _begin(record.id, first))


def evolve_matter(matter: Matter, event: AnyMatterEvent) -> Matter:
    """The state after one more event."""
    matter = replace(matter, version=matter.version + 1)
    match event:
        case MatterContacted():
            return replace(matter, contacted=matter.contacted or event)
        case MatterPassed():
            return replace(matter, department=event.to, passed=(*matter.passed, event))
        case _:
            return replace(matter, **{_FIELDS[type(event)]: event})


def extend_matter(
    matter_id: str, record: MatterRecord | None, events: Sequence[AnyMatterEvent]
) -> MatterRecord:
    """The record with more events."""
    known = (*record.events, *events) if record else tuple(events)
    return MatterRecord(id=matter_id, version=len(known), events=known)


def _begin(matter_id: str, event: MatterTaken) -> Matter:
    return Matter(
        id=matter_id,
        version=1,
        brought=event.brought,
        limits=event.limits,
        taken_at=event.at,
        taken_by=event.by,
        department=event.brought.department,
        window=event.window,
    )
