"""What the program's own words are called: stages, outcomes, kinds of documents, roles, lights."""

from __future__ import annotations

from enum import StrEnum

from clerk.contract.answer import Refusal
from clerk.contract.bundle import Standing
from clerk.contract.case import (
    ClockState,
    DeclineGround,
    Delivery,
    DocumentKind,
    MaterialState,
    Outcome,
    Stage,
    Stance,
)
from clerk.contract.custody import Mishap, PaperForm, Remedy
from clerk.contract.identity import IdKind
from clerk.contract.item import Act
from clerk.contract.licence import LicenceStatus, Renewal
from clerk.contract.licence_life import LicenceAct, LicenceGround
from clerk.contract.limits import Limit, Unit
from clerk.contract.matter import MatterKind, MatterWay
from clerk.contract.notice import DeliveryWay
from clerk.contract.proposal import Procedure
from clerk.contract.register import AnswerState
from clerk.contract.user import Role
from clerk.locale import Plural, _, _n, mark, mark_n
from clerk.locale.matter_words import MATTER_KINDS, MATTER_WAYS
from clerk.locale.problems import tell
from clerk.locale.procedures import PROCEDURES
from clerk.rules.case.state import AskKind
from clerk.rules.clock import Light
from clerk.rules.custody.ledger import SlipState
from clerk.rules.identifiers.problem import Problem
from clerk.rules.matter.state import MatterStage

