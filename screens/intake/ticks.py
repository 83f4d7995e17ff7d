"""What a key does to a tick on the checklist: pure steps from one tick to the next."""

from __future__ import annotations

from clerk.contract.case import MaterialState
from clerk.contract.draft import Tick
from clerk.contract.licence import Licence, Renewal
from clerk.locale import _, mark
from clerk.rules.checklist import Line, satisfied
from clerk.rules.exemption import Flaw, HeldFact
from screens.lights import name_word
from screens.renewed import tell_renewal
from screens.telling import explain

MOST_COUNTED = 99
_FLAWS = {
    Flaw.EXPIRED: mark("has expired"),
    Flaw.SUSPENDED: mark("is suspended"),
    Flaw.REVOKED: mark("was revoked"),
    Flaw.CANCELLED: mark("was cancelled"),
    Flaw.OTHER_NAME: mark("is in another name than the applicant's"),
    Flaw.OTHER_NUMBER: mark("belongs to another number than the one typed"),
    Flaw.RISK: mark("says that care is needed"),
    Flaw.NOT_SURE: mark("is to be checked first"),
    Flaw.NOT_HELD: mark("does not hold"),
    Flaw.RENEWAL_OPEN: mark("ended while its renewal is undecided: to be checked"),
}


def tick_whole(line: Line) -> Tick:
    """All originals seen and all copies kept."""
    return Tick(state=MaterialState.PROVIDED, originals=line.originals, copies=line.copies)


def toggle(line: Line, tick: Tick | None) -> Tick | None:
    """Ticked wholly, or no longer; an optional paper is ticked once it is handed in."""
    return None if _is_ticked(line, tick) else tick_whole(line)


def count(tick: Tick | None, *, originals: int | None = None, copies: int | None = None) -> Tick:
    """Other counts; what was deferred or declared is handed in after all."""
    corrected = tick is not None and tick.state is MaterialState.CORRECTED
    return Tick(
        state=MaterialState.CORRECTED if corrected else MaterialState.PROVIDED,
        originals=_within(originals, tick.originals if tick else 0),
        copies=_within(copies, tick.copies if tick else 0),
        note=tick.note if tick else "",
    )


def defer(line: Line, tick: Tick | None) -> Tick | None:
    """To be handed in later (容缺受理), or no longer."""
    return _switch(line, tick, MaterialState.DEFERRED)


def declare(line: Line, tick: Tick | None) -> Tick | None:
    """A signed declaration instead of the proof (告知承诺), or no longer."""
    return _switch(line, tick, MaterialState.DECLARED)


def correct(line: Line, tick: Tick | None) -> Tick | None:
    """Mended on the spot (行政许可法 Art. 32(3)), or no longer."""
    if tick is not None and tick.state is MaterialState.CORRECTED:
        return None
    return Tick(state=MaterialState.CORRECTED, originals=line.originals, copies=line.copies)


def why_not_deferred(line: Line) -> str:
    """Why a line may not be deferred; nothing where it may."""
    if line.exempted:
        return _say_held(line)
    if not line.deferrable_days:
        return _("“{name}” may not be deferred: its item does not allow it.").format(name=line.name)
    return ""


def why_not_declared(line: Line) -> str:
    """Why no declaration may stand for a line; nothing where it may."""
    if line.exempted:
        return _say_held(line)
    if not line.declarable:
        told = _("No declaration may stand for “{name}”: its item does not allow it.")
        return told.format(name=line.name)
    return ""


def why_not_ticked(line: Line) -> str:
    """Why there is nothing to tick; nothing where there is."""
    return _say_held(line) if line.exempted else ""


