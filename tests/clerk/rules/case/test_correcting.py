"""Putting an act right: by a new act, with a reason and an approver; nothing is edited away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from clerk.contract.case import (
    Accepted,
    ClockState,
    Decided,
    DeclineGround,
    Delivery,
    MaterialState,
    Outcome,
    Stage,
    SupplementLine,
)
from clerk.contract.command import (
    AcceptCase,
    Approve,
    AskSupplement,
    ClaimCase,
    DecideCase,
    DeclineCase,
    PassStep,
    Propose,
    ReleaseResult,
)
from clerk.contract.item import Field, FieldKind
from clerk.contract.proposal import Corrected, CorrectPlan
from clerk.contract.user import User
from clerk.rules.case.privacy import masked
from clerk.rules.case.timing import timing_of
from tests.support.cases import (
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    HEAD,
    REVIEWER,
    CaseStory,
    receive_command,
    with_states,
)
from tests.support.central import MANAGER
from tests.support.people import a_person
from tests.support.work_calendar import REAL_CALENDAR

GRANT = DecideCase(outcome=Outcome.GRANTED, opinion="准予")


def plan(act: int, key: str = "", value: str = "") -> Propose:
    return Propose(plan=CorrectPlan(act=act, reason="办理有误", key=key, value=value))


def put_right(story: CaseStory, command: Propose, by: User, approver: User) -> CaseStory:
    story.do(command, by)
    return story.do(Approve(proposal=story.case.proposals[-1].n), approver)


def decided(story: CaseStory | None = None) -> CaseStory:
    story = story or CaseStory().accepted()
    for user in (HANDLER, REVIEWER):
        story.do(ClaimCase(), user).do(PassStep(opinion="同意"), user)
    return story.do(ClaimCase(), APPROVER).do(GRANT, APPROVER)


def test_a_wrong_acceptance_is_put_right_and_stays_in_the_record() -> None:
    story = CaseStory().accepted()
    put_right(story, plan(2), CLERK, MANAGER)
    assert (story.case.stage, story.case.clock) == (Stage.RECEIVED, ClockState.NOT_STARTED)
    assert story.record is not None
    kinds = [type(one) for one in story.record.events]
    assert kinds[1] is Accepted
    assert kinds[-1] is Corrected
    story.do(AcceptCase(), CLERK)
    assert story.case.accepted_n == len(story.record.events)


def test_until_the_department_has_taken_it_up_and_within_the_five_days() -> None:
    taken = CaseStory().accepted().do(ClaimCase(), HANDLER).do(PassStep(opinion="同"), HANDLER)
    assert taken.refused(plan(2), CLERK) == "correction.taken_up"
    late = CaseStory().accepted().later(days=8)
    assert late.refused(plan(2), CLERK) == "case.deemed_accepted"


def test_a_wrong_decline_lets_the_five_days_run_as_if_it_had_not_been() -> None:
    story = CaseStory().received()
    story.do(DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="不符"), CLERK).later(days=30)
    put_right(story, plan(2), CLERK, MANAGER)
    assert story.case.stage is Stage.RECEIVED
    assert story.case.five_days_from == (story.now - timedelta(days=30)).date()
    assert story.do(AcceptCase(), CLERK).case.deemed, "by now the law has accepted it"


def test_a_wrong_decision_goes_back_to_its_step_until_it_is_handed_out() -> None:
    story = decided()
    before = timing_of(story.case, REAL_CALENDAR, story.now).promised_due
    n = story.case.decided_n
    put_right(story, plan(n), HANDLER, HEAD)
    case = story.case
    assert (case.stage, case.clock) == (Stage.HANDLING, ClockState.RUNNING)
    assert (case.outcome, case.delivery, case.step) == (Outcome.NONE, Delivery.NONE, "approve")
    assert timing_of(case, REAL_CALENDAR, story.now).promised_due == before
    story.do(ClaimCase(), APPROVER)
    refuse = DecideCase(outcome=Outcome.REFUSED, opinion="不予", reason="不符合标准")
    assert story.do(refuse, APPROVER).case.outcome is Outcome.REFUSED
    assert story.record is not None
    assert len([one for one in story.record.events if isinstance(one, Decided)]) == 2


def test_what_was_handed_out_stands() -> None:
    story = decided()
    story.do(
        ReleaseResult(collector="本人", collector_id="", collector_kind="self", signature="已签"),
        CLERK,
    )
    assert story.refused(plan(story.case.decided_n), HANDLER) == "correction.handed_out"


def test_a_decision_is_put_right_by_the_head_and_never_by_whoever_made_it() -> None:
    story = decided()
    n = story.case.decided_n
    assert story.refused(plan(n), CLERK) == "proposal.not_yours"
    story.do(plan(n), HANDLER)
    proposal = Approve(proposal=story.case.proposals[0].n)
    assert story.refused(proposal, APPROVER) == "proposal.not_yours"
    both = replace(APPROVER, roles=(*APPROVER.roles, *HEAD.roles))
    assert story.refused(proposal, both) == "proposal.own"


def test_a_tick_and_a_field_are_put_right_before_the_decision() -> None:
    field = Field(key="size", label="面积", kind=FieldKind.NUMBER)
    story = CaseStory(replace(FOOD, fields=(field,)))
    story.do(replace(receive_command(), fields={"size": "12"}), CLERK)
    assert story.refused(plan(1, "size", "many"), CLERK) == "field.not_a_number"
    put_right(story, plan(1, "size", "120"), CLERK, MANAGER)
    assert story.case.fields == {"size": "120"}
    put_right(story, plan(1, "m1", "missing"), CLERK, MANAGER)
    assert [one.key for one in story.case.missing] == ["m1"]
    assert story.refused(AcceptCase(), CLERK) == "case.materials_missing"
    decided_ = decided()
    assert decided_.refused(plan(1, "m1", "corrected"), CLERK) == "case.wrong_stage"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (plan(1), "correction.not_that"),
        (plan(9), "correction.not_that"),
        (plan(0), "correction.not_that"),
        (plan(1, "m1", "exempted"), "correction.tick"),
        (plan(1, "m1", "missing"), "correction.tick"),
        (Propose(plan=CorrectPlan(act=2, reason=" ")), "reason.missing"),
    ],
)
def test_nothing_else_can_be_put_right(command: Propose, code: str) -> None:
    assert CaseStory().accepted().refused(command, CLERK) == code


def test_a_number_that_is_put_right_leaves_central_masked() -> None:
    person = a_person(3).id_number
    field = Field(key="spouse", label="配偶证件", kind=FieldKind.IDENTIFIER)
    story = CaseStory(replace(FOOD, fields=(field,)))
    story.received(with_states(m1=MaterialState.PROVIDED))
    put_right(story, plan(1, "spouse", person), CLERK, MANAGER)
    assert story.record is not None
    assert person in repr(story.record)
    assert person not in repr(masked(story.record))


def test_a_supplement_may_follow_a_wrong_acceptance() -> None:
    story = put_right(CaseStory().accepted(), plan(2), CLERK, MANAGER)
    ask = AskSupplement(lines=(SupplementLine("m1", "申请书", "未签字"),))
    assert story.do(ask, CLERK).case.stage is Stage.SUPPLEMENTING
