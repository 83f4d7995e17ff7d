"""A case as its list of events (办件), and the four states derived from them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.asking import AskAnswered, Escalated, RenewalUndecided, Supervised, Urged
from clerk.contract.bundle import Place, Standing
from clerk.contract.custody import (
    LossMadeGood,
    PapersFiled,
    PapersGiven,
    PapersLost,
    PapersRecalled,
    PapersReturned,
    PapersTaken,
)
from clerk.contract.event import Event
from clerk.contract.identity import IdKind
from clerk.contract.item import Field, Material, Result, Step
from clerk.contract.licence_life import LicenceChanged, LicenceExpired
from clerk.contract.limits import Limit
from clerk.contract.notice import NoticeDelivered, NoticePrinted
from clerk.contract.party import Agent, Party
from clerk.contract.proposal import (
    Corrected,
    Extended,
    Prolonged,
    ProposalRejected,
    Proposed,
    Resumed,
    StopLapsed,
    Stopped,
    SupplementAllowed,
)
from clerk.contract.register import LookedUp, RegisterAnswer
from clerk.contract.scan import Scan
from clerk.contract.tick import MaterialState as MaterialState  # noqa: PLC0414 -- named by cases
from clerk.contract.tick import Ticked as Ticked  # noqa: PLC0414 -- named by cases


class Stage(StrEnum):
    """Where a case stands (阶段)."""

    DRAFT = "draft"
    RECEIVED = "received"
    SUPPLEMENTING = "supplementing"
    ACCEPTED = "accepted"
    HANDLING = "handling"
    DECIDED = "decided"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class ClockState(StrEnum):
    """Whether the legal clock runs."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    STOPPED = "stopped"
    ENDED = "ended"


class Outcome(StrEnum):
    """What was decided."""

    NONE = "none"
    GRANTED = "granted"
    REFUSED = "refused"
    GRANTED_DEFERRED = "granted_deferred"
    TRANSFERRED = "transferred"


