"""The departments: claim with a lease, three steps by three people, decision, release."""

from __future__ import annotations

from datetime import UTC

from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.case import (
    Claimed,
    ClockState,
    Delivery,
    MaterialState,
    Outcome,
    Stage,
    SupplementLine,
)
from clerk.contract.command import (
    AcceptCase,
    AskSupplement,
    ClaimCase,
    DecideCase,
    PassStep,
    ProduceResult,
    ReleaseResult,
    ReturnStep,
    UnclaimCase,
)
from clerk.contract.identity import IdKind
from clerk.rules.flow import DEFAULT_FLOW
from tests.support.cases import (
    ALL_ROUND,
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    REVIEWER,
    CaseStory,
    with_states,
)

PASS = PassStep(opinion="材料齐全")
GRANT = DecideCase(outcome=Outcome.GRANTED, opinion="同意")
REFUSE = DecideCase(outcome=Outcome.REFUSED, opinion="不同意", reason="场所不符合要求")
COLLECT = ReleaseResult(
    collector="本人", collector_id="", collector_kind="self", signature="已签名"
)


def before_approval() -> CaseStory:
    """A case that an approver holds."""
    story = CaseStory().accepted()
    story.do(ClaimCase(), HANDLER).do(PASS, HANDLER)
    story.do(ClaimCase(), REVIEWER).do(PASS, REVIEWER)
    return story.do(ClaimCase(), APPROVER)


def test_the_first_step_is_the_departments_acceptance() -> None:
    story = CaseStory().accepted().later(hours=3)
    story.do(ClaimCase(), HANDLER).do(PASS, HANDLER)
    case = story.case
    assert (case.stage, case.step, case.claim) == (Stage.HANDLING, "review", None)
    assert case.accepted_at is not None
    assert case.department_accepted_at is not None
    assert case.department_accepted_at > case.accepted_at


def test_three_people_bring_a_case_to_its_end() -> None:
    case = before_approval().do(GRANT, APPROVER).case
    assert (case.stage, case.clock) == (Stage.DECIDED, ClockState.ENDED)
    assert (case.outcome, case.delivery) == (Outcome.GRANTED, Delivery.AT_WINDOW)


def test_nobody_approves_what_they_handled() -> None:
    story = CaseStory().accepted().do(ClaimCase(), ALL_ROUND).do(PASS, ALL_ROUND)
    assert story.refused(ClaimCase(), ALL_ROUND) == "step.own_work"
    story.do(ClaimCase(), REVIEWER).do(PASS, REVIEWER)
    assert story.refused(ClaimCase(), ALL_ROUND) == "step.own_work"


def test_a_claim_keeps_others_away_until_its_lease_ends() -> None:
    story = CaseStory().accepted().do(ClaimCase(), HANDLER)
    assert story.refused(ClaimCase(), ALL_ROUND) == "claim.taken"
    story.later(hours=3)
    assert story.refused(PASS, HANDLER) == "claim.lost"
    story.do(ClaimCase(), ALL_ROUND)
    assert story.refused(PASS, HANDLER) == "claim.taken"


def test_a_lease_is_told_in_the_offices_time_whatever_zone_it_travelled_in() -> None:
    story = CaseStory().accepted().do(ClaimCase(), HANDLER)
    assert story.record is not None
    claim = story.record.events[-1]
    assert isinstance(claim, Claimed)
    in_utc = replace(claim, until=claim.until.astimezone(UTC))
    story.record = replace(story.record, events=(*story.record.events[:-1], in_utc))
    refusal = story.ask(ClaimCase(), ALL_ROUND)
    assert isinstance(refusal, Refusal)
    assert refusal.parameters["until"] == "11:30"


def test_a_step_is_done_by_whoever_holds_it() -> None:
    story = CaseStory().accepted()
    assert story.refused(PASS, HANDLER) == "claim.none"
    story.do(ClaimCase(), HANDLER).do(UnclaimCase(), HANDLER)
    assert story.refused(PASS, HANDLER) == "claim.none"


def test_a_step_belongs_to_its_role_and_its_department() -> None:
    story = CaseStory().accepted()
    assert story.refused(ClaimCase(), REVIEWER) == "step.not_yours"
    elsewhere = replace(HANDLER, department="housing")
    assert story.refused(ClaimCase(), elsewhere) == "step.not_yours"


