"""What one person proposes and another approves: stops of the clock, extensions, corrections.

Two acts and two people, for each of these moves a legal date or puts an act right. An act is
named by the number of its event in the case, counted from 1.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from clerk.contract.event import Event
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


class CorrectPlan(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="correct"):
    """Put an act right (容错). `key` and `value` are of a material or a field of the receipt."""

    act: int
    reason: str
    key: str = ""
    value: str = ""


AnyPlan = StopPlan | ProlongPlan | ExtendPlan | SupplementPlan | CorrectPlan


class Correctable(StrEnum):
    """What can be put right by a new act; all else stands."""

    ACCEPTANCE = "acceptance"
    DECLINE = "decline"
    DECISION = "decision"
    MATERIAL = "material"
    FIELD = "field"


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


class Corrected(Event, frozen=True, kw_only=True, tag="corrected"):
    """An earlier act was put right; it stays in the record, and no longer counts.

    `name`, `before` and `after` are of a material or a field.
    """

    act: int
    what: Correctable
    reason: str
    key: str = ""
    name: str = ""
    before: str = ""
    after: str = ""
    proposal: int = 0
    proposed_by: Actor | None = None
    document: str = ""
