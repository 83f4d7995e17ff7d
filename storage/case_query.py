"""Cases as a list shows them, and queues as data."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.case import ClockState, Delivery, Outcome, Stage
from clerk.contract.user import Role
from clerk.rules.clock import Light, LightPlan, light_by_plan


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """One case in a list, as it was when central last spoke of it.

    `to_approve` names the seats (`role@department`, apart by spaces) that something waits for.
    `promised_due` is a forecast while `forecast` is true. `calendar` is the version of the
    calendar that the dates were counted with, empty where there was none. `urged_in` and
    `supervised_in` are the audiences that an open ask wants an answer of, the earliest by
    `asked_due`. `signers` are the departments that may countersign, with a blank around each;
    `held` means that something came to nothing that the case waits for. By `deferred_due` the
    first of its deferred papers is promised; `asked_after_all` means that a paper lacks which
    this desk had exempted. `papers_at` are the labels of the places where papers of it lie,
    `papers_to` and `papers_from` those that open slips go to and come from, and
    `papers_moved` is when the last of them came or changed hands.
    """

    id: str
    version: int
    number: str
    application: str
    item: str
    item_name: str
    department: str
    department_name: str
    window: str
    applicant_name: str
    stage: Stage
    clock: ClockState
    outcome: Outcome
    delivery: Delivery
    received_at: datetime
    step: str = ""
    step_name: str = ""
    step_role: str = ""
    step_department: str = ""
    claim_user: str = ""
    claim_name: str = ""
    claim_until: datetime | None = None
    promised_due: date | None = None
    statutory_due: date | None = None
    forecast: bool = False
    calendar: str = ""
    plan: LightPlan = LightPlan()
    to_approve: str = ""
    urged_in: str = ""
    supervised_in: str = ""
    asked_due: date | None = None
    signers: str = ""
    project: str = ""
    held: bool = False
    deferred_due: date | None = None
    asked_after_all: bool = False
    papers_at: str = ""
    papers_to: str = ""
    papers_from: str = ""
    papers_moved: datetime | None = None

    def light(self, now: datetime) -> Light:
        """The light at a moment."""
        return light_by_plan(self.plan, now)


class Order(StrEnum):
    """How a list is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"
    DEFERRED = "deferred"
    ITEM = "item"
    APPLICANT = "applicant"
    DEPARTMENT = "department"


class CaseKey(msgspec.Struct, frozen=True, gc=False):
    """Where a page ended; the next one begins after it."""

    value: int | str
    id: str


class CaseQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A saved query: what is left empty is not asked. Moments are judged when it is run.

    `department` is the item's, `step_department` the one whose turn it is. `claim_user` has a
    live claim; `seats` asks for what waits for their approval; `free_for` leaves out what
    somebody else has claimed. `text` is a part of the applicant's name or the beginning of a
    case number, or a part of the item's name. `signer` may countersign; `held` asks for those
    only that something holds up, `deferred` for those of which a paper is still to come,
    `asked_after_all` for those that lack a paper which central found not to be held.
    `papers_at` asks for cases with papers at that place, `papers_to` and `papers_from` for open
    slips to and from it, `papers_since` for those of which any came or moved since,
    `received_since` for those received from then on.
    `waiting` asks for cases with, or without, a command that central has not answered.
    """

    stages: tuple[Stage, ...] = ()
    clocks: tuple[ClockState, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    department: str = ""
    window: str = ""
    item: str = ""
    application: str = ""
    step_department: str = ""
    step_roles: tuple[Role, ...] = ()
    claim_user: str = ""
    free_for: str = ""
    seats: tuple[str, ...] = ()
    text: str = ""
    lights: tuple[Light, ...] = ()
    urged_in: str = ""
    supervised_in: str = ""
    waiting: bool | None = None
    signer: str = ""
    project: str = ""
    held: bool = False
    deferred: bool = False
    asked_after_all: bool = False
    papers_at: str = ""
    papers_to: str = ""
    papers_from: str = ""
    papers_since: datetime | None = None
    received_since: datetime | None = None
    order: Order = Order.NEWEST
    after: CaseKey | None = None
    limit: int = 50
