"""What one person proposes and another approves: stops of the clock, extensions, corrections.

Two acts and two people, for each of these moves a legal date or puts an act right. An act is
named by the number of its event in the case, counted from 1.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from clerk.contract.custody import LossPlan
from clerk.contract.event import Event
from clerk.contract.licence_life import LicencePlan
from clerk.contract.tick import Ticked
from clerk.contract.user import Actor


class Procedure(StrEnum):
    """A special procedure (特别程序): the closed list of 行政许可法 Art. 45."""

    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TEST = "test"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"


class Hearing(msgspec.Struct, frozen=True, kw_only=True):
    """The dates of a hearing (听证, Art. 47, 48): told of the right, applied for, held."""

    told_on: date
    applied_on: date
    held_on: date
    place: str


class StopPlan(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="stop"):
    """Let a special procedure stop the clock (Art. 45). Days are working days."""

    procedure: Procedure
    basis: str
    planned_days: int
    reason: str
    hearing: Hearing | None = None


class ProlongPlan(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="prolong"):
    """Give a special procedure more working days before its planned ones are over."""

    stop: int
    days: int
    reason: str


class ExtendPlan(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="extend"):
    """Add days to the limit of deciding, once (Art. 42)."""

    days: int
    reason: str


class SupplementPlan(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="supplement"):
    """Ask the applicant a second time (*local*: the law knows one notice, Art. 32(4))."""

    reason: str


class ApplicantAmendment(msgspec.Struct, frozen=True, tag_field="amends", tag="applicant"):
    """What the applicant is called and reached by; what is empty stays as it was."""

    name: str = ""
    phone: str = ""
    address: str = ""


class FormAmendment(msgspec.Struct, frozen=True, tag_field="amends", tag="form"):
    """Fields of the form, by key."""

    fields: dict[str, str]


class TickAmendment(msgspec.Struct, frozen=True, tag_field="amends", tag="ticks"):
    """Materials as they should have been ticked."""

    materials: tuple[Ticked, ...]


class StopAmendment(msgspec.Struct, frozen=True, kw_only=True, tag_field="amends", tag="stop"):
    """A special procedure of another kind, on another basis, with fewer working days."""

    procedure: Procedure
    basis: str
    planned_days: int


class DecisionAmendment(msgspec.Struct, frozen=True, kw_only=True, tag_field="amends", tag="text"):
    """The text of a decision and the validity of its licence, never its outcome."""

    opinion: str
    reason: str = ""
    licence_until: date | None = None


class ActUndone(msgspec.Struct, frozen=True, tag_field="amends", tag="undo"):
    """The act should not have been: an acceptance, a decline, a stop, a handing out."""


AnyAmendment = (
    ApplicantAmendment
    | FormAmendment
    | TickAmendment
    | StopAmendment
    | DecisionAmendment
    | ActUndone
)


class CorrectPlan(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="correct"):
    """Put an act right (容错): which, how, and why. The act itself stays as it is recorded."""

    act: int
    amendment: AnyAmendment
    reason: str


AnyPlan = (
    StopPlan | ProlongPlan | ExtendPlan | SupplementPlan | CorrectPlan | LicencePlan | LossPlan
)


class Proposed(Event, frozen=True, kw_only=True, tag="proposed"):
    """Somebody proposed something; until it is approved it changes nothing."""

    plan: AnyPlan


class ProposalRejected(Event, frozen=True, kw_only=True, tag="proposal_rejected"):
    """A proposal was rejected, or taken back by whoever made it."""

    proposal: int
    reason: str


class Stopped(Event, frozen=True, kw_only=True, tag="stopped"):
    """A special procedure stops the clock (Art. 45), approved by whoever this event is of."""

    procedure: Procedure
    basis: str
    planned_days: int
    reason: str = ""
    proposal: int = 0
    proposed_by: Actor | None = None
    hearing: Hearing | None = None
    document: str = ""


class Prolonged(Event, frozen=True, kw_only=True, tag="prolonged"):
    """A special procedure was given more working days, before its planned ones were over."""

    stop: int
    days: int
    reason: str
    proposal: int = 0
    proposed_by: Actor | None = None
    document: str = ""


class Resumed(Event, frozen=True, kw_only=True, tag="resumed"):
    """The special procedure ended. Without a number, all of this kind did."""

    procedure: Procedure
    stop: int = 0
    finding: str = ""


class StopLapsed(Event, frozen=True, kw_only=True, tag="stop_lapsed"):
    """The planned days of a stop are over, on `last`, and nobody had resumed.

    `ended`: the clock runs again by itself; else (local) it stays stopped and is reported.
    """

    stop: int
    last: date
    ended: bool


class Extended(Event, frozen=True, kw_only=True, tag="extended"):
    """The head of the body added days, with a reason told to the applicant (Art. 42)."""

    days: int
    reason: str
    proposal: int = 0
    proposed_by: Actor | None = None
    document: str = ""


class SupplementAllowed(Event, frozen=True, kw_only=True, tag="supplement_allowed"):
    """A supervisor allowed a second supplement notice (*local*); the auditor sees it."""

    reason: str
    proposal: int = 0
    proposed_by: Actor | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a correction changed. `name` is the material's or the field's own.

    Numbers of people are masked in it; states and procedures are their values, days ISO dates.
    """

    what: str
    stood: str
    stands: str
    name: str = ""


class Corrected(Event, frozen=True, kw_only=True, tag="corrected"):
    """An act was put right, approved by whoever this event is of (容错).

    `document` numbers the notice of it, or the decision that takes the old one's place;
    `voids` the paper that holds no longer.
    """

    act: int
    amendment: AnyAmendment
    reason: str
    changes: tuple[Change, ...] = ()
    proposal: int = 0
    proposed_by: Actor | None = None
    document: str = ""
    voids: str = ""
