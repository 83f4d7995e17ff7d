"""What a supervision board shows, what an office sets about it, and what an auditor is told.

Lights and roles travel as their values. No applicant stands in any of these.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.case import Stage
from clerk.contract.user import Actor


class Matter(StrEnum):
    """What goes up step by step while nobody does anything about it."""

    URGE = "urge"
    SUPERVISE = "supervise"
    RENEWAL = "renewal"
    PROMISED = "promised"
    STATUTORY = "statutory"
    DELIVERY = "delivery"


class EscalationStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many working days after its due date a matter goes to a role; 0 is the day after it."""

    of: Matter
    after_days: int
    to: str


class PatternSetting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an office wants one rule of suspicion: whether at all, and with which parameters."""

    rule: str
    on: bool = True
    parameters: dict[str, int] = {}


DEFAULT_STEPS = (
    EscalationStep(of=Matter.URGE, after_days=0, to="approver"),
    EscalationStep(of=Matter.URGE, after_days=2, to="supervisor"),
    EscalationStep(of=Matter.SUPERVISE, after_days=0, to="manager"),
    EscalationStep(of=Matter.RENEWAL, after_days=0, to="supervisor"),
    EscalationStep(of=Matter.STATUTORY, after_days=0, to="approver"),
    EscalationStep(of=Matter.STATUTORY, after_days=3, to="manager"),
    EscalationStep(of=Matter.DELIVERY, after_days=0, to="approver"),
    EscalationStep(of=Matter.DELIVERY, after_days=3, to="manager"),
)
"""To whom it goes where the office has not said otherwise."""


class SupervisionPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an office sets about supervision. Days are working days."""

    urge_days: int = 1
    supervise_days: int = 3
    escalation: tuple[EscalationStep, ...] = DEFAULT_STEPS
    patterns: tuple[PatternSetting, ...] = ()


class LightCount(msgspec.Struct, frozen=True):
    """How many open cases stand alike: the same holder's department, place and lights.

    `step` is the name of a step; once decided, where the result is, as its value.
    """

    department: str
    stage: Stage
    step: str
    light: str
    statutory_light: str
    count: int


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a board at a moment.

    `mark` names this state: asked for again with it, an unchanged board comes without counts
    (`changed` false). `asked` counts the urged, supervised, escalated, and what waits for an
    approval of the centre's own people (`approve`). `behind` tells that
    central is still catching up with what happened. `names` are those of departments by id.
    `received` and `decided` count the cases of the office's day that `at` is of.
    """

    mark: int
    at: datetime
    changed: bool = True
    behind: bool = False
    counts: tuple[LightCount, ...] = ()
    asked: dict[str, int] = {}
    names: dict[str, str] = {}
    windows: dict[str, str] = {}
    urge_days: int = 1
    supervise_days: int = 3
    received: int = 0
    decided: int = 0


class WatchedCase(msgspec.Struct, frozen=True, kw_only=True):
    """One open case on a board: who holds it, its lights, what was asked about it.

    `holder` has claimed it until `holder_until`; `asked` names the open kinds of asks with
    blanks between, `ask_due` the earliest answer due. `step` is the name of a step; once
    decided, where the result is, as its value, and both due dates are that of handing it over.
    """

    id: str
    number: str
    item_name: str
    department: str
    window: str
    stage: Stage
    light: str
    statutory_light: str
    received_at: datetime
    step: str = ""
    holder: str = ""
    holder_until: datetime | None = None
    promised_due: date | None = None
    statutory_due: date | None = None
    asked: str = ""
    ask_due: date | None = None
    escalated_to: str = ""


class WatchedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some cases of a board, the most pressing first; `next_key` is empty on the last page."""

    cases: tuple[WatchedCase, ...]
    next_key: str = ""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """An auditor has looked into a finding, and what came of it."""

    at: datetime
    by: Actor
    note: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something an auditor may want to look at; a question, not a verdict.

    `id` names it for good, so that it is found once. `seq` is the event it is about, counted
    from 1; 0 where it is about several cases. `parameters` fill the rule's reason. `looks` are
    only ever added to.
    """

    id: str
    rule: str
    at: datetime
    actor: str
    actor_name: str
    case_id: str = ""
    case_number: str = ""
    item_name: str = ""
    department: str = ""
    window: str = ""
    seq: int = 0
    parameters: dict[str, str] = {}
    looks: tuple[Look, ...] = ()

    @property
    def version(self) -> int:
        """It changes only by being looked into."""
        return 1 + len(self.looks)


class RatingFact(msgspec.Struct, frozen=True, kw_only=True):
    """One rating as the rule about devices sees it: where it was typed, never by whom.

    `at_desk`, visitors rate one after the other as they are served.
    """

    id: str
    device: str
    at: datetime
    case_number: str
    clerk: str
    clerk_name: str
    department: str = ""
    window: str = ""
    at_desk: bool = False
