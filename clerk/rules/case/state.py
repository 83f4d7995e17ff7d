"""The present state of a case: four independent axes, and what the next act needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.bundle import Awaited, Place, Standing
from clerk.contract.case import (
    AnyEvent,
    ClockState,
    Delivery,
    DocumentKind,
    Outcome,
    Stage,
    Stance,
    SupplementLine,
    Terms,
    Ticked,
)
from clerk.contract.item import Step
from clerk.contract.licence import LicenceStatus
from clerk.contract.notice import NoticeDelivered
from clerk.contract.party import Agent, Party
from clerk.contract.proposal import AnyPlan, Hearing, Procedure
from clerk.contract.register import RegisterAnswer
from clerk.contract.scan import Scan
from clerk.contract.user import Actor
from clerk.rules.bundle.gate import held_by, waits_for

_TO_DELIVER = frozenset({Delivery.IN_PRODUCTION, Delivery.AT_WINDOW})
_CLOSED_STAGES = frozenset({Stage.DECLINED, Stage.WITHDRAWN, Stage.VOID})
IN_HAND_STAGES = frozenset({Stage.RECEIVED, Stage.SUPPLEMENTING, Stage.ACCEPTED, Stage.HANDLING})
"""Where somebody has to move a case on."""
_CLOSED_DELIVERIES = frozenset({Delivery.RELEASED, Delivery.MAILED, Delivery.RETURNED})


class Claim(msgspec.Struct, frozen=True):
    """Who has taken the case on, and until when others keep off."""

    by: Actor
    until: datetime


class PrintedDocument(msgspec.Struct, frozen=True):
    """A paper that went out, with its document number; `void` once a correction took it back.

    `printed`: a print away from the act that made it is known, `reprints` how many came after the
    first; `deliveries` say how the applicant got it.
    """

    kind: DocumentKind
    number: str
    at: datetime
    void: bool = False
    printed: bool = False
    reprints: int = 0
    deliveries: tuple[NoticeDelivered, ...] = ()


class RecordedAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act that a correction can name by the number of its event; `kind` is the event's tag.

    `keys` are the materials and fields that it bore, `corrections` the numbers of the events
    that put it right.
    """

    n: int
    kind: str
    by: Actor
    at: datetime
    document: str = ""
    keys: frozenset[str] = frozenset()
    corrections: tuple[int, ...] = ()
    undone: bool = False


class DecisionText(msgspec.Struct, frozen=True):
    """What a decision says, as it was last put right."""

    opinion: str
    reason: str
    licence_until: date | None


class Reopening(msgspec.Struct, frozen=True):
    """Where a declined case stood, should the decline prove to be a mistake."""

    stage: Stage
    five_days_at: datetime | None


class StepDone(msgspec.Struct, frozen=True):
    """Who did a step, so that nobody approves what they handled."""

    step: str
    by: Actor
    at: datetime
    opinion: str


class Longer(msgspec.Struct, frozen=True):
    """More working days for a special procedure, approved in time."""

    at: datetime
    days: int


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """A special procedure; `n` is the number of its event.

    It stands until it is resumed or ended by itself after its planned days. `overrun`: those
    are over, and (local) it stands all the same.
    """

    n: int
    procedure: Procedure
    basis: str
    began_at: datetime
    planned_days: int
    longer: tuple[Longer, ...] = ()
    hearing: Hearing | None = None
    resumed_at: datetime | None = None
    last: date | None = None
    overrun: bool = False

    @property
    def open(self) -> bool:
        """Whether nothing has ended it yet."""
        return self.resumed_at is None and self.last is None


class Proposal(msgspec.Struct, frozen=True):
    """What somebody proposed and nobody has answered; `n` is the number of its event."""

    n: int
    plan: AnyPlan
    by: Actor
    at: datetime


class Extension(msgspec.Struct, frozen=True):
    """Days that the head of the body added."""

    at: datetime
    days: int


class CaseScan(msgspec.Struct, frozen=True):
    """A scan of the case, and who put it there."""

    scan: Scan
    by: Actor
    at: datetime


class Opinion(msgspec.Struct, frozen=True):
    """What a department said at a joint step; `stance` is None where it said nothing in time."""

    department: str
    stance: Stance | None
    by: Actor
    at: datetime
    opinion: str = ""


class AskKind(StrEnum):
    """How somebody is asked about a case that does not move on."""

    URGE = "urge"
    SUPERVISE = "supervise"
    RENEWAL = "renewal"


class AskAnswer(msgspec.Struct, frozen=True):
    """What was answered, by whom and when; of a renewal, whether the licence holds on."""

    by: Actor
    at: datetime
    text: str
    holds: bool | None = None


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """An urge, a formal supervision or a renewal; `level` is how far it was escalated.

    `department` is whose answer it wants; it is empty for the window. `told` is the note of an
    urge, the reason of a supervision or a licence with its last day, whose id is
    `licence`. `delivering`: it was decided then, and the result is
    what is waited for.
    """

    n: int
    kind: AskKind
    by: Actor
    at: datetime
    told: str
    due: date
    department: str = ""
    to: str = ""
    to_name: str = ""
    demand: str = ""
    document: str = ""
    answer: AskAnswer | None = None
    level: int = 0
    escalated_to: str = ""
    delivering: bool = False
    licence: str = ""


class SealedPaper(msgspec.Struct, frozen=True):
    """The licence as a sealed PDF: the hash that its bytes go by, and which issue it is."""

    sha256: str
    size: int
    issue: int