class Delivery(StrEnum):
    """Where the result is."""

    NONE = "none"
    IN_PRODUCTION = "in_production"
    AT_WINDOW = "at_window"
    RELEASED = "released"
    MAILED = "mailed"
    UNCOLLECTED = "uncollected"
    RETURNED = "returned"


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What a case is pinned to: the version of its item as it stood at receipt."""

    item: str
    version: int
    name: str
    department: str
    department_name: str
    statutory: Limit
    promised: Limit | None
    flow: tuple[Step, ...]
    result: Result
    materials: tuple[Material, ...]
    fields: tuple[Field, ...] = ()
    code: str = ""
    joint: bool = False
    pause_counts_for_promised: bool = True
    second_supplement: bool = False


class DocumentKind(StrEnum):
    """A paper that goes out over the counter."""

    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    SUPPLEMENT = "supplement"
    DECLINE = "decline"
    DECISION = "decision"
    REFUSAL = "refusal"
    DELIVERY = "delivery"
    STOP = "stop"
    PROLONGATION = "prolongation"
    EXTENSION = "extension"
    CORRECTION = "correction"
    SUPERVISION = "supervision"
    LICENCE = "licence"
    WITHDRAWAL = "withdrawal"
    LOSS = "loss"


class SupplementLine(msgspec.Struct, frozen=True):
    """One thing that a supplement notice asks for (补正告知书)."""

    key: str
    name: str
    reason: str


class DeclineGround(StrEnum):
    """Why an application is not accepted (行政许可法 Art. 32(1)(2))."""

    NO_LICENCE_NEEDED = "no_licence_needed"
    NOT_THIS_OFFICE = "not_this_office"
    NOT_CORRECTED = "not_corrected"
    NOT_ELIGIBLE = "not_eligible"


class Received(Event, frozen=True, kw_only=True, tag="received"):
    """The papers were taken in at a window; the five days begin (Art. 32(4)).

    `looked` is what registers were seen to say about the applicant, or that one is to be asked.
    """

    number: str
    application: str
    terms: Terms
    applicant: Party
    window: str
    agent: Agent | None = None
    answers: dict[str, str] = msgspec.field(default_factory=dict)
    materials: tuple[Ticked, ...] = ()
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    channel: str = "window"
    bundle: str = ""
    place: Place | None = None
    lookup: str = ""
    looked: tuple[RegisterAnswer, ...] = ()


class Accepted(Event, frozen=True, kw_only=True, tag="accepted"):
    """Accepted at the window, on paper (Art. 32(5))."""

    document: str = ""


class DeemedAccepted(Event, frozen=True, kw_only=True, tag="deemed_accepted"):
    """Nobody acted in five days: accepted from the day of receipt (Art. 32(4))."""

    dated_from: date
    document: str = ""


class DepartmentAccepted(Event, frozen=True, kw_only=True, tag="department_accepted"):
    """The department took the case up; its own event with its own time."""


class SupplementAsked(Event, frozen=True, kw_only=True, tag="supplement_asked"):
    """Everything that is missing was told, once (Art. 32(4))."""

    lines: tuple[SupplementLine, ...]
    document: str = ""


class Supplemented(Event, frozen=True, kw_only=True, tag="supplemented"):
    """Materials or fields came in after a notice. `complete` begins the five days anew."""

    materials: tuple[Ticked, ...]
    complete: bool
    fields: dict[str, str] = msgspec.field(default_factory=dict)


class CompletedAtCounter(Event, frozen=True, kw_only=True, tag="completed_at_counter"):
    """What lacked came in at the counter, without a notice (当场更正, Art. 32(3))."""

    materials: tuple[Ticked, ...] = ()
    fields: dict[str, str] = msgspec.field(default_factory=dict)


class DeferredProvided(Event, frozen=True, kw_only=True, tag="deferred_provided"):
    """Deferred material came in (容缺后补)."""

    materials: tuple[Ticked, ...]


class Declined(Event, frozen=True, kw_only=True, tag="declined"):
    """Not accepted, on paper, with the reason and the remedies (Art. 32, 38)."""

    ground: DeclineGround
    reason: str
    right_body: str = ""
    document: str = ""


class Claimed(Event, frozen=True, kw_only=True, tag="claimed"):
    """Somebody took the case on for a while; the lease keeps others from it."""

    until: datetime


class Unclaimed(Event, frozen=True, kw_only=True, tag="unclaimed"):
    """The claim was given back."""


class StepPassed(Event, frozen=True, kw_only=True, tag="step_passed"):
    """A step was done and the case moved on."""

    step: str
    opinion: str


class StepReturned(Event, frozen=True, kw_only=True, tag="step_returned"):
    """A step was not content and the case went back to an earlier one."""

    step: str
    to: str
    opinion: str


class Decided(Event, frozen=True, kw_only=True, tag="decided"):
    """Granted or refused, on paper (Art. 38). `to_seal`: its licence waits for the seal."""

    step: str
    outcome: Outcome
    opinion: str
    reason: str = ""
    document: str = ""
    licence: str = ""
    licence_until: date | None = None
    to_seal: bool = False


class LicenceSealed(Event, frozen=True, kw_only=True, tag="licence_sealed"):
    """The licence's paper bears the department's digital seal; its bytes lie at central.

    `issue` counts the papers of the licence from 1: corrected or lost, it gets another.
    """

    licence: str
    issue: int
    sha256: str
    size: int


class Produced(Event, frozen=True, kw_only=True, tag="produced"):
    """The result is made and lies at the window (制证完成, 待出件)."""


class Released(Event, frozen=True, kw_only=True, tag="released"):
    """Handed over to the applicant or an agent; proof of delivery (送达回证)."""

    collector: str
    collector_id: str
    collector_kind: str
    signature: str
    document: str = ""
    collector_id_kind: IdKind = IdKind.UNKNOWN


class Withdrawn(Event, frozen=True, kw_only=True, tag="withdrawn"):
    """The applicant took the application back, and has it on paper."""

    reason: str
    document: str = ""


class ScanAttached(Event, frozen=True, kw_only=True, tag="scan_attached"):
    """A scan of a material belongs to the case; its bytes may still be on their way."""

    scan: Scan


class Stance(StrEnum):
    """What a countersigning department says."""

    AGREE = "agree"
    CONDITIONS = "conditions"
    OBJECT = "object"


class Preceded(Event, frozen=True, kw_only=True, tag="preceded"):
    """What became of an item that this case waits for in its bundle application (并联审批)."""

    item: str
    name: str
    standing: Standing
    number: str = ""
    reason: str = ""


class OpinionGiven(Event, frozen=True, kw_only=True, tag="opinion_given"):
    """A countersigning department gave its opinion at a joint step (会签意见)."""

    step: str
    department: str
    stance: Stance
    opinion: str


class Silent(Event, frozen=True, kw_only=True, tag="silent"):
    """A countersigning department said nothing within its limit (逾期未反馈)."""

    step: str
    department: str


class HandoverChosen(Event, frozen=True, kw_only=True, tag="handover_chosen"):
    """The applicant chose how the results of the bundle application are handed over."""

    together: bool


AnyEvent = (
    Received
    | Accepted
    | DeemedAccepted
    | DepartmentAccepted
    | SupplementAsked
    | Supplemented
    | CompletedAtCounter
    | DeferredProvided
    | Declined
    | Claimed
    | Unclaimed
    | StepPassed
    | StepReturned
    | Proposed
    | ProposalRejected
    | Stopped
    | Prolonged
    | Resumed
    | StopLapsed
    | Extended
    | SupplementAllowed
    | Corrected
    | Decided
    | LicenceSealed
    | LicenceChanged
    | LicenceExpired
    | Produced
    | Released
    | Withdrawn
    | ScanAttached
    | Preceded
    | OpinionGiven
    | Silent
    | HandoverChosen
    | Urged
    | Supervised
    | RenewalUndecided
    | AskAnswered
    | Escalated
    | LookedUp
    | PapersGiven
    | PapersTaken
    | PapersRecalled
    | PapersReturned
    | PapersFiled
    | PapersLost
    | LossMadeGood
    | NoticePrinted
    | NoticeDelivered
)


class CaseRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it is stored and sent: its events, oldest first. Its version counts them."""

    id: str
    version: int
    events: tuple[AnyEvent, ...]
