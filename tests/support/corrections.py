"""Cases with something to be put right, and putting it right (容错)."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from clerk.contract.case import (
    CaseRecord,
    DeclineGround,
    MaterialState,
    Outcome,
    SupplementLine,
    Ticked,
)
from clerk.contract.command import (
    Approve,
    AskSupplement,
    ClaimCase,
    DecideCase,
    DeclineCase,
    PassStep,
    Propose,
    ReleaseResult,
)
from clerk.contract.proposal import (
    ActUndone,
    AnyAmendment,
    CorrectPlan,
    Procedure,
    StopPlan,
    TickAmendment,
)
from clerk.contract.user import User
from clerk.rules.case.timing import timing_of
from tests.support.cases import (
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    REVIEWER,
    CaseStory,
)
from tests.support.central import MANAGER
from tests.support.work_calendar import REAL_CALENDAR

STRANGER = replace(HANDLER, id="u-x", department="water")
DECLINE = DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="不符合条件")
RELEASE = ReleaseResult(collector="本人", collector_id="", collector_kind="self", signature="已签")
ASK = AskSupplement(lines=(SupplementLine("m1", "申请书", "未签字"),))
UNDO = ActUndone()


def plan(act: int, amendment: AnyAmendment, reason: str = "录入有误") -> Propose:
    """Propose that an act is put right."""
    return Propose(plan=CorrectPlan(act=act, amendment=amendment, reason=reason))


def tick(key: str, state: MaterialState, *, originals: int = 0, copies: int = 0) -> TickAmendment:
    """A material of the food item as it should have been ticked."""
    name = next(one.name for one in FOOD.materials if one.key == key)
    one = Ticked(key=key, name=name, state=state, originals=originals, copies=copies)
    return TickAmendment((one,))


def correct(
    story: CaseStory,
    act: int,
    amendment: AnyAmendment,
    by: User = CLERK,
    approver: User = MANAGER,
) -> CaseStory:
    """Propose and approve."""
    story.do(plan(act, amendment), by)
    return story.do(Approve(proposal=story.case.proposals[-1].n), approver)


def record_of(story: CaseStory) -> CaseRecord:
    """The record, which there is."""
    assert story.record is not None
    return story.record


def due(story: CaseStory) -> date | None:
    """The last day that the law gives."""
    return timing_of(story.case, REAL_CALENDAR, story.now).statutory_due


def number_of(story: CaseStory, tag: str) -> int:
    """The number of the last event of a kind."""
    return next(one.n for one in reversed(story.case.acts) if one.kind == tag)


def decided(outcome: Outcome = Outcome.GRANTED) -> CaseStory:
    """Through all hands to a decision."""
    story = CaseStory().accepted()
    for user in (HANDLER, REVIEWER):
        story.do(ClaimCase(), user).do(PassStep(opinion="同意"), user)
    return story.do(ClaimCase(), APPROVER).do(
        DecideCase(outcome=outcome, opinion="热食类", reason="不符合标准"), APPROVER
    )


def stopped(days: int = 10) -> CaseStory:
    """Accepted, and the clock stopped for so many days."""
    story = CaseStory().accepted().do(ClaimCase(), HANDLER)
    stop = StopPlan(procedure=Procedure.TEST, basis="法", planned_days=days, reason="抽检")
    story.do(Propose(plan=stop), HANDLER)
    return story.do(Approve(proposal=story.case.proposals[-1].n), APPROVER)