class LimitPassed(msgspec.Struct, frozen=True):
    """How far a passed limit was escalated, and to which role."""

    matter: str
    level: int
    to: str


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case folded from its events; never stored, always derived.

    `awaited` are the lines of the last notice, by key, that have not come in yet. `owed_from`
    is when acceptance was due, where the office's mistake put it off: the limit of deciding
    counts from there. `looked` is the last answer of each register that was looked into. `trail`
    are the events about its papers, of which clerk.rules.custody tells who holds what.
    """

    id: str
    version: int
    number: str
    application: str
    terms: Terms
    applicant: Party
    agent: Agent | None
    window: str
    received_at: datetime
    received_by: Actor
    answers: dict[str, str]
    fields: dict[str, str]
    materials: tuple[Ticked, ...]
    stage: Stage = Stage.RECEIVED
    clock: ClockState = ClockState.NOT_STARTED
    outcome: Outcome = Outcome.NONE
    delivery: Delivery = Delivery.NONE
    step: str = ""
    step_since: datetime | None = None
    claim: Claim | None = None
    done: tuple[StepDone, ...] = ()
    five_days_at: datetime | None = None
    supplements_asked: int = 0
    supplement_allowed: bool = False
    asked_at: datetime | None = None
    asked: tuple[SupplementLine, ...] = ()
    awaited: tuple[str, ...] = ()
    accepted_at: datetime | None = None
    accepted_from: date | None = None
    deemed: bool = False
    department_accepted_at: datetime | None = None
    declined_at: datetime | None = None
    decided_at: datetime | None = None
    released_at: datetime | None = None
    proposals: tuple[Proposal, ...] = ()
    stops: tuple[Stop, ...] = ()
    extensions: tuple[Extension, ...] = ()
    documents: tuple[PrintedDocument, ...] = ()
    licence: str = ""
    sealing: bool = False
    licence_paper: SealedPaper | None = None
    licence_status: LicenceStatus = LicenceStatus.VALID
    licence_ended_as: LicenceStatus | None = None
    suspended_until: date | None = None
    scans: tuple[CaseScan, ...] = ()
    place: Place | None = None
    before: dict[str, Standing] = {}
    freed_at: datetime | None = None
    opinions: tuple[Opinion, ...] = ()
    joint_failed: str = ""
    asks: tuple[Ask, ...] = ()
    limits_passed: tuple[LimitPassed, ...] = ()
    acts: tuple[RecordedAct, ...] = ()
    decision: DecisionText | None = None
    reopening: Reopening | None = None
    owed_from: datetime | None = None
    looked: tuple[RegisterAnswer, ...] = ()
    trail: tuple[AnyEvent, ...] = ()

    @property
    def present_step(self) -> Step | None:
        """The step that the case stands in, of the flow it was received under."""
        for step in self.terms.flow:
            if step.key == self.step:
                return step
        return None

    @property
    def five_days_from(self) -> date | None:
        """The day that the last five days started on, if they ever ran to an end (Art. 32(4))."""
        return self.five_days_at and self.five_days_at.astimezone(OFFICE_ZONE).date()

    @property
    def waits_for(self) -> tuple[Awaited, ...]:
        """The items of its bundle application that must be granted before it is decided."""
        return () if self.freed_at else waits_for(self.place, self.before)

    @property
    def held_by(self) -> tuple[Awaited, ...]:
        """Those of them that came to nothing: refused, declined or withdrawn."""
        return () if self.freed_at else held_by(self.place, self.before)

    @property
    def decision_runs(self) -> bool:
        """Whether the limit of deciding has begun."""
        free = self.place is None or self.freed_at is not None
        return free and self.accepted_at is not None

    @property
    def missing(self) -> tuple[Ticked, ...]:
        """The materials that are neither there nor excused."""
        return tuple(one for one in self.materials if one.state == "missing")

    @property
    def open_stops(self) -> tuple[Stop, ...]:
        """The special procedures that nothing has ended yet."""
        return tuple(stop for stop in self.stops if stop.open)

    @property
    def in_hand(self) -> bool:
        """Whether somebody has to move it on: received, and neither decided nor ended."""
        return self.stage in IN_HAND_STAGES

    @property
    def undelivered(self) -> bool:
        """Whether it is decided and its result not handed over yet (Art. 44)."""
        return self.stage is Stage.DECIDED and self.delivery in _TO_DELIVER

    @property
    def open_asks(self) -> tuple[Ask, ...]:
        """What waits for an answer; an urge does not once what it asked for is done or ended."""
        if not self.asks:
            return ()
        return tuple(one for one in self.asks if one.answer is None and self._is_wanted(one))

    def _is_wanted(self, ask: Ask) -> bool:
        if ask.kind is AskKind.SUPERVISE:
            return True
        return self.undelivered if ask.delivering else self.in_hand

    @property
    def closed(self) -> bool:
        """Whether nothing more can come of it."""
        return self.stage in _CLOSED_STAGES or self.delivery in _CLOSED_DELIVERIES

    def claimed_by_other(self, user: str, now: datetime) -> Claim | None:
        """The live claim of somebody else, if there is one."""
        if self.claim and self.claim.by.user != user and self.claim.until > now:
            return self.claim
        return None


def printed(
    case: Case, kind: DocumentKind, number: str, at: datetime
) -> tuple[PrintedDocument, ...]:
    """The papers of a case with one more, if it has its number."""
    return (*case.documents, PrintedDocument(kind, number, at)) if number else case.documents


def merge_ticks(old: tuple[Ticked, ...], new: Iterable[Ticked]) -> tuple[Ticked, ...]:
    """The materials with some of them ticked anew, in their old order."""
    later = {one.key: one for one in new}
    kept = tuple(later.pop(one.key, one) for one in old)
    return kept + tuple(later.values())
