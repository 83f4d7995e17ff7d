"""A case that waits for others of its bundle application: nobody is late for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk.contract.bundle import Standing
from clerk.contract.case import ClockState, Preceded
from clerk.contract.command import (
    AcceptCase,
    AnswerAsk,
    Approve,
    ClaimCase,
    Propose,
    ResumeClock,
    UrgeCase,
)
from clerk.contract.proposal import ExtendPlan
from clerk.contract.supervision import SupervisionPolicy
from clerk.contract.user import CLOCK_ACTOR
from clerk.rules.case.dates import dates_of
from clerk.rules.case.timing import timing_of
from clerk.rules.clock import Light, light_by_plan
from clerk.rules.supervision.escalation import due_escalations, next_escalation
from clerk.rules.supervision.standing import standing_of
from tests.support.cases import APPROVER, CLERK, HANDLER, CaseStory
from tests.support.rare_clashes import MANAGER, in_bundle, stop_plan
from tests.support.work_calendar import REAL_CALENDAR

POLICY = SupervisionPolicy()


def waiting() -> CaseStory:
    """Accepted, claimed, and waiting for the land."""
    return in_bundle(CaseStory()).do(AcceptCase(), CLERK).do(ClaimCase(), HANDLER)


def stopped() -> CaseStory:
    """The same with an inspection of ten days."""
    story = waiting().do(Propose(plan=stop_plan(10)), HANDLER)
    return story.do(Approve(proposal=story.case.proposals[0].n), APPROVER)


def freed(story: CaseStory) -> CaseStory:
    """The land is granted."""
    return story.take(
        Preceded(at=story.now, by=CLOCK_ACTOR, item="land", name="用地", standing=Standing.GRANTED)
    )


def clock_of(story: CaseStory) -> ClockState:
    """Whether its limit runs."""
    return story.case.clock


@pytest.mark.parametrize("days", [0, 6, 30, 200])
def test_no_light_of_it_ever_turns(days: int) -> None:
    for story in (waiting(), stopped()):
        now, case = story.now + timedelta(days=days), story.case
        standing = standing_of(case, REAL_CALENDAR)
        assert standing is not None, "it is open, and on the board"
        assert standing.plans.lights(now) == (Light.NONE, Light.NONE)
        assert standing.plans.turns_at(now) is None
        assert (standing.promised_due, standing.statutory_due) == (None, None)
        timing = timing_of(case, REAL_CALENDAR, now)
        assert (timing.light(now), timing.step_light(now)) == (Light.NONE, Light.NONE)
        assert light_by_plan(dates_of(case, REAL_CALENDAR, now).plan, now) is Light.NONE
        assert next_escalation(case, POLICY, REAL_CALENDAR) is None


def test_before_acceptance_the_window_has_its_five_days() -> None:
    story = in_bundle(CaseStory())
    now = story.now + timedelta(days=8)
    standing = standing_of(story.case, REAL_CALENDAR)
    assert standing is not None
    assert standing.plans.lights(now) == (Light.RED, Light.RED)


def test_it_can_be_urged_and_answered_and_only_the_ask_goes_up() -> None:
    story = waiting().do(UrgeCase(note="请抓紧审查"), MANAGER)
    far = story.now + timedelta(days=90)
    going = due_escalations(story.case, POLICY, REAL_CALENDAR, far)
    assert {one.matter for one in going} == {"urge"}
    story.do(AnswerAsk(ask=1, text="已审，等用地许可"), HANDLER)
    assert due_escalations(story.case, POLICY, REAL_CALENDAR, far) == ()


def test_once_free_it_is_watched_in_full() -> None:
    story = freed(waiting().later(days=30))
    standing = standing_of(story.case, REAL_CALENDAR)
    assert standing is not None
    assert standing.plans.lights(story.now) == (Light.GREEN, Light.GREEN)
    assert standing.plans.lights(story.now + timedelta(days=60)) == (Light.RED, Light.RED)


def test_a_stop_ends_and_the_clock_has_still_not_begun() -> None:
    story = stopped()
    assert clock_of(story) is ClockState.STOPPED
    story.do(ResumeClock(stop=story.case.stops[0].n, finding="合格"), HANDLER)
    assert clock_of(story) is ClockState.NOT_STARTED
    assert clock_of(freed(story)) is ClockState.RUNNING


def test_free_while_stopped_it_stands_until_the_stop_ends() -> None:
    story = freed(stopped().later(hours=1))
    assert clock_of(story) is ClockState.STOPPED
    assert timing_of(story.case, REAL_CALENDAR, story.now).light(story.now) is Light.GREY
    story.do(ResumeClock(stop=story.case.stops[0].n, finding="合格"), HANDLER)
    assert clock_of(story) is ClockState.RUNNING


def test_a_limit_that_has_not_begun_is_not_extended() -> None:
    plan = Propose(plan=ExtendPlan(days=5, reason="复杂"))
    assert waiting().refused(plan, HANDLER) == "extension.not_begun"
    assert freed(waiting()).do(plan, HANDLER).case.proposals
