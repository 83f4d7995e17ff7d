"""What happened to a case, in words."""

from __future__ import annotations

from clerk.contract.asking import AskAnswered, Escalated, RenewalUndecided, Supervised, Urged
from clerk.contract.case import (
    Accepted,
    AnyEvent,
    Claimed,
    CompletedAtCounter,
    Decided,
    Declined,
    DeemedAccepted,
    DeferredProvided,
    DepartmentAccepted,
    HandoverChosen,
    LicenceSealed,
    OpinionGiven,
    Outcome,
    Preceded,
    Produced,
    Received,
    Released,
    ScanAttached,
    Silent,
    StepPassed,
    StepReturned,
    SupplementAsked,
    Supplemented,
    Terms,
    Unclaimed,
    Withdrawn,
)
from clerk.contract.licence_life import LicenceChanged, LicenceExpired
from clerk.contract.register import LookedUp
from clerk.contract.supervision import Matter
from clerk.contract.user import CLOCK_ACTOR, Role
from clerk.locale import _, listed, mark
from clerk.locale.punctuation import bracketed, labelled
from clerk.rules.exemption import is_asked_after_all
from clerk.rules.identifiers import mask_identifier
from screens.case.clock_events import clock_opinion, tell_clock
from screens.custody.words import tell_custody
from screens.lights import name_day, name_moment
from screens.plans import tell_licence_act
from screens.prints.notices import tell_notice
from screens.telling import explain
from screens.words import word


def tell_event(event: AnyEvent, terms: Terms) -> str:
    """What happened."""
    told = (
        _tell_plainly(event)
        or _tell_at_counter(event)
        or _tell_in_department(event, terms)
        or _tell_licence(event)
        or tell_clock(event)
        or _tell_others(event, terms)
        or _tell_supervision(event)
        or tell_custody(event, terms)
        or tell_notice(event)
    )
    assert told, "every kind of event has its words"
    return told


def opinion_of(event: AnyEvent) -> str:
    """What somebody wrote to it, as they wrote it."""
    match event:
        case StepPassed(opinion=text) | StepReturned(opinion=text) | Withdrawn(reason=text):
            return text
        case Declined(reason=text) | Preceded(reason=text) | LicenceChanged(reason=text):
            return text
        case OpinionGiven(opinion=text):
            return text
        case Decided():
            return "\n".join(text for text in (event.opinion, event.reason) if text)
        case SupplementAsked():
            return "\n".join(f"· {labelled(one.name, one.reason)}" for one in event.lines)
        case _:
            return clock_opinion(event) or _asked_after_all(event) or _words_of_ask(event)


def _asked_after_all(event: AnyEvent) -> str:
    """What the desk had exempted and central found not to hold, each with why."""
    ticks = event.materials if isinstance(event, Received) else ()
    return "\n".join(
        f"· {labelled(one.name, explain(one.note, {}).what)}"
        for one in ticks
        if is_asked_after_all(one)
    )


def _words_of_ask(event: AnyEvent) -> str:
    match event:
        case Urged(note=text) | AskAnswered(text=text):
            return text
        case Supervised():
            return f"{event.reason}\n{event.demand}"
        case _:
            return ""


def name_actor(event: AnyEvent) -> str:
    """Who did it; what nobody did but time is the clock's."""
    return _("The clock") if event.by.user == CLOCK_ACTOR.user else event.by.name


_PLAIN: dict[type, str] = {
    Received: mark("Received at the window"),
    Accepted: mark("Accepted at the window"),
    SupplementAsked: mark("Asked once for what is missing"),
    CompletedAtCounter: mark("Put right at the counter"),
    DeferredProvided: mark("Deferred material came in"),
    Withdrawn: mark("Withdrawn by the applicant"),
    DepartmentAccepted: mark("Taken up by the department"),
    Unclaimed: mark("Claim given back"),
    Produced: mark("The result is made and lies at the window"),
}
"""What needs nothing but its name, and the number of its paper where it has one."""


def _tell_plainly(event: AnyEvent) -> str:
    if isinstance(event, LookedUp):
        names = listed(one.name for one in event.answers)
        return _("Looked into registers: {names}").format(names=names)
    if type(event) not in _PLAIN:
        return ""
    return _(_PLAIN[type(event)]) + _document(getattr(event, "document", ""))


def _tell_at_counter(event: AnyEvent) -> str:
    match event:
        case DeemedAccepted():
            text = _("Accepted by law, since nobody acted in five days; dated from {day}")
            return text.format(day=name_day(event.dated_from))
        case Supplemented():
            return _("Everything came in") if event.complete else _("A part came in")
        case ScanAttached():
            return _("Scan put to the case: {name}").format(name=event.scan.name)
        case Declined():
            told = _("Declined: {ground}").format(ground=word(event.ground))
            if event.right_body:
                told = bracketed(told, _("belongs to {body}").format(body=event.right_body))
            return told + _document(event.document)
        case Released():
            return _tell_release(event)
        case _:
            return ""