def explain_held(line: Line) -> str:
    """What stands for the paper, since and until when and from whom, or why it does not."""
    if line.licence:
        told = _("Not needed: {licence} held since {since}, {validity}, from {issuer}")
        return told.format(
            licence=line.licence.type_name,
            since=line.licence.issued_on.isoformat(),
            validity=_tell_validity(line.licence),
            issuer=line.licence.issuer,
        )
    if line.fact:
        return _tell_fact(line.fact)
    if line.flaw is None:
        return ""
    if line.unsure:
        return _tell_unsure(line.unsure, line.flaw)
    held = line.unusable.type_name if line.unusable else ""
    told = _("Asked for: the {held} on record {why}")
    return told.format(held=held, why=_tell_flaw(line.flaw, line.unusable))


def _tell_fact(fact: HeldFact) -> str:
    at = name_word(fact.as_of)
    if fact.since is None and fact.until is None:
        told = _("Not needed: {fact} is in {register}, as of {time}")
        return told.format(fact=fact.label, register=fact.source, time=at)
    until = fact.until.isoformat() if fact.until else ""
    validity = _("valid until {day}").format(day=until) if until else _("valid without end")
    if fact.since is None:
        told = _("Not needed: {fact}, {validity}, from {register} as of {time}")
        return told.format(fact=fact.label, validity=validity, register=fact.source, time=at)
    told = _("Not needed: {fact} held since {since}, {validity}, from {register} as of {time}")
    return told.format(
        fact=fact.label,
        since=fact.since.isoformat(),
        validity=validity,
        register=fact.source,
        time=at,
    )


def _tell_unsure(fact: HeldFact, flaw: Flaw) -> str:
    """Why a register's word does not stand for the paper; first what was wrong with asking."""
    if flaw is Flaw.EXPIRED and fact.until:
        told = _("Asked for: {fact} in {register} expired on {day}")
        return told.format(fact=fact.label, register=fact.source, day=fact.until.isoformat())
    if flaw is Flaw.NOT_SURE and fact.problem:
        told = _("To be checked: {register}. {why} Asked for meanwhile.")
        why = explain(fact.problem, {"register": fact.source}).what
        return told.format(register=fact.source, why=why)
    told = _("Asked for: the {held} on record {why}")
    return told.format(held=fact.source, why=_(_FLAWS[flaw]))


def _tell_validity(licence: Licence) -> str:
    if licence.valid_until is None:
        return _("valid without end")
    told = _("valid until {day}").format(day=licence.valid_until.isoformat())
    if licence.renewal is not Renewal.CONFIRMED:
        return told
    renewed = tell_renewal(licence.renewal, licence.renewal_by, licence.renewal_on)
    return f"{told} ({renewed})"


def _tell_flaw(flaw: Flaw, licence: Licence | None) -> str:
    if flaw is Flaw.EXPIRED and licence and licence.valid_until:
        return _("expired on {day}").format(day=licence.valid_until.isoformat())
    if flaw is Flaw.RENEWAL_OPEN and licence and licence.valid_until:
        told = _(
            "ended on {day} while its renewal, applied for in time, is undecided: to be checked,"
            " its department has not confirmed yet that it counts as renewed"
        )
        return told.format(day=licence.valid_until.isoformat())
    return _(_FLAWS[flaw])


def _say_held(line: Line) -> str:
    return _("“{name}” is held already: nothing to hand in.").format(name=line.name)


def _is_ticked(line: Line, tick: Tick | None) -> bool:
    if tick is None:
        return False
    return satisfied(line, tick) if line.required else tick.state is not MaterialState.MISSING


def _switch(line: Line, tick: Tick | None, state: MaterialState) -> Tick | None:
    """Into a state and back; a part that was counted stays, for the rest is still to come."""
    if tick is not None and tick.state is state:
        return None
    in_part = tick is not None and not satisfied(line, tick)
    originals, copies = (tick.originals, tick.copies) if tick and in_part else (0, 0)
    return Tick(
        state=state,
        originals=min(originals, line.originals),
        copies=min(copies, line.copies),
    )


def _within(wanted: int | None, otherwise: int) -> int:
    return max(0, min(MOST_COUNTED, otherwise if wanted is None else wanted))