def test_a_step_in_another_department_is_for_that_one() -> None:
    fire = replace(DEFAULT_FLOW[0], department="fire")
    story = CaseStory(replace(FOOD, flow=(fire, *DEFAULT_FLOW[1:]))).accepted()
    assert story.refused(ClaimCase(), HANDLER) == "step.not_yours"
    story.do(ClaimCase(), replace(HANDLER, department="fire"))
    assert story.case.claim is not None


def test_an_item_without_a_flow_gets_the_default_one() -> None:
    assert FOOD.flow == ()
    assert CaseStory().received().case.terms.flow == DEFAULT_FLOW


def test_an_opinion_is_needed_and_the_last_step_decides() -> None:
    story = CaseStory().accepted().do(ClaimCase(), HANDLER)
    assert story.refused(PassStep(opinion=" "), HANDLER) == "opinion.missing"
    assert story.refused(GRANT, HANDLER) == "step.may_not_decide"
    assert before_approval().refused(PASS, APPROVER) == "step.last_decides"


def test_a_case_goes_back_to_an_earlier_step_only() -> None:
    story = before_approval()
    assert story.refused(ReturnStep(to="approve", opinion="补充"), APPROVER) == "step.not_earlier"
    story.do(ReturnStep(to="handle", opinion="请核实面积"), APPROVER)
    assert (story.case.step, story.case.claim) == ("handle", None)
    assert story.do(ClaimCase(), HANDLER).do(PASS, HANDLER).case.step == "review"


def test_a_refusal_says_why_and_lies_at_the_window() -> None:
    story = before_approval()
    assert story.refused(replace(REFUSE, reason=""), APPROVER) == "reason.missing"
    case = story.do(REFUSE, APPROVER).case
    assert (case.outcome, case.delivery) == (Outcome.REFUSED, Delivery.AT_WINDOW)


def test_a_grant_with_deferred_material_says_so() -> None:
    story = CaseStory().received(with_states(m3=MaterialState.DEFERRED)).do(AcceptCase(), CLERK)
    story.do(ClaimCase(), HANDLER).do(PASS, HANDLER)
    story.do(ClaimCase(), REVIEWER).do(PASS, REVIEWER)
    story.do(ClaimCase(), APPROVER).do(GRANT, APPROVER)
    assert story.case.outcome is Outcome.GRANTED_DEFERRED


def test_the_department_may_send_back_for_supplement_before_it_took_the_case_up() -> None:
    ask = AskSupplement(lines=(SupplementLine("m3", "布局图", "未标注面积"),))
    story = CaseStory().accepted()
    assert story.refused(ask, HANDLER) == "claim.none"
    story.do(ClaimCase(), HANDLER).do(ask, HANDLER)
    case = story.case
    assert (case.stage, case.clock, case.step) == (
        Stage.SUPPLEMENTING,
        ClockState.NOT_STARTED,
        "",
    )
    late = CaseStory().accepted().later(days=8).do(ClaimCase(), HANDLER)
    assert late.refused(ask, HANDLER) == "case.five_days_over"
    taken_up = CaseStory().accepted().do(ClaimCase(), HANDLER).do(PASS, HANDLER)
    taken_up.do(ClaimCase(), REVIEWER)
    assert taken_up.refused(ask, REVIEWER) == "case.wrong_stage"


def test_a_result_is_released_once_against_a_signature() -> None:
    story = before_approval().do(GRANT, APPROVER)
    assert story.refused(replace(COLLECT, signature=""), CLERK) == "collector.signature_missing"
    assert story.refused(replace(COLLECT, collector=""), CLERK) == "collector.name_missing"
    agent = replace(COLLECT, collector_kind="agent", collector_id="123")
    assert story.refused(agent, CLERK) == "collector.number_invalid"
    permit = replace(agent, collector_id="H12345678")
    assert story.refused(permit, CLERK) == "collector.number_invalid"
    named = replace(permit, collector_id_kind=IdKind.TRAVEL_PERMIT)
    decision = story.ask(named, CLERK)
    assert isinstance(decision, tuple)
    assert getattr(decision[0], "collector_id_kind", None) is IdKind.TRAVEL_PERMIT
    assert story.refused(COLLECT, HANDLER) == "user.role_needed"
    assert story.do(COLLECT, CLERK).case.delivery is Delivery.RELEASED
    assert story.refused(COLLECT, CLERK) == "delivery.already_released"


def test_nothing_is_produced_that_waits_for_nothing() -> None:
    story = before_approval().do(GRANT, APPROVER)
    assert story.refused(ProduceResult(), HANDLER) == "delivery.wrong_state"
