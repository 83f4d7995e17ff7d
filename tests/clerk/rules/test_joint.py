"""Joint review: who is waited for, what silence counts as, and what may be decided."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.case import Outcome, Stage, Stance
from clerk.contract.command import (
    ClaimCase,
    DecideCase,
    GiveOpinion,
    PassStep,
    ReturnStep,
)
from clerk.contract.item import Act, Joint, JointRule, Signer, Silence, Step
from clerk.contract.limits import Limit
from clerk.contract.user import CLOCK_ACTOR, Role, User
from clerk.rules.case import Context
from clerk.rules.case.countersigning import record_silence
from clerk.rules.case.state import Opinion
from clerk.rules.joint import JointState, joint_state, needed
from clerk.rules.overlay import extend
from clerk.sync.scope import audiences_of
from tests.support.cases import APPROVER, CASE, FOOD, HANDLER, MONDAY, CaseStory
from tests.support.work_calendar import REAL_CALENDAR

SIGNERS = (Signer("fire", "消防"), Signer("culture", "文旅"), Signer("water", "水务"))
FIRE = User(id="f", login="f", name="消防丙", roles=(Role.HANDLER,), department="fire")
CULTURE = User(id="cu", login="cu", name="文旅丁", roles=(Role.REVIEWER,), department="culture")
WATER = User(id="w", login="w", name="水务戊", roles=(Role.APPROVER,), department="water")
AGREE = GiveOpinion(stance=Stance.AGREE, opinion="同意")
OBJECT = GiveOpinion(stance=Stance.OBJECT, opinion="间距不足")


def flow(joint: Joint) -> tuple[Step, ...]:
    return (
        Step(key="joint", name="联审", act=Act.HANDLE, joint=joint),
        Step(key="approve", name="批准", act=Act.APPROVE, may_decide=True),
    )


def a_story(**changes: object) -> CaseStory:
    joint = replace(Joint(signers=SIGNERS, limit=Limit(5)), **changes)
    story = CaseStory(replace(FOOD, flow=flow(joint))).accepted()
    return story.do(ClaimCase(), HANDLER)


def silence(story: CaseStory) -> int:
    """Let the clock record who said nothing; how many."""
    clock = User(id=CLOCK_ACTOR.user, login="clock", name="clock", roles=())
    context = Context(now=story.now, calendar=REAL_CALENDAR, user=clock)
    events = record_silence(story.case, context)
    story.record = extend(CASE, story.record, events)
    return len(events)


def test_all_must_consent_before_the_lead_goes_on() -> None:
    story = a_story()
    for user in (FIRE, CULTURE):
        assert story.refused(PassStep(opinion="可"), HANDLER) == "joint.open"
        story.do(AGREE, user)
    story.do(GiveOpinion(stance=Stance.CONDITIONS, opinion="补做防水"), WATER)
    story.do(PassStep(opinion="各部门同意"), HANDLER)
    story.do(ClaimCase(), APPROVER).do(
        DecideCase(outcome=Outcome.GRANTED, opinion="同意"), APPROVER
    )
    assert story.case.outcome is Outcome.GRANTED


def test_one_is_enough_where_the_rule_says_any() -> None:
    story = a_story(rule=JointRule.ANY)
    story.do(OBJECT, FIRE)
    assert story.refused(PassStep(opinion="可"), HANDLER) == "joint.open"
    story.do(AGREE, WATER).do(PassStep(opinion="可"), HANDLER)
    assert story.case.step == "approve"


def test_an_objection_that_counts_lets_nothing_be_granted() -> None:
    story = a_story().do(OBJECT, FIRE)
    story.do(PassStep(opinion="消防不同意，报批"), HANDLER).do(ClaimCase(), APPROVER)
    granting = DecideCase(outcome=Outcome.GRANTED, opinion="同意")
    assert story.refused(granting, APPROVER) == "joint.unmet"
    refusing = DecideCase(outcome=Outcome.REFUSED, opinion="不同意", reason="消防间距不足")
    assert not isinstance(story.ask(refusing, APPROVER), Refusal)
    story.do(ReturnStep(to="joint", opinion="图纸已改，重新会签"), APPROVER)
    assert story.case.joint_failed == ""
    story.do(ClaimCase(), HANDLER)
    for user in (FIRE, CULTURE, WATER):
        story.do(AGREE, user)
    story.do(PassStep(opinion="可"), HANDLER).do(ClaimCase(), APPROVER).do(granting, APPROVER)
    assert story.case.stage is Stage.DECIDED


def test_the_lead_may_ask_once_more_at_the_same_step() -> None:
    story = a_story().do(OBJECT, FIRE).do(ReturnStep(to="joint", opinion="改图后重审"), HANDLER)
    assert story.case.step == "joint"
    assert story.case.opinions == ()


def test_a_joint_step_that_decides_waits_too() -> None:
    joint = Joint(signers=SIGNERS[:1])
    step = Step(key="v", name="联合验收", act=Act.APPROVE, joint=joint, may_decide=True)
    story = CaseStory(replace(FOOD, flow=(step,))).accepted().do(ClaimCase(), APPROVER)
    granting = DecideCase(outcome=Outcome.GRANTED, opinion="通过")
    assert story.refused(granting, APPROVER) == "joint.open"
    story.do(AGREE, FIRE).do(granting, APPROVER)
    assert story.case.outcome is Outcome.GRANTED


@pytest.mark.parametrize(
    ("user", "code"),
    [
        (HANDLER, "joint.not_asked"),
        (replace(FIRE, roles=(Role.COUNTER,)), "joint.not_asked"),
        (replace(FIRE, disabled=True), "user.disabled"),
    ],
)
def test_only_who_is_asked_speaks(user: User, code: str) -> None:
    assert a_story().refused(AGREE, user) == code


def test_a_department_speaks_once_and_says_something() -> None:
    story = a_story()
    assert story.refused(GiveOpinion(stance=Stance.AGREE, opinion=" "), FIRE) == "opinion.missing"
    story.do(AGREE, FIRE)
    assert story.refused(OBJECT, FIRE) == "joint.said_already"


def test_there_is_nothing_to_say_elsewhere() -> None:
    assert CaseStory().accepted().refused(AGREE, FIRE) == "joint.none"
    assert CaseStory(replace(FOOD, flow=flow(Joint(signers=SIGNERS)))).received().refused(
        AGREE, FIRE
    ) == ("joint.none")


def test_silence_after_the_limit_is_recorded_once_and_is_no_objection() -> None:
    story = a_story().do(AGREE, FIRE).later(days=7)  # the fifth working day
    assert silence(story) == 0
    story.later(days=1)
    assert story.refused(AGREE, WATER) == "joint.limit_over"
    assert silence(story) == 2
    assert silence(story) == 0
    assert [one.stance for one in story.case.opinions] == [Stance.AGREE, None, None]
    story.do(ClaimCase(), HANDLER).do(PassStep(opinion="可"), HANDLER)
    assert story.case.joint_failed == ""


def test_silence_is_an_objection_where_the_step_says_so() -> None:
    story = a_story(silence=Silence.OBJECTION).later(days=8)
    assert silence(story) == 3
    story.do(ClaimCase(), HANDLER).do(PassStep(opinion="无人回复"), HANDLER)
    assert story.case.joint_failed == "joint"


def test_whoever_countersigns_sees_the_case() -> None:
    assert {"department:fire", "department:water", "window:w1"} <= audiences_of(a_story().case)


def by_hand(joint: Joint, opinions: tuple[Opinion, ...]) -> JointState:
    """Play every way in which the departments that are left can speak: what is still possible."""
    left = len(joint.signers) - len(opinions)
    ends = set()
    for rest in product([True, False], repeat=left):
        agreed = [
            (one.stance is None and joint.silence is Silence.CONSENT)
            or one.stance in {Stance.AGREE, Stance.CONDITIONS}
            for one in opinions
        ]
        votes = [*agreed, *rest]
        least = {"all": len(votes), "any": 1, "quorum": joint.quorum}[joint.rule]
        ends.add(any(all(group) for group in combinations(votes, least)))
    return (
        JointState.OPEN
        if len(ends) == 2
        else JointState.MET
        if ends == {True}
        else (JointState.FAILED)
    )


@given(
    st.sampled_from(list(JointRule)),
    st.integers(1, 4),
    st.lists(st.sampled_from([*Stance, None]), max_size=4),
    st.sampled_from(list(Silence)),
    st.data(),
)
def test_a_state_is_what_every_way_to_go_on_comes_to(
    rule: JointRule,
    size: int,
    stances: list[Stance | None],
    silence_is: Silence,
    data: st.DataObject,
) -> None:
    signers = tuple(Signer(f"d{at}") for at in range(size))
    quorum = data.draw(st.integers(1, size))
    joint = Joint(signers=signers, rule=rule, quorum=quorum, silence=silence_is)
    opinions = tuple(
        Opinion(one.department, stance, CLOCK_ACTOR, MONDAY)
        for one, stance in zip(signers, stances, strict=False)
    )
    assert joint_state(joint, opinions) is by_hand(joint, opinions)
    assert 1 <= needed(joint) <= size
