"""What a report counts: cases and what happened to them as dates and states, no applicant named."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.case import Outcome, Stage
from clerk.contract.matter import MatterKind, MatterWay
from clerk.contract.proposal import Procedure
from clerk.contract.rating import Level, RatingWay
from clerk.contract.session import Purpose


class Period(msgspec.Struct, frozen=True):
    """The days that a report is about, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Assert that it has at least one day."""
        assert self.first <= self.last, "a period has a first day and a last"


class TimeKind(StrEnum):
    """How a case is timed: at once (即办件), within days (承诺件), or past a special procedure."""

    INSTANT = "instant"
    PROMISED = "promised"
    SPECIAL = "special"


class CaseFact(msgspec.Struct, frozen=True, kw_only=True):
    """One case as a report sees it: no applicant, no agent.

    `window_name` tells windows apart within the report; `clerk_name` is who took the papers in.
    `accepted_on` of a case that was accepted by silence is the day it counts from (`deemed`,
    行政许可法 Art. 32(4)). Due dates are those that hold today; they are None while no limit runs
    yet. Of a limit in hours `due_at` is the last moment that is on time, and `decided_at` is
    compared with it. `spent_days` are the counted working days from acceptance to the decision.
    `papers_saved` are originals and copies that nobody was asked for. `bundle_name` is of the
    bundle application that the case belongs to.
    """

    number: str
    item: str
    item_name: str
    department_name: str
    window_name: str
    received_on: date
    stage: Stage
    outcome: Outcome = Outcome.NONE
    accepted_on: date | None = None
    deemed: bool = False
    supplement_asked_on: date | None = None
    declined_on: date | None = None
    decided_on: date | None = None
    released_on: date | None = None
    promised_due: date | None = None
    statutory_due: date | None = None
    due_at: datetime | None = None
    decided_at: datetime | None = None
    papers_saved: int = 0
    clerk_name: str = ""
    channel: str = "window"
    time_kind: TimeKind = TimeKind.PROMISED
    spent_days: int | None = None
    step_name: str = ""
    bundle_name: str = ""
    bundle_stage: str = ""


class StopFact(msgspec.Struct, frozen=True, kw_only=True):
    """One special procedure of a case (特别程序). Days are working days.

    `again`: the case had one of the same kind before. `ended_on` is empty while it stands;
    `lapsed`: it ended by itself; `overrun`: its days are over and it stands all the same.
    """

    number: str
    item_name: str
    department_name: str
    procedure: Procedure
    began_on: date
    planned_days: int
    longer_days: int = 0
    ended_on: date | None = None
    lapsed: bool = False
    overrun: bool = False
    again: bool = False


class CauseFact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a supplement notice asked for; `leads` is true of the first of a notice."""

    number: str
    item_name: str
    department_name: str
    window_name: str
    asked_on: date
    cause: str
    leads: bool = False
    second: bool = False


class AskKindTold(StrEnum):
    """How somebody was asked about a case that did not move on."""

    URGE = "urge"
    SUPERVISE = "supervise"


class AskFact(msgspec.Struct, frozen=True, kw_only=True):
    """One urge or formal supervision (催办, 督办).

    `department_name` is whoever was asked: a department, or the window. `item_department` is
    that of the item.
    """

    number: str
    item_name: str
    department_name: str
    kind: AskKindTold
    asked_on: date
    due_on: date
    by_name: str
    answered_on: date | None = None
    dropped: bool = False
    gone_up: bool = False
    item_department: str = ""


class ActFact(msgspec.Struct, frozen=True, kw_only=True):
    """One act of one person on a case; `leads` is true of their first one on that case."""

    number: str
    item_name: str
    department_name: str
    act: str
    done_on: date
    leads: bool = False


class LookFact(msgspec.Struct, frozen=True, kw_only=True):
    """One look at somebody in the registers: by whom and what for, never at whom."""

    looked_on: date
    user_name: str
    department_name: str
    purpose: Purpose
    found: bool


class ProjectFact(msgspec.Struct, frozen=True, kw_only=True):
    """One bundle application with several stages, as a construction project has them.

    `stage_name` is the last stage that has a case. `due_on` is the earliest due date of a case
    that is in hand.
    """

    title: str
    bundle_name: str
    opened_on: date
    stage_name: str = ""
    items: int = 0
    cases: int = 0
    granted: int = 0
    failed: int = 0
    in_hand: int = 0
    overdue: int = 0
    finished_on: date | None = None


class RatedFact(msgspec.Struct, frozen=True, kw_only=True):
    """One rating (好差评), told at the first case of its visit; nothing of who gave it.

    `cases` is how many cases the visit had. `excluded_for` is why somebody found it malicious;
    `followed`: it opened a follow-up. `clerk_name` is told to managers alone.
    """

    number: str
    item_name: str
    department_name: str
    window_name: str
    rated_on: date
    way: RatingWay
    level: Level
    clerk_name: str = ""
    cases: int = 1
    indicators: tuple[str, ...] = ()
    words: str = ""
    followed: bool = False
    excluded: bool = False
    excluded_for: str = ""


class IndicatorFact(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator that a rating names, by its national code; `leads` is the rating's first."""

    number: str
    item_name: str
    department_name: str
    window_name: str
    rated_on: date
    level: Level
    indicator: str
    leads: bool = False
    excluded: bool = False


class MatterFact(msgspec.Struct, frozen=True, kw_only=True):
    """One matter (诉求) as a report sees it: nobody named, numbers of people in its text masked.

    An empty department is the centre itself, an empty window none. `late` tells of the answer: it
    came after its day, or is owed and late now. `ended_on` is when an answer was owed no more;
    without `answered_on` it was closed unanswered. `spent_days` are working days to the answer.
    """

    number: str
    kind: MatterKind
    way: MatterWay
    department_name: str
    window_name: str
    taken_on: date
    answer_due: date
    contact_due: date | None = None
    contacted_on: date | None = None
    answered_on: date | None = None
    ended_on: date | None = None
    told_on: date | None = None
    spent_days: int | None = None
    late: bool = False
    contact_late: bool = False
    excluded_on: date | None = None
    case_number: str = ""
    item_name: str = ""
    text: str = ""


AnyFact = (
    CaseFact
    | StopFact
    | CauseFact
    | AskFact
    | ActFact
    | LookFact
    | ProjectFact
    | RatedFact
    | IndicatorFact
    | MatterFact
)


class FactPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the facts behind a report; the one of its fields that the report is over is filled.

    `next` is where the next page begins, empty on the last one. `total` is how many cases, looks,
    projects or ratings all pages come from; `done` how many of them come with this page. `office`
    is the name of the centre, on the first page.
    """

    made_at: datetime
    total: int = 0
    done: int = 0
    next: str = ""
    office: str = ""
    cases: tuple[CaseFact, ...] = ()
    stops: tuple[StopFact, ...] = ()
    causes: tuple[CauseFact, ...] = ()
    asks: tuple[AskFact, ...] = ()
    acts: tuple[ActFact, ...] = ()
    looks: tuple[LookFact, ...] = ()
    projects: tuple[ProjectFact, ...] = ()
    ratings: tuple[RatedFact, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()
    matters: tuple[MatterFact, ...] = ()

    def facts(self, kind: str) -> tuple[AnyFact, ...]:
        """The facts of one kind, as clerk.rules.reports names the subjects of reports."""
        facts: tuple[AnyFact, ...] = getattr(self, f"{kind}s")
        return facts
