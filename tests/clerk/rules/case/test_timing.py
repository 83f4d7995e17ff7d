"""Which limit a case is watched by, from receipt to release."""

from __future__ import annotations

from datetime import date, timedelta

from clerk.contract.case import Outcome
from clerk.contract.command import ClaimCase, DecideCase, PassStep, ReleaseResult
from clerk.rules.case.timing import timing_of
from clerk.rules.clock import Light
from tests.support.cases import APPROVER, CLERK, HANDLER, REVIEWER, CaseStory
from tests.support.work_calendar import REAL_CALENDAR


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