# A table for each enumeration: members of two are equal where their values are ("none").
_WORDS: dict[type[StrEnum], dict[str, str]] = {
    PaperForm: {PaperForm.ORIGINAL: mark("original"), PaperForm.COPY: mark("copy")},
    Stage: {
        Stage.DRAFT: mark("Draft"),
        Stage.RECEIVED: mark("Received"),
        Stage.SUPPLEMENTING: mark("Supplementing"),
        Stage.ACCEPTED: mark("Accepted"),
        Stage.HANDLING: mark("In handling"),
        Stage.DECIDED: mark("Decided"),
        Stage.DECLINED: mark("Declined"),
        Stage.WITHDRAWN: mark("Withdrawn"),
        Stage.VOID: mark("Void"),
    },
    DeliveryWay: {
        DeliveryWay.WINDOW: mark("Handed over at the window"),
        DeliveryWay.MAIL: mark("By mail"),
        DeliveryWay.ONLINE: mark("Electronically"),
    },
    ClockState: {
        ClockState.NOT_STARTED: mark("Not started"),
        ClockState.RUNNING: mark("Running"),
        ClockState.STOPPED: mark("Stopped"),
        ClockState.ENDED: mark("Ended"),
    },
    Outcome: {
        Outcome.NONE: mark("Not decided"),
        Outcome.GRANTED: mark("Granted"),
        Outcome.REFUSED: mark("Refused"),
        Outcome.GRANTED_DEFERRED: mark("Granted with deferred material"),
        Outcome.TRANSFERRED: mark("Transferred"),
    },
    Delivery: {
        Delivery.NONE: mark("No result yet"),
        Delivery.IN_PRODUCTION: mark("In production"),
        Delivery.AT_WINDOW: mark("At the window"),
        Delivery.RELEASED: mark("Released"),
        Delivery.MAILED: mark("Mailed"),
        Delivery.UNCOLLECTED: mark("Uncollected"),
        Delivery.RETURNED: mark("Returned"),
    },
    MaterialState: {
        MaterialState.MISSING: mark("Missing"),
        MaterialState.PROVIDED: mark("Provided"),
        MaterialState.CORRECTED: mark("Corrected at the counter"),
        MaterialState.EXEMPTED: mark("Exempted"),
        MaterialState.DEFERRED: mark("Deferred"),
        MaterialState.DECLARED: mark("Declared"),
    },
    IdKind: {
        IdKind.RESIDENT: mark("Resident identity card"),
        IdKind.HMT_RESIDENCE: mark("Residence permit (Hong Kong, Macao, Taiwan)"),
        IdKind.FOREIGN_PERMANENT_RESIDENCE: mark("Foreigner's permanent-residence card"),
        IdKind.PASSPORT: mark("Passport"),
        IdKind.TRAVEL_PERMIT: mark("Mainland travel permit"),
        IdKind.USCC: mark("Unified social credit code"),
        IdKind.OLD_ORG_CODE: mark("Organisation code (old)"),
        IdKind.OLD_REGISTRATION: mark("Business registration number (old)"),
        IdKind.UNKNOWN: mark("Unknown document"),
    },
    DeclineGround: {
        DeclineGround.NO_LICENCE_NEEDED: mark("No licence is needed for this"),
        DeclineGround.NOT_THIS_OFFICE: mark("Not this office's business"),
        DeclineGround.NOT_CORRECTED: mark("Not corrected after the notice"),
        DeclineGround.NOT_ELIGIBLE: mark("The applicant may not apply for this"),
    },
    Mishap: {
        Mishap.LOST: mark("lost"),
        Mishap.DAMAGED: mark("damaged"),
    },
    Remedy: {
        Remedy.FOUND: mark("found again"),
        Remedy.REPLACED: mark("replaced at the office's cost"),
    },
    DocumentKind: {
        DocumentKind.RECEIPT: mark("Receipt of materials"),
        DocumentKind.ACCEPTANCE: mark("Notice of acceptance"),
        DocumentKind.SUPPLEMENT: mark("Supplement notice"),
        DocumentKind.DECLINE: mark("Notice of non-acceptance"),
        DocumentKind.DECISION: mark("Decision to grant"),
        DocumentKind.REFUSAL: mark("Decision to refuse"),
        DocumentKind.DELIVERY: mark("Proof of delivery"),
        DocumentKind.SUPERVISION: mark("Formal supervision"),
        DocumentKind.STOP: mark("Notice of a special procedure"),
        DocumentKind.PROLONGATION: mark("Notice of a prolongation"),
        DocumentKind.EXTENSION: mark("Notice of an extension"),
        DocumentKind.CORRECTION: mark("Notice of a correction"),
        DocumentKind.LICENCE: mark("Notice about a licence"),
        DocumentKind.WITHDRAWAL: mark("Confirmation of a withdrawal"),
        DocumentKind.LOSS: mark("Notice of lost or damaged papers"),
    },
    Standing: {
        Standing.NOT_ASKED: mark("Not asked for yet"),
        Standing.OPEN: mark("In hand"),
        Standing.GRANTED: mark("Granted"),
        Standing.FAILED: mark("Came to nothing"),
        Standing.WAIVED: mark("Not needed"),
    },
    AnswerState: {
        AnswerState.ANSWERED: mark("answered now"),
        AnswerState.KEPT: mark("answered a while ago"),
        AnswerState.OLDER: mark("older answer"),
        AnswerState.NONE: mark("holds no such number"),
        AnswerState.TO_BE_CHECKED: mark("to be checked"),
    },
    Stance: {
        Stance.AGREE: mark("Agrees"),
        Stance.CONDITIONS: mark("Agrees with conditions"),
        Stance.OBJECT: mark("Objects"),
    },
    Role: {
        Role.COUNTER: mark("Counter clerk"),
        Role.HANDLER: mark("Handler"),
        Role.REVIEWER: mark("Reviewer"),
        Role.APPROVER: mark("Approver"),
        Role.HEAD: mark("Head of the body"),
        Role.MANAGER: mark("Manager"),
        Role.SUPERVISOR: mark("Supervisor"),
        Role.SYSTEM_ADMINISTRATOR: mark("System administrator"),
        Role.SECURITY_ADMINISTRATOR: mark("Security administrator"),
        Role.AUDITOR: mark("Auditor"),
    },
    Act: {
        Act.HANDLE: mark("Handle"),
        Act.REVIEW: mark("Review"),
        Act.APPROVE: mark("Approve"),
    },
    Procedure: PROCEDURES,
    LicenceAct: {
        LicenceAct.SUSPEND: mark("Suspend the licence"),
        LicenceAct.RESUME: mark("Let the licence hold again"),
        LicenceAct.REVOKE: mark("Revoke the licence (Art. 69)"),
        LicenceAct.CANCEL: mark("Cancel the licence (Art. 70)"),
        LicenceAct.CORRECT: mark("Correct what stands on the licence"),
        LicenceAct.REISSUE: mark("Issue the licence again: lost or spoilt"),
    },
    LicenceGround: {
        LicenceGround.ABUSE: mark("granted by abuse or neglect of office (69.1.1)"),
        LicenceGround.BEYOND_POWERS: mark("granted beyond the office's powers (69.1.2)"),
        LicenceGround.PROCEDURE: mark("granted against the procedure (69.1.3)"),
        LicenceGround.INELIGIBLE: mark("the applicant did not qualify (69.1.4)"),
        LicenceGround.OTHER_REVOCATION: mark("another ground in law (69.1.5)"),
        LicenceGround.DECEPTION: mark("obtained by deceit or bribery (69.2)"),
        LicenceGround.NOT_RENEWED: mark("run out and not renewed (70.1)"),
        LicenceGround.HOLDER_GONE: mark("the holder died or lost capacity (70.2)"),
        LicenceGround.DISSOLVED: mark("the organisation was dissolved (70.3)"),
        LicenceGround.WITHDRAWN: mark("revoked, withdrawn or struck (70.4)"),
        LicenceGround.IMPOSSIBLE: mark("made impossible by force majeure (70.5)"),
        LicenceGround.OTHER_CANCELLATION: mark("another ground in law (70.6)"),
    },
    LicenceStatus: {
        LicenceStatus.VALID: mark("Valid"),
        LicenceStatus.SUSPENDED: mark("Suspended"),
        LicenceStatus.REVOKED: mark("Revoked"),
        LicenceStatus.CANCELLED: mark("Cancelled"),
        LicenceStatus.EXPIRED: mark("Expired"),
    },
    Renewal: {
        Renewal.TO_CONFIRM: mark(
            "ended while its renewal is undecided: treated as renewed by law until decided"
            " \u2013 for a person to confirm"
        ),
        Renewal.CONFIRMED: mark(
            "ended while its renewal is undecided: treated as renewed by law until decided,"
            " confirmed by the department"
        ),
    },
    SlipState: {
        SlipState.OPEN: mark("On the way"),
        SlipState.TAKEN: mark("Confirmed"),
        SlipState.RECALLED: mark("Taken back"),
        SlipState.RETURNED: mark("Returned to the applicant"),
    },
    AskKind: {
        AskKind.URGE: mark("Urged"),
        AskKind.SUPERVISE: mark("Supervised"),
        AskKind.RENEWAL: mark("Renewal undecided"),
    },
    MatterKind: MATTER_KINDS,
    MatterWay: MATTER_WAYS,
    MatterStage: {
        MatterStage.OPEN: mark("Awaiting an answer"),
        MatterStage.ANSWERED: mark("Answered"),
        MatterStage.TOLD: mark("Answer told"),
        MatterStage.CLOSED: mark("Closed"),
        MatterStage.EXCLUDED: mark("Rating excluded"),
    },
    Light: {
        Light.GREEN: mark("In time"),
        Light.YELLOW: mark("Due soon"),
        Light.RED: mark("Overdue"),
        Light.GREY: mark("Stopped"),
        Light.NONE: mark("No limit runs"),
    },
}

