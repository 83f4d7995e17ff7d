"""The counter: receive, accept, supplement once, decline (行政许可法 Art. 32)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clerk.contract.case import (
    ClockState,
    DeclineGround,
    DeemedAccepted,
    MaterialState,
    Stage,
    SupplementLine,
    Ticked,
)
from clerk.contract.command import (
    AcceptCase,
    AskSupplement,
    DeclineCase,
    HandInSupplement,
    WithdrawCase,
)
from clerk.contract.identity import IdKind
from clerk.contract.item import Necessity
from clerk.contract.party import Agent, PartyKind
from clerk.rules.case.counter import FIRST_GROUNDS, grounds_of
from tests.support.cases import (
    CLERK,
    DUE,
    FOOD,
    HANDLER,
    MONDAY,
    CaseStory,
    all_provided,
    receive_command,
    with_states,
)

OPTIONAL = Necessity.OPTIONAL
ASK = AskSupplement(lines=(SupplementLine("m1", "申请书", "未签字"),))


def test_a_receipt_starts_five_days_and_no_decision_clock() -> None:
    case = CaseStory().received().case
    assert (case.stage, case.clock) == (Stage.RECEIVED, ClockState.NOT_STARTED)
    assert case.five_days_from == MONDAY.date()
    assert case.version == 1


def test_a_complete_case_is_accepted_and_stands_in_its_first_step() -> None:
    case = CaseStory().accepted().case
    assert (case.stage, case.clock, case.step) == (Stage.ACCEPTED, ClockState.RUNNING, "handle")
    assert case.version == 2


def test_missing_materials_keep_a_case_from_acceptance() -> None:
    story = CaseStory().received(with_states(m1=MaterialState.MISSING))
    assert story.refused(AcceptCase(), CLERK) == "case.materials_missing"


def test_what_a_list_does_not_mention_is_missing_all_the_same() -> None:
    story = CaseStory().received(all_provided()[:1])
    assert [one.key for one in story.case.missing] == ["m2", "m3"]
    assert story.refused(AcceptCase(), CLERK) == "case.materials_missing"


def test_nobody_without_the_role_receives_or_accepts() -> None:
    assert CaseStory().refused(receive_command(), HANDLER) == "user.role_needed"
    assert CaseStory().received().refused(AcceptCase(), HANDLER) == "user.role_needed"


def test_a_disabled_user_does_nothing() -> None:
    gone = replace(CLERK, disabled=True)
    assert CaseStory().refused(receive_command(), gone) == "user.disabled"


def test_a_wrong_check_digit_is_refused_with_its_field() -> None:
    command = receive_command()
    last = "0" if command.applicant.id_number[-1] != "0" else "1"
    wrong = replace(command.applicant, id_number=command.applicant.id_number[:-1] + last)
    refused = CaseStory().ask(replace(command, applicant=wrong), CLERK)
    assert getattr(refused, "code", "") == "applicant.number_invalid"
    assert getattr(refused, "field", "") == "id_number"


def test_an_item_for_people_is_not_for_organisations() -> None:
    command = receive_command()
    firm = replace(command.applicant, kind=PartyKind.ORGANISATION)
    assert CaseStory().refused(replace(command, applicant=firm), CLERK) == "applicant.wrong_kind"


def test_nothing_beyond_the_items_materials_is_taken_in() -> None:
    stray = (*all_provided(), Ticked(key="m9", name="户口本", state=MaterialState.PROVIDED))
    assert CaseStory().refused(receive_command(stray), CLERK) == "material.not_of_item"


def test_favours_only_where_the_item_knows_them() -> None:
    for states, code in (
        ({"m1": MaterialState.DEFERRED}, "material.not_deferrable"),
        ({"m1": MaterialState.DECLARED}, "material.not_declarable"),
        ({"m2": MaterialState.EXEMPTED}, "material.no_evidence"),
    ):
        assert CaseStory().refused(receive_command(with_states(**states)), CLERK) == code


@pytest.mark.parametrize(
    ("tick", "code"),
    [
        (Ticked(key="m1", name="申请书", state=MaterialState.PROVIDED), "material.not_whole"),
        (Ticked(key="m1", name="申请书", state=MaterialState.MISSING), "material.nothing_came"),
        (Ticked(key="m1", name="申请书", state=MaterialState.DECLARED), "material.not_declarable"),
        (
            Ticked(key="m1", name="申请书", state=MaterialState.DEFERRED, due=DUE),
            "material.not_deferrable",
        ),
        (
            Ticked(key="m1", name="申请书", state=MaterialState.EXEMPTED, evidence="zzz"),
            "material.no_evidence",
        ),
        (Ticked(key="m3", name="布局图", state=MaterialState.DEFERRED), "material.no_due"),
    ],
)
def test_what_comes_in_later_is_asked_the_same_as_with_the_receipt(tick: Ticked, code: str) -> None:
    missing = with_states(m1=MaterialState.MISSING, m3=MaterialState.MISSING)
    both = AskSupplement(lines=(*ASK.lines, SupplementLine("m3", "布局图", "未提交")))
    command = HandInSupplement(materials=(tick,))
    story = CaseStory().received(missing)
    assert story.refused(command, CLERK) == code
    assert story.do(both, CLERK).refused(command, CLERK) == code
    late = CaseStory().received(with_states(m3=MaterialState.DEFERRED)).do(AcceptCase(), CLERK)
    assert late.refused(command, CLERK) == code


def test_a_receipt_counts_what_the_item_asks_for() -> None:
    fewer = (*with_states()[:2], Ticked(key="m3", name="布局图", state=MaterialState.PROVIDED))
    assert CaseStory().refused(receive_command(fewer), CLERK) == "material.not_whole"
    optional = replace(
        FOOD, materials=(*FOOD.materials[:2], replace(FOOD.materials[2], necessity=OPTIONAL))
    )
    assert CaseStory(optional).received(fewer).case.stage is Stage.RECEIVED
    no_due = (*with_states()[:2], Ticked(key="m3", name="布局图", state=MaterialState.DEFERRED))
    assert CaseStory().refused(receive_command(no_due), CLERK) == "material.no_due"


def test_an_agent_is_read_when_the_receipt_arrives() -> None:
    right = Agent(id_kind=IdKind.TRAVEL_PERMIT, id_number="H12345678", name="代办人")
    for wrong, code in (
        (replace(right, name=" "), "agent.name_missing"),
        (replace(right, id_kind=IdKind.UNKNOWN), "agent.number_invalid"),
        (replace(right, id_number="H1"), "agent.number_invalid"),
    ):
        assert CaseStory().refused(replace(receive_command(), agent=wrong), CLERK) == code
    story = CaseStory().do(replace(receive_command(), agent=right), CLERK)
    assert story.case.agent == right


def test_a_supplement_is_asked_for_once() -> None:
    story = CaseStory().received().do(ASK, CLERK)
    asked = story.case
    handed_in = story.do(HandInSupplement(materials=all_provided()), CLERK).case
    assert (asked.stage, handed_in.stage) == (Stage.SUPPLEMENTING, Stage.RECEIVED)
    assert story.refused(ASK, CLERK) == "case.supplement_once"


def test_five_days_begin_anew_when_all_supplements_are_in() -> None:
    story = CaseStory().received(with_states(m1=MaterialState.MISSING)).do(ASK, CLERK)
    story.later(days=8).do(HandInSupplement(materials=all_provided()), CLERK)
    assert story.case.five_days_from == date(2026, 6, 9)
    story.do(AcceptCase(), CLERK)
    assert story.case.accepted_from == date(2026, 6, 9)


def test_part_of_the_supplements_leaves_the_case_waiting() -> None:
    missing = with_states(m1=MaterialState.MISSING, m3=MaterialState.MISSING)
    both = AskSupplement(lines=(*ASK.lines, SupplementLine("m3", "布局图", "未提交")))
    story = CaseStory().received(missing).do(both, CLERK)
    story.do(HandInSupplement(materials=all_provided()[:1]), CLERK)
    assert story.case.stage is Stage.SUPPLEMENTING
    assert [one.key for one in story.case.missing] == ["m3"]


def test_a_supplement_line_has_a_reason_and_belongs_to_the_item() -> None:
    story = CaseStory().received()
    empty = AskSupplement(lines=())
    no_reason = AskSupplement(lines=(SupplementLine("m1", "申请书", " "),))
    stray = AskSupplement(lines=(SupplementLine("m9", "户口本", "未提供"),))
    assert story.refused(empty, CLERK) == "supplement.empty"
    assert story.refused(no_reason, CLERK) == "supplement.reason_missing"
    assert story.refused(stray, CLERK) == "material.not_of_item"


def test_a_notice_leaves_nothing_out_that_lacks_and_may_name_more() -> None:
    story = CaseStory().received(with_states(m1=MaterialState.MISSING, m3=MaterialState.MISSING))
    refusal = story.ask(ASK, CLERK)
    assert getattr(refusal, "code", "") == "supplement.not_all"
    assert getattr(refusal, "parameters", {})["names"] == "布局图"
    plan, identity = (
        SupplementLine("m3", "布局图", "未提交"),
        SupplementLine("m2", "身份证", "过期"),
    )
    story.do(AskSupplement(lines=(*ASK.lines, plan, identity)), CLERK)
    assert story.case.awaited == ("m1", "m3", "m2")


def test_after_the_fifth_day_nobody_asks_or_declines_any_more() -> None:
    story = CaseStory().received().later(days=8)
    assert story.refused(ASK, CLERK) == "case.five_days_over"
    decline = DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="不符合条件")
    assert story.refused(decline, CLERK) == "case.deemed_accepted"


def test_acceptance_after_the_fifth_day_is_dated_from_the_receipt() -> None:
    story = CaseStory().received().later(days=8)
    decision = story.ask(AcceptCase(), CLERK)
    assert isinstance(decision, tuple)
    (event,) = decision
    assert isinstance(event, DeemedAccepted)
    assert event.dated_from == MONDAY.date()


def test_the_fifth_day_itself_is_in_time() -> None:
    story = CaseStory().received().later(days=7)
    assert story.do(AcceptCase(), CLERK).case.deemed is False


def test_a_decline_needs_its_reason_and_the_right_body() -> None:
    story = CaseStory().received()
    no_reason = DeclineCase(ground=DeclineGround.NO_LICENCE_NEEDED, reason=" ")
    no_body = DeclineCase(ground=DeclineGround.NOT_THIS_OFFICE, reason="不属本机关职权")
    assert story.refused(no_reason, CLERK) == "reason.missing"
    assert story.refused(no_body, CLERK) == "decline.right_body_missing"
    story.do(replace(no_body, right_body="市水务局"), CLERK)
    assert (story.case.stage, story.case.clock) == (Stage.DECLINED, ClockState.ENDED)


def test_not_corrected_is_a_ground_only_while_a_notice_is_open() -> None:
    decline = DeclineCase(ground=DeclineGround.NOT_CORRECTED, reason="逾期未补正")
    story = CaseStory().received(with_states(m1=MaterialState.MISSING))
    assert story.refused(decline, CLERK) == "decline.nothing_asked"
    assert grounds_of(story.case) == FIRST_GROUNDS
    story.do(ASK, CLERK)
    assert grounds_of(story.case) == tuple(DeclineGround)
    asked = story.record
    story.do(HandInSupplement(materials=all_provided()[:1]), CLERK)
    assert story.refused(decline, CLERK) == "decline.nothing_asked"
    story.record = asked
    assert story.do(decline, CLERK).case.stage is Stage.DECLINED


def test_deferred_material_comes_in_later() -> None:
    story = CaseStory().received(with_states(m3=MaterialState.DEFERRED)).do(AcceptCase(), CLERK)
    plan = Ticked(key="m3", name="布局图", state=MaterialState.PROVIDED, copies=1)
    story.do(HandInSupplement(materials=(plan,)), CLERK)
    assert {one.state for one in story.case.materials} == {MaterialState.PROVIDED}
    assert story.refused(HandInSupplement(materials=(plan,)), CLERK) == "material.not_deferred"


def test_an_applicant_may_withdraw_until_the_decision() -> None:
    story = CaseStory().accepted()
    assert story.refused(WithdrawCase(reason=""), CLERK) == "reason.missing"
    assert story.do(WithdrawCase(reason="申请人放弃"), CLERK).case.stage is Stage.WITHDRAWN
    assert story.refused(AcceptCase(), CLERK) == "case.wrong_stage"


def test_a_case_is_received_once() -> None:
    assert CaseStory().received().refused(receive_command(), CLERK) == "case.already_received"
    assert CaseStory().refused(AcceptCase(), CLERK) == "case.unknown"