def _tell_in_department(event: AnyEvent, terms: Terms) -> str:
    match event:
        case Claimed():
            return _("Claimed until {until}").format(until=name_moment(event.until))
        case StepPassed():
            return _("“{step}” done, passed on").format(step=_name_step(terms, event.step))
        case StepReturned():
            text = _("Sent back from “{step}” to “{to}”")
            return text.format(step=_name_step(terms, event.step), to=_name_step(terms, event.to))
        case Decided():
            return _tell_decision(event)
        case _:
            return ""


def _tell_licence(event: AnyEvent) -> str:
    """What became of the licence."""
    match event:
        case LicenceSealed():
            return _("The licence is sealed: {number}").format(number=event.licence)
        case LicenceChanged():
            told = tell_licence_act(event)
            return told + _document(event.document)
        case LicenceExpired():
            return _("The licence ran out on {day}").format(day=name_day(event.last))
        case _:
            return ""


def _tell_others(event: AnyEvent, terms: Terms) -> str:
    """What other departments and other items of the bundle application have to do with it."""
    match event:
        case Preceded():
            text = _("What it waits for: “{item}” – {standing}")
            return text.format(item=event.name, standing=word(event.standing))
        case OpinionGiven():
            text = _("Countersigned by {department}: {stance}")
            name = _name_signer(terms, event.department)
            return text.format(department=name, stance=word(event.stance))
        case Silent():
            text = _("{department} said nothing within its limit")
            return text.format(department=_name_signer(terms, event.department))
        case HandoverChosen():
            return name_handover(together=event.together)
        case _:
            return ""


def name_handover(*, together: bool) -> str:
    """How the results of a bundle application are handed over."""
    return _("Results together, stage by stage") if together else _("Results as they are ready")


def _name_signer(terms: Terms, department: str) -> str:
    signers = {
        one.department: one.name for step in terms.flow if step.joint for one in step.joint.signers
    }
    return signers.get(department) or department


def _tell_supervision(event: AnyEvent) -> str:
    match event:
        case Urged():
            to = event.to_name or (_("the department") if event.department else _("the window"))
            text = _("Urged {to}; the answer is due on {day}")
            return text.format(to=to, day=name_day(event.due))
        case Supervised():
            text = _("Supervised formally; the answer is due on {day}")
            return text.format(day=name_day(event.due)) + _document(event.document)
        case RenewalUndecided():
            return _tell_renewal(event)
        case AskAnswered():
            return _(_ANSWERED[event.holds])
        case Escalated():
            why = _(_MATTERS[Matter(event.matter)])
            return _("{why}: now before the {role}").format(why=why, role=word(Role(event.to)))
        case _:
            return ""


def _tell_renewal(event: RenewalUndecided) -> str:
    """What the law makes of it, and who is to say so (行政许可法 Art. 50)."""
    text = _(
        "{name} {number} ended on {day} while this renewal of it was undecided: the law"
        " treats it as renewed until the decision; a person is to confirm it by {due}"
    )
    named = {"name": event.licence_name, "number": event.number}
    return text.format(day=name_day(event.until), due=name_day(event.due), **named)


_ANSWERED = {
    None: mark("Answered what was asked"),
    True: mark("Confirmed: treated as renewed by law until the decision"),
    False: mark("Not treated as renewed"),
}
_MATTERS = {
    Matter.URGE: mark("The urge was not answered in time"),
    Matter.SUPERVISE: mark("The supervision was not answered in time"),
    Matter.RENEWAL: mark("Nobody confirmed in time what the law made of a renewal"),
    Matter.PROMISED: mark("The promised limit has passed"),
    Matter.STATUTORY: mark("The statutory limit has passed"),
    Matter.DELIVERY: mark("The ten days of delivering have passed"),
}


def _tell_release(event: Released) -> str:
    if event.collector_kind == "agent":
        text = _("Handed out to the agent {name}, {number}; {signature}")
    else:
        text = _("Handed out to {name}; {signature}")
    number = mask_identifier(event.collector_id)
    told = text.format(name=event.collector, number=number, signature=event.signature)
    return told + _document(event.document)


def _tell_decision(event: Decided) -> str:
    told = word(event.outcome) + _document(event.document)
    if event.outcome is Outcome.REFUSED or not event.licence:
        return told
    until = name_day(event.licence_until) if event.licence_until else _("without end")
    return told + " · " + _("licence until {until}").format(until=until)


def _document(number: str) -> str:
    return f" · {number}" if number else ""


def _name_step(terms: Terms, key: str) -> str:
    return next((step.name for step in terms.flow if step.key == key), key)
