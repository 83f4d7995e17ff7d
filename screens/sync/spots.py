"""The spots of a case in words: what each is called, and what stands on it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from clerk.contract.case import Ticked
from clerk.locale import _, _n, mark
from clerk.rules.custody.ledger import Lot
from clerk.rules.identifiers.masking import scrub
from clerk.rules.spot import Days, Facet, Mark, Spot, Value
from screens.custody.words import name_form, name_holder
from screens.lights import name_day
from screens.plans import tell_plan
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
    Facet.AWAITED: mark("Still to come: {name}"),
    Facet.PROPOSED: mark("Proposed"),
    Facet.REJECTED: mark("Why a proposal was rejected"),
    Facet.STOP: mark("Special procedure: {name}"),
    Facet.PLANNED: mark("Planned working days: {name}"),
    Facet.FINDING: mark("Finding: {name}"),
    Facet.EXTENSION: mark("Limit extended by"),
    Facet.SECOND_NOTICE: mark("Why a second notice is allowed"),
    Facet.PUT_RIGHT: mark("Why №{name} is put right"),
    Facet.GROUND: mark("Ground"),
    Facet.REASON: mark("Reason"),
    Facet.RIGHT_BODY: mark("Right body"),
    Facet.STANCE: mark("Stance: {name}"),
    Facet.OPINION: mark("Opinion: {name}"),
    Facet.BUNDLE: mark("Bundle application"),
    Facet.WAITS_FOR: mark("Waits for: {name}"),
    Facet.WAIVED: mark("Why it is not needed: {name}"),
    Facet.HANDOVER: mark("Handover"),
    Facet.ASK: mark("Put to the holder ({name})"),
    Facet.DEMAND: mark("To be answered ({name})"),
    Facet.ANSWER_DUE: mark("Answer due ({name})"),
    Facet.ANSWER: mark("Answer ({name})"),
    Facet.COLLECTOR: mark("Collector"),
    Facet.SIGNATURE: mark("Signature"),
    Facet.SCAN: mark("Scan: {name}"),
    Facet.PAPER: mark("Paper: {name}"),
    Facet.SLIP: mark("Slip {name}"),
    Facet.SHORT: mark("Missing: {name}"),
    Facet.LOSS: mark("In the office's hands: {name}"),
    Facet.APPLICANT: mark("Applicant"),
    Facet.AGENT: mark("Agent"),
    Facet.FORM: mark("Form: {name}"),
}
_MARKS = {
    Mark.STANDS: mark("stands"),
    Mark.OVERRUN: mark("stands past its planned days"),
    Mark.ENDED: mark("has ended"),
    Mark.SILENT: mark("said nothing within the limit"),
    Mark.AWAITED: mark("not handed in yet"),
    Mark.TOGETHER: mark("Results together, stage by stage"),
    Mark.AS_READY: mark("Results as they are ready"),
    Mark.MADE_GOOD: mark("made good"),
}
_NOTHING = "–"


def name_spot(spot: Spot) -> str:
    """What it is called; materials, steps and fields by their names."""
    name = word(spot.name) if isinstance(spot.name, StrEnum) else spot.name
    return _(_NAMES[spot.facet]).format(name=name)


def name_value(value: Value | None) -> str:
    """What stands there, or a dash; numbers of people in what was typed are masked."""
    match value:
        case None | str():
            return _name_text(value or "")
        case Ticked():
            return " · ".join(part for part in (word(value.state), *_notes(value)) if part)
        case date():
            return name_day(value)
        case Lot():
            return f"{name_form(value.form, value.count)} · {name_holder(value.holder, {})}"
        case Days(amount=amount):
            return _n("{count} day", "{count} days", amount).format(count=amount)
        case _:
            return scrub(f"{tell_plan(value)} · {value.reason}")


def _name_text(text: str) -> str:
    if isinstance(text, Mark):
        return _(_MARKS[text])
    return word(text) if isinstance(text, StrEnum) else scrub(text) or _NOTHING


def _notes(tick: Ticked) -> tuple[str, ...]:
    return (
        _("originals: {count}").format(count=tick.originals) if tick.originals else "",
        _("copies: {count}").format(count=tick.copies) if tick.copies else "",
        _("promised for {day}").format(day=name_day(tick.due)) if tick.due else "",
        tick.note,
    )
