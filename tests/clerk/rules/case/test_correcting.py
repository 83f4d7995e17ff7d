"""Putting acts right (容错): what, until when, by whom, and never at the applicant's cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from clerk.contract.case import (
    ClockState,
    Decided,
    Delivery,
    DocumentKind,
    MaterialState,
    Outcome,
    Stage,
    Ticked,
)
from clerk.contract.command import (
    AcceptCase,
    Approve,
    ClaimCase,
    DecideCase,
    HandInSupplement,
    PassStep,
    Reject,
)
from clerk.contract.item import Field, FieldKind
from clerk.contract.proposal import (
    ApplicantAmendment,
    Change,
    Corrected,
    DecisionAmendment,
    FormAmendment,
    TickAmendment,
)
from clerk.rules.case.privacy import masked
from tests.support.cases import (
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    HEAD,
    CaseStory,
    all_provided,
    with_states,
)
from tests.support.central import MANAGER
from tests.support.corrections import (
    ASK,
    DECLINE,
    RELEASE,
    STRANGER,
    UNDO,
    correct,
    decided,
    due,
    number_of,
    plan,
    record_of,
    stopped,
    tick,
)

# Who


def test_one_proposes_and_somebody_else_approves() -> None:
    story = CaseStory().received().do(plan(1, tick("m1", MaterialState.MISSING)), CLERK)
    n = story.case.proposals[0].n
    assert not story.case.missing, "a proposal alone changes nothing"
    both = replace(MANAGER, id=CLERK.id)
    assert story.refused(Approve(proposal=n), both) == "proposal.own"
    assert story.refused(Approve(proposal=n), APPROVER) == "proposal.not_yours"
    story.do(Approve(proposal=n), MANAGER)
    assert [one.key for one in story.case.missing] == ["m1"]


def test_only_who_works_on_the_case_proposes() -> None:
    wrong = plan(1, tick("m1", MaterialState.MISSING))
    story = CaseStory().received()
    assert story.refused(wrong, STRANGER) == "correction.not_yours"
    assert story.refused(wrong, MANAGER) == "correction.not_yours"
    story.do(wrong, HANDLER)
    assert story.refused(plan(1, tick("m2", MaterialState.MISSING)), CLERK) == "proposal.there"
    stop = stopped()
    assert stop.refused(plan(number_of(stop, "stopped"), UNDO), CLERK) == "correction.not_yours"


def test_a_department_corrects_under_its_own_approver() -> None:
    story = stopped()
    story.do(plan(number_of(story, "stopped"), UNDO), HANDLER)
    n = story.case.proposals[0].n
    assert story.refused(Approve(proposal=n), MANAGER) == "proposal.not_yours"
    story.do(Approve(proposal=n), HEAD)
    assert not story.case.stops


def test_a_rejected_correction_changes_nothing() -> None:
    story = CaseStory().received().do(plan(1, tick("m1", MaterialState.MISSING)), CLERK)
    story.do(Reject(proposal=story.case.proposals[0].n, reason="无误"), MANAGER)
    assert not story.case.missing
    assert not story.case.acts[0].corrections


def test_it_has_a_reason_an_act_and_something_that_changes() -> None:
    story = CaseStory().received()
    wrong = tick("m1", MaterialState.MISSING)
    assert story.refused(plan(1, wrong, " "), CLERK) == "reason.missing"
    assert story.refused(plan(7, wrong), CLERK) == "correction.no_act"
    assert story.refused(plan(1, UNDO), CLERK) == "correction.not_so"
    same = TickAmendment(all_provided()[:1])
    assert story.refused(plan(1, same), CLERK) == "correction.nothing"


# What was taken in


def test_a_wrong_tick_is_put_right_and_both_stand_in_the_record() -> None:
    story = CaseStory().received()
    before = record_of(story).events
    correct(story, 1, tick("m2", MaterialState.PROVIDED, originals=0, copies=2))
    assert story.case.materials[1].copies == 2
    assert record_of(story).events[: len(before)] == before
    event = record_of(story).events[-1]
    assert isinstance(event, Corrected)
    assert event.changes == (Change(what="copies", name="身份证", stood="1", stands="2"),)
    assert event.proposed_by is not None
    assert (event.by.user, event.proposed_by.user, event.reason) == ("u-m", "u-clerk", "录入有误")
    assert story.case.acts[0].corrections == (3,)


def test_no_favour_that_the_item_does_not_know_comes_in_by_a_correction() -> None:
    story = CaseStory().received()
    wrong = plan(1, tick("m1", MaterialState.DECLARED))
    assert story.refused(wrong, CLERK) == "material.not_declarable"
    no_day = plan(1, tick("m3", MaterialState.DEFERRED))
    assert story.refused(no_day, CLERK) == "material.no_due"
    fewer = plan(1, tick("m2", MaterialState.PROVIDED))
    assert story.refused(fewer, CLERK) == "material.not_whole"


def test_nothing_becomes_exempted_by_a_correction() -> None:
    story = CaseStory().received()
    exempted = Ticked(key="m2", name="身份证", state=MaterialState.EXEMPTED, evidence="licence-1")
    assert story.refused(plan(1, TickAmendment((exempted,))), CLERK) == "correction.not_so"


def test_a_name_is_not_corrected_away() -> None:
    story = CaseStory().received()
    blank = plan(1, ApplicantAmendment(name=" "))
    assert story.refused(blank, CLERK) == "applicant.name_missing"


def test_what_was_accepted_as_complete_does_not_become_incomplete() -> None:
    story = CaseStory().accepted()
    wrong = plan(1, tick("m1", MaterialState.MISSING))
    assert story.refused(wrong, CLERK) == "correction.was_accepted"
    correct(story, 1, tick("m1", MaterialState.PROVIDED, originals=3))
    assert story.case.stage is Stage.ACCEPTED


def test_a_hand_in_is_put_right_where_it_came_in() -> None:
    story = CaseStory().received(with_states(m1=MaterialState.MISSING)).do(ASK, CLERK)
    asked = plan(1, tick("m1", MaterialState.PROVIDED, originals=1))
    assert story.refused(asked, CLERK) == "correction.awaited"
    story.do(HandInSupplement(materials=all_provided()[:1]), CLERK)
    assert story.refused(plan(1, tick("m1", MaterialState.CORRECTED)), CLERK) == (
        "correction.not_its"
    )
    correct(story, number_of(story, "supplemented"), tick("m1", MaterialState.CORRECTED))
    assert story.case.materials[0].state is MaterialState.CORRECTED
    assert story.case.stage is Stage.RECEIVED


def test_what_was_put_right_at_the_counter_is_put_right_there() -> None:
    """It came in without a notice, while the case was received (Art. 32(3))."""
    story = CaseStory().received(with_states(m1=MaterialState.MISSING, m2=MaterialState.MISSING))
    story.do(HandInSupplement(materials=all_provided()[:1]), CLERK)
    completed = number_of(story, "completed_at_counter")
    refused = (
        (plan(1, tick("m1", MaterialState.CORRECTED)), "correction.not_its"),
        (
            plan(completed, tick("m2", MaterialState.PROVIDED, originals=1, copies=1)),
            "correction.not_its",
        ),
    )
    for asked, code in refused:
        assert story.refused(asked, CLERK) == code
    five_days = story.case.five_days_from
    correct(story, completed, tick("m1", MaterialState.MISSING))
    assert story.case.materials[0].state is MaterialState.MISSING
    assert [one.key for one in story.case.missing] == ["m1", "m2"]
    assert story.case.five_days_from == five_days, "the five days run on as they did"


def test_the_applicants_details() -> None:
    story = CaseStory().received()
    phone = ApplicantAmendment(phone="13800001234", address="某路1号")
    assert story.refused(plan(1, ApplicantAmendment(phone="12")), CLERK) == "field.not_a_phone"
    correct(story, 1, phone)
    correct(story, 1, ApplicantAmendment(name="新名"))
    party = story.case.applicant
    assert (party.name, party.phone, party.address) == ("新名", "13800001234", "某路1号")
    assert "13800001234" not in str(masked(record_of(story)))


def test_the_name_stands_once_the_decision_bears_it_the_telephone_does_not() -> None:
    story = decided()
    wrong = plan(1, ApplicantAmendment(name="新名"))
    assert story.refused(wrong, CLERK) == "case.wrong_stage"
    correct(story, 1, ApplicantAmendment(phone="13800001234"))
    assert story.case.applicant.phone == "13800001234"


def test_a_field_of_the_form() -> None:
    area = Field(key="area", label="面积", kind=FieldKind.NUMBER, required=True)
    story = CaseStory(replace(FOOD, fields=(area,))).received()
    assert story.refused(plan(1, FormAmendment({"area": "x"})), CLERK) == "field.not_a_number"
    assert story.refused(plan(1, FormAmendment({"rooms": "2"})), CLERK) == "correction.not_its"
    correct(story, 1, FormAmendment({"area": "120"}))
    assert story.case.fields == {"area": "120"}


# A wrong acceptance


def test_a_wrong_acceptance_goes_back_with_the_five_days_as_they_stood() -> None:
    story = CaseStory().accepted()
    began = story.case.five_days_at
    story.later(days=2)
    correct(story, number_of(story, "accepted"), UNDO)
    case = story.case
    assert (case.stage, case.clock) == (Stage.RECEIVED, ClockState.NOT_STARTED)
    assert case.five_days_at == began
    story.do(ASK, CLERK)
    assert story.case.owed_from is None


def test_accepted_again_the_limit_counts_from_the_first_acceptance() -> None:
    story = CaseStory().accepted()
    first = due(story)
    story.later(days=2)
    correct(story, number_of(story, "accepted"), UNDO)
    story.later(days=1).do(AcceptCase(), CLERK)
    assert due(story) == first
    assert story.case.accepted_from == date(2026, 6, 1)


def test_after_the_five_days_it_stays_accepted() -> None:
    story = CaseStory().accepted()
    wrong = plan(number_of(story, "accepted"), UNDO)
    story.do(wrong, CLERK).later(days=7)
    assert story.now.date() == date(2026, 6, 8)
    story.later(days=1)
    late = Approve(proposal=story.case.proposals[0].n)
    assert story.refused(late, MANAGER) == "correction.stays_accepted"
    assert story.case.stage is Stage.ACCEPTED


def test_nobody_acting_after_it_is_undone_it_is_accepted_from_the_receipt() -> None:
    story = CaseStory().accepted()
    correct(story, number_of(story, "accepted"), UNDO)
    story.later(days=8).do(AcceptCase(), CLERK)
    assert story.case.deemed
    assert story.case.accepted_from == date(2026, 6, 1)


def test_not_once_the_department_took_it_up() -> None:
    story = CaseStory().accepted().do(ClaimCase(), HANDLER).do(PassStep(opinion="同意"), HANDLER)
    wrong = plan(number_of(story, "accepted"), UNDO)
    assert story.refused(wrong, CLERK) == "case.wrong_stage"


def test_an_act_is_undone_once_and_may_be_done_anew() -> None:
    story = CaseStory().accepted()
    n = number_of(story, "accepted")
    correct(story, n, UNDO).do(AcceptCase(), CLERK)
    assert story.refused(plan(n, UNDO), CLERK) == "correction.undone"
    correct(story, number_of(story, "accepted"), UNDO)
    assert story.case.stage is Stage.RECEIVED


# A wrong decline


def test_a_wrong_decline_in_the_five_days_is_reopened_without_a_day_lost() -> None:
    story = CaseStory().received().later(days=1).do(DECLINE, CLERK)
    declined = story.now
    story.later(days=2)
    correct(story, number_of(story, "declined"), UNDO)
    assert story.case.stage is Stage.RECEIVED
    story.do(AcceptCase(), CLERK)
    on_time = CaseStory().received().later(days=1).do(AcceptCase(), CLERK)
    assert due(story) == due(on_time)
    assert story.case.owed_from == declined


def test_reopened_after_the_five_days_it_is_accepted_from_the_receipt() -> None:
    """Nobody was told anything that holds: that is silence (Art. 32(4))."""
    story = CaseStory().received().later(days=1).do(DECLINE, CLERK).later(days=30)
    correct(story, number_of(story, "declined"), UNDO)
    case = story.case
    assert case.deemed
    assert case.stage is Stage.ACCEPTED
    assert case.accepted_from == date(2026, 6, 1)
    assert due(story) == due(CaseStory().accepted())


def test_declined_while_supplementing_it_waits_for_the_same_papers_again() -> None:
    story = CaseStory().received(with_states(m1=MaterialState.MISSING)).do(ASK, CLERK)
    story.later(days=20).do(DECLINE, CLERK).later(days=20)
    correct(story, number_of(story, "declined"), UNDO)
    assert story.case.stage is Stage.SUPPLEMENTING
    assert story.case.awaited == ("m1",)
    story.do(HandInSupplement(materials=all_provided()), CLERK)
    assert story.case.five_days_at == story.now


# A decision and its handing out


def test_a_slip_in_a_decision_makes_a_new_paper_and_voids_the_old() -> None:
    story = decided()
    record = record_of(story)
    numbered = replace(record.events[-1], document="准1号", licence="L-1")
    assert isinstance(numbered, Decided)
    story.record = replace(record, events=(*record.events[:-1], numbered))
    until = date(2031, 6, 1)
    mended = DecisionAmendment(opinion="热食类、冷食类", licence_until=until)
    correct(story, number_of(story, "decided"), mended, HANDLER, APPROVER)
    case = story.case
    assert case.outcome is Outcome.GRANTED
    assert case.decision is not None
    assert (case.decision.opinion, case.decision.licence_until) == ("热食类、冷食类", until)
    assert [one.void for one in case.documents if one.kind is DocumentKind.DECISION] == [True]
    event = record_of(story).events[-1]
    assert isinstance(event, Corrected)
    assert event.voids == "准1号"


def test_a_wrong_decision_goes_back_to_its_step_and_both_stand_in_the_record() -> None:
    story = decided()
    n, before = number_of(story, "decided"), record_of(story).events
    last = due(story)
    correct(story, n, UNDO, HANDLER, HEAD)
    case = story.case
    assert (case.stage, case.clock) == (Stage.HANDLING, ClockState.RUNNING)
    assert (case.outcome, case.delivery, case.step) == (Outcome.NONE, Delivery.NONE, "approve")
    assert case.decision is None
    assert due(story) == last
    refuse = DecideCase(outcome=Outcome.REFUSED, opinion="不予", reason="不符合标准")
    story.do(ClaimCase(), APPROVER).do(refuse, APPROVER)
    assert story.case.outcome is Outcome.REFUSED
    assert record_of(story).events[: len(before)] == before


def test_a_decision_is_taken_back_by_the_head_and_never_by_whoever_made_it() -> None:
    story = decided()
    story.do(plan(number_of(story, "decided"), UNDO), HANDLER)
    proposal = Approve(proposal=story.case.proposals[0].n)
    assert story.refused(proposal, APPROVER) == "proposal.not_yours"
    both = replace(APPROVER, roles=(*APPROVER.roles, *HEAD.roles))
    assert story.refused(proposal, both) == "proposal.own"


def test_after_the_release_only_revocation_changes_a_decision() -> None:
    story = decided(Outcome.REFUSED).do(RELEASE, CLERK)
    mended = DecisionAmendment(opinion="x", reason="y")
    for amendment in (mended, UNDO):
        wrong = plan(number_of(story, "decided"), amendment)
        assert story.refused(wrong, HANDLER) == "correction.released"


@pytest.mark.parametrize(
    ("amendment", "code"),
    [
        (DecisionAmendment(opinion=" ", reason="y"), "opinion.missing"),
        (DecisionAmendment(opinion="x"), "reason.missing"),
        (DecisionAmendment(opinion="x", reason="y", licence_until=date(2030, 1, 1)),
         "correction.validity"),
    ],
)  # fmt: skip
def test_a_corrected_decision_is_whole(amendment: DecisionAmendment, code: str) -> None:
    story = decided(Outcome.REFUSED)
    assert story.refused(plan(number_of(story, "decided"), amendment), HANDLER) == code


def test_released_by_mistake_until_the_next_working_day() -> None:
    story = decided(Outcome.REFUSED).do(RELEASE, CLERK)
    n = number_of(story, "released")
    story.later(days=1)
    late = CaseStory().take(*record_of(story).events)
    late.now = story.now + timedelta(days=1)
    assert late.refused(plan(n, UNDO), CLERK) == "correction.handed_out"
    correct(story, n, UNDO)
    assert story.case.delivery is Delivery.AT_WINDOW
    assert story.case.released_at is None
    assert story.do(RELEASE, CLERK).case.released_at == story.now
