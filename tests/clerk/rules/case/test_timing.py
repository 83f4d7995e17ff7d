"""Which limit a case is watched by, from receipt to release."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from central.catalogue.publishing import demand_fitting_steps
from clerk.contract.case import Outcome
from clerk.contract.command import (
    AcceptCase,
    Approve,
    ClaimCase,
    DecideCase,
    PassStep,
    Propose,
    ReleaseResult,
)
from clerk.contract.item import Act, Item, Step
from clerk.contract.limits import Limit
from clerk.contract.proposal import Procedure, StopPlan
from clerk.errors import InputError
from clerk.rules.case.explaining import ClockKind, explain_case
from clerk.rules.case.timing import timing_of
from clerk.rules.clock import DayReason, Light
from clerk.rules.flow import find_step_beyond
from tests.support.cases import APPROVER, CLERK, FOOD, HANDLER, REVIEWER, CaseStory
from tests.support.work_calendar import REAL_CALENDAR

DECIDE = Step(key="approve", name="批准", act=Act.APPROVE, may_decide=True)


def with_steps(*steps: Step) -> CaseStory:
    return CaseStory(replace(FOOD, flow=(*steps, DECIDE)))


def test_deciding_has_twenty_days_from_acceptance_beside_the_promise() -> None:
    """Received on Monday, accepted on Wednesday: the limits run from there (Art. 42)."""
    item = Item(id="plain", version=1, name="事项", department="market", department_name="局")
    story = CaseStory(replace(FOOD, statutory=item.statutory)).received().later(days=2)
    story.do(AcceptCase(), CLERK)
    timing = timing_of(story.case, REAL_CALENDAR, story.now)
    assert (timing.promised_due, timing.statutory_due) == (date(2026, 6, 15), date(2026, 7, 2))


def test_a_step_is_watched_by_its_own_limit() -> None:
    story = with_steps(Step(key="handle", name="承办", act=Act.HANDLE, limit=Limit(2))).accepted()
    timing = timing_of(story.case, REAL_CALENDAR, story.now)
    assert timing.step is not None
    assert timing.step.due_on == date(2026, 6, 3)
    assert timing.step_light(story.now + timedelta(days=3)) is Light.RED
    assert timing.light(story.now + timedelta(days=3)) is Light.GREEN, "the case is in time"
    story.later(days=1).do(ClaimCase(), HANDLER).do(PassStep(opinion="同意"), HANDLER)
    assert timing_of(story.case, REAL_CALENDAR, story.now).step is None, "this one has no limit"


def test_a_lower_body_reviews_in_twenty_days() -> None:
    story = with_steps(Step(key="county", name="初审", act=Act.HANDLE, lower=True)).accepted()
    step = timing_of(story.case, REAL_CALENDAR, story.now).step
    assert step is not None
    assert step.due_on == date(2026, 6, 30)


def test_what_stops_the_case_stops_its_step() -> None:
    story = with_steps(Step(key="handle", name="承办", act=Act.HANDLE, limit=Limit(2))).accepted()
    plan = StopPlan(procedure=Procedure.TEST, basis="法", planned_days=3, reason="抽检")
    story.do(ClaimCase(), HANDLER).do(Propose(plan=plan), HANDLER)
    story.do(Approve(proposal=story.case.version), APPROVER)
    timing = timing_of(story.case, REAL_CALENDAR, story.now)
    assert timing.step is not None
    assert timing.step.due_on == date(2026, 6, 8)
    assert timing.step_light(story.now) is Light.GREY


def test_every_day_of_every_limit_is_explained() -> None:
    story = with_steps(Step(key="handle", name="承办", act=Act.HANDLE, limit=Limit(2))).accepted()
    plan = StopPlan(procedure=Procedure.TEST, basis="法", planned_days=3, reason="抽检")
    story.do(ClaimCase(), HANDLER).do(Propose(plan=plan), HANDLER)
    story.do(Approve(proposal=story.case.version), APPROVER).later(days=2)
    found = {one.kind: one for one in explain_case(story.case, REAL_CALENDAR, story.now)}
    assert list(found) == ["receipt", "promised", "statutory", "step"]
    promised = found[ClockKind.PROMISED]
    assert promised.deadline.due_on == date(2026, 6, 16)
    assert promised.days[-1].day == date(2026, 6, 16)
    told = {one.day.day: (one.nth, one.reason) for one in promised.days}
    assert told[2] == (None, DayReason.STOPPED)
    assert told[6] == (None, DayReason.WEEKEND)
    assert told[5] == (1, DayReason.COUNTED)
    assert told[16] == (8, DayReason.DUE)
    later = explain_case(story.case, REAL_CALENDAR, story.now, date(2026, 6, 18))
    assert later[1].days[-1].reason is DayReason.AFTER_DUE


def test_no_step_is_longer_than_the_whole() -> None:
    step = Step(key="handle", name="承办", act=Act.HANDLE, limit=Limit(21))
    assert find_step_beyond(replace(FOOD, flow=(step, DECIDE))) == step
    assert find_step_beyond(replace(FOOD, flow=(replace(step, limit=Limit(20)), DECIDE))) is None
    with pytest.raises(InputError, match=r"flow\.step_beyond"):
        demand_fitting_steps(replace(FOOD, flow=(step, DECIDE)))


def test_the_light_follows_the_delivery_until_the_release() -> None:
    story = CaseStory().accepted()
    for user in (HANDLER, REVIEWER):
        story.do(ClaimCase(), user).do(PassStep(opinion="同意"), user)
    grant = DecideCase(outcome=Outcome.GRANTED, opinion="准予")
    story.do(ClaimCase(), APPROVER).do(grant, APPROVER)
    timing = timing_of(story.case, REAL_CALENDAR, story.now)
    assert timing.delivery is not None
    assert timing.delivery.due_on == date(2026, 6, 15)
    assert [timing.light(story.now + timedelta(days=days)) for days in (0, 13, 15)] == [
        Light.GREEN,
        Light.YELLOW,
        Light.RED,
    ]
    story.do(
        ReleaseResult(collector="本人", collector_id="", collector_kind="self", signature="已签"),
        CLERK,
    )
    assert timing_of(story.case, REAL_CALENDAR, story.now).light(story.now) is Light.NONE
