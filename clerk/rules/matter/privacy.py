"""What of a matter may leave central: no whole number of anybody, in no field and in no text."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.matter import (
    AnyMatterEvent,
    AppealDecided,
    MatterAnswered,
    MatterRecord,
    MatterTaken,
    MatterTold,
)
from clerk.rules.identifiers import mask_phone
from clerk.rules.identifiers.masking import scrub


def masked_matter(record: MatterRecord) -> MatterRecord:
    """The record with numbers of people masked; masking twice changes nothing."""
    return replace(record, events=tuple(_masked(one) for one in record.events))


def _masked(event: AnyMatterEvent) -> AnyMatterEvent:
    match event:
        case MatterTaken(brought=brought):
            phone, text = mask_phone(brought.phone), scrub(brought.text)
            return replace(event, brought=replace(brought, phone=phone, text=text))
        case MatterAnswered():
            return replace(event, text=scrub(event.text))
        case MatterTold():
            return replace(event, note=scrub(event.note))
        case AppealDecided():
            return replace(event, reason=scrub(event.reason))
        case _:
            words = "note" if hasattr(event, "note") else "reason"
            return replace(event, **{words: scrub(getattr(event, words))})
