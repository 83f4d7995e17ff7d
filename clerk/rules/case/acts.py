"""The acts of a case that can be put right, as corrections name them."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.case import (
    Accepted,
    AnyEvent,
    CompletedAtCounter,
    Decided,
    Declined,
    DeferredProvided,
    Received,
    Released,
    Supplemented,
)
from clerk.contract.proposal import ActUndone, Corrected, Stopped
from clerk.rules.case.state import Case, RecordedAct


def recorded(acts: tuple[RecordedAct, ...], event: AnyEvent, n: int) -> tuple[RecordedAct, ...]:
    """The acts with one more, or with one of them marked as put right."""
    kind = _TAGS.get(type(event))
    if kind is not None:
        return (*acts, _record(event, kind, n))
    if isinstance(event, Corrected):
        return tuple(_marked(one, event, n) if one.n == event.act else one for one in acts)
    return acts


def tag_of(kind: type[AnyEvent]) -> str:
    """The tag of a kind of event."""
    return str(kind.__struct_config__.tag)


def find_act(case: Case, n: int) -> RecordedAct | None:
    """An act by the number of its event, if a correction may name it."""
    return next((one for one in case.acts if one.n == n), None)


def _record(event: AnyEvent, kind: str, n: int) -> RecordedAct:
    return RecordedAct(
        n=n,
        kind=kind,
        by=event.by,
        at=event.at,
        document=getattr(event, "document", ""),
        keys=_keys_of(event),
    )


def _marked(act: RecordedAct, event: Corrected, n: int) -> RecordedAct:
    undone = act.undone or isinstance(event.amendment, ActUndone)
    document = (event.document or act.document) if event.voids else act.document
    return replace(act, corrections=(*act.corrections, n), undone=undone, document=document)


def _keys_of(event: AnyEvent) -> frozenset[str]:
    if isinstance(event, Received | CompletedAtCounter | Supplemented):
        return frozenset({*(one.key for one in event.materials), *event.fields})
    if isinstance(event, DeferredProvided):
        return frozenset(one.key for one in event.materials)
    return frozenset()


_KINDS: tuple[type[AnyEvent], ...] = (
    Received,
    CompletedAtCounter,
    Supplemented,
    DeferredProvided,
    Accepted,
    Declined,
    Stopped,
    Decided,
    Released,
)
_TAGS: dict[type, str] = {kind: tag_of(kind) for kind in _KINDS}
"""The acts that a correction can name; looked up, for a bootstrap asks of millions of events."""
