"""The spots of a case in words: what each is called, and what stands on it."""

from __future__ import annotations

from enum import StrEnum

from clerk.contract.case import Ticked
from clerk.locale import _, mark
from clerk.rules.identifiers.masking import scrub
from clerk.rules.sheet import Facet, Spot, Value
from screens.lights import name_day
from screens.words import word

_NAMES = {
    Facet.STAGE: mark("Stage"),
    Facet.CLOCK: mark("Clock"),
    Facet.OUTCOME: mark("Outcome"),
    Facet.DELIVERY: mark("Delivery"),
    Facet.STEP: mark("Step"),
    Facet.HELD_BY: mark("Held by"),
    Facet.MATERIAL: mark("Material: {name}"),
    Facet.ASKED: mark("Asked for: {name}"),
    Facet.GROUND: mark("Ground"),
    Facet.REASON: mark("Reason"),
    Facet.RIGHT_BODY: mark("Right body"),
    Facet.OPINION: mark("Opinion: {name}"),
    Facet.COLLECTOR: mark("Collector"),
    Facet.SIGNATURE: mark("Signature"),
    Facet.SCAN: mark("Scan: {name}"),
    Facet.APPLICANT: mark("Applicant"),
    Facet.AGENT: mark("Agent"),
    Facet.FORM: mark("Form: {name}"),
}
_NOTHING = "–"


def name_spot(spot: Spot) -> str:
    """What it is called; materials, steps and fields by their names."""
    return _(_NAMES[spot.facet]).format(name=spot.name)


def name_value(value: Value | None) -> str:
    """What stands there, or a dash; numbers of people in what was typed are masked."""
    if isinstance(value, Ticked):
        return " · ".join(part for part in (word(value.state), *_notes(value)) if part)
    if isinstance(value, StrEnum):
        return word(value)
    return scrub(value) if value else _NOTHING


def _notes(tick: Ticked) -> tuple[str, ...]:
    return (
        _("{count} originals").format(count=tick.originals) if tick.originals else "",
        _("{count} copies").format(count=tick.copies) if tick.copies else "",
        _("promised for {day}").format(day=name_day(tick.due)) if tick.due else "",
        tick.note,
    )