_LIMITS: dict[Unit, Plural] = {
    Unit.WORKING_DAYS: mark_n("{amount} working day", "{amount} working days"),
    Unit.NATURAL_DAYS: mark_n("{amount} day", "{amount} days"),
    Unit.WORKING_HOURS: mark_n("{amount} working hour", "{amount} working hours"),
    Unit.NATURAL_HOURS: mark_n("{amount} hour", "{amount} hours"),
}

_SHORT: dict[str, str] = {
    "applicant.number_invalid": mark("the applicant's ID number"),
    "applicant.name_missing": mark("the applicant's name"),
    "applicant.wrong_kind": mark("another applicant for “{item}”: not open to this one"),
    "visit.no_item": mark("an item"),
    "situation.unanswered": mark("the answer to “{question}”"),
    "agent.name_missing": mark("the agent's name"),
    "applicant.phone_wrong": mark("a correct telephone number of the applicant"),
    "agent.phone_wrong": mark("a correct telephone number of the agent"),
    "agent.number_invalid": mark("the agent's ID number"),
    "field.missing": mark("{label}"),
    "field.too_long": mark("{label} with at most {most} characters"),
    "field.not_a_number": mark("{label} as a number"),
    "field.not_money": mark("{label} as an amount"),
    "field.not_a_date": mark("{label} as a date"),
    "field.not_an_option": mark("a choice for {label}"),
    "field.not_a_phone": mark("{label} as a phone number"),
    "field.not_an_identifier": mark("{label} as an ID number"),
}

_BESIDE: dict[str, str] = {
    "field.missing": mark("Needed."),
    "field.too_long": mark("{length} characters; at most {most} fit."),
    "field.not_a_number": mark("Not a number. Type digits, as 120 or 36.5."),
    "field.not_money": mark("Not an amount. Type yuan in digits, as 1200.00."),
    "field.not_a_date": mark("Not a date. Type year, month and day, as 2026-03-09."),
    "field.not_an_option": mark("Choose one of the options."),
    "field.not_a_phone": mark("Not a phone number. Type 11 digits, or area code and number."),
    "field.not_an_identifier": mark("Not a correct ID number. Compare it with the document."),
    "applicant.phone_wrong": mark("Not a phone number."),
    "agent.phone_wrong": mark("Not a phone number."),
}


def word(value: StrEnum) -> str:
    """What a stage, an outcome, a role and their like are called."""
    return _(_WORDS[type(value)][value.value])


def name_limit(limit: Limit) -> str:
    """A time limit; none at all is done on the spot."""
    if limit.amount == 0:
        return _("on the spot")
    return _n(*_LIMITS[limit.unit], limit.amount).format(amount=limit.amount)


def explain_identifier(problem: Problem) -> str:
    """What is wrong or odd with an ID number, where, and what to do about it."""
    return str(tell(problem.code.value, problem.parameters))


def name_lack(refusal: Refusal) -> str:
    """What a verdict lacks, by name, to stand in a row with others."""
    if refusal.code not in _SHORT:
        return tell(refusal.code, refusal.parameters).what
    return _(_SHORT[refusal.code]).format_map(refusal.parameters)


def explain_field(refusal: Refusal) -> str:
    """What is wrong with a field, to stand beside it."""
    if refusal.code not in _BESIDE:
        return tell(refusal.code, refusal.parameters).what
    return _(_BESIDE[refusal.code]).format_map(refusal.parameters)
