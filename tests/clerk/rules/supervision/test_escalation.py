"""What nobody answered goes up by the policy, step by step, once each."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clerk.clock import OFFICE_ZONE
from clerk.contract.command import (
    AnswerAsk,
    ProduceResult,
    ReleaseResult,
    SuperviseCase,
    UrgeCase,
)
from clerk.contract.supervision import (
    EscalationStep,
    Matter,
    PatternSetting,
    SupervisionPolicy,
)
from clerk.errors import InputError
from clerk.rules.overlay import extend
from clerk.rules.supervision.escalation import demand_policy, due_escalations, next_escalation
from clerk.rules.supervision.standing import standing_of
from tests.clerk.rules.case.test_asking import MADE, MANAGER, grant
from tests.support.cases import CASE, CLERK, HANDLER, CaseStory
from tests.support.work_calendar import REAL_CALENDAR

POLICY = SupervisionPolicy()


def at(month: int, day: int) -> datetime:
    """A midnight of the office."""
    return datetime(2026, month, day, tzinfo=OFFICE_ZONE)


def go_up(story: CaseStory, now: datetime, policy: SupervisionPolicy = POLICY) -> list[str]:
    """What goes up by now, recorded."""
    events = due_escalations(story.case, policy, REAL_CALENDAR, now)
    story.record = extend(CASE, story.record, events)
    return [f"{one.matter} {one.level} {one.to}" for one in events]


def test_an_unanswered_urge_goes_up_the_day_after_and_again_two_days_later() -> None:
    story = CaseStory().accepted().do(UrgeCase(note="请抓紧", days=1), MANAGER)  # due on the 2nd
    assert next_escalation(story.case, POLICY, REAL_CALENDAR) == at(6, 3)
    assert go_up(story, at(6, 3) - timedelta(microseconds=1)) == []
    assert go_up(story, at(6, 3)) == ["urge 1 approver"]
    assert go_up(story, at(6, 3)) == []
    assert story.case.open_asks[0].level == 1
    assert next_escalation(story.case, POLICY, REAL_CALENDAR) == at(6, 5)
    assert go_up(story, at(6, 5)) == ["urge 2 supervisor"]
    assert story.case.open_asks[0].escalated_to == "supervisor"


def test_steps_wait_working_days() -> None:
    story = CaseStory()
    story.now += timedelta(days=3)  # a Thursday; due on Friday
    story.accepted().do(UrgeCase(note="请抓紧"), MANAGER)
    assert go_up(story, at(6, 6)) == ["urge 1 approver"]
    assert go_up(story, at(6, 9)) == []
    assert go_up(story, at(6, 10)) == ["urge 2 supervisor"]


def test_an_answer_ends_it() -> None:
    story = CaseStory().accepted().do(UrgeCase(note="请抓紧"), MANAGER)
    story.do(AnswerAsk(ask=1, text="正在办理"), HANDLER)
    assert go_up(story, at(6, 20)) == []


def test_what_was_missed_for_days_goes_up_all_the_way() -> None:
    story = CaseStory().accepted().do(UrgeCase(note="请抓紧"), MANAGER)
    assert go_up(story, at(6, 20)) == ["urge 1 approver", "urge 2 supervisor"]


def test_a_supervision_goes_to_the_manager() -> None:
    story = CaseStory().accepted()
    story.do(SuperviseCase(reason="逾期", demand="说明", days=2), MANAGER)
    assert go_up(story, at(6, 4)) == ["supervise 1 manager"]


def test_a_passed_limit_goes_up_without_being_asked() -> None:
    story = CaseStory().accepted()  # the twentieth working day is 30 June
    assert next_escalation(story.case, POLICY, REAL_CALENDAR) == at(7, 1)
    assert go_up(story, at(7, 1)) == ["statutory 1 approver"]
    assert go_up(story, at(7, 4)) == ["statutory 2 manager"]
    assert next_escalation(story.case, POLICY, REAL_CALENDAR) is None


def test_the_promised_limit_where_the_office_says_so() -> None:
    step = EscalationStep(of=Matter.PROMISED, after_days=0, to="supervisor")
    policy = SupervisionPolicy(escalation=(step,))
    story = CaseStory().accepted()
    assert go_up(story, at(6, 12), policy) == ["promised 1 supervisor"]


def test_what_is_not_delivered_in_ten_days_goes_up_until_it_is() -> None:
    story = grant(CaseStory(MADE).accepted())  # on the 1st; the tenth working day is the 15th
    assert next_escalation(story.case, POLICY, REAL_CALENDAR) == at(6, 16)
    assert go_up(story, at(6, 16)) == ["delivery 1 approver"]
    story.do(ProduceResult(), HANDLER)
    assert go_up(story, at(6, 19)) == ["delivery 2 manager"]
    standing = standing_of(story.case, REAL_CALENDAR)
    assert standing is not None
    assert standing.escalated_to == "manager"
    assert (standing.place, standing.holder.at_window) == ("at_window", True)


def test_what_went_up_before_the_decision_is_over_with_it() -> None:
    story = CaseStory().accepted().later(days=29)
    assert go_up(story, at(7, 1)) == ["statutory 1 approver"]
    standing = standing_of(grant(story).case, REAL_CALENDAR)
    assert standing is not None
    assert standing.escalated_to == ""


def test_what_is_delivered_does_not_go_up() -> None:
    story = grant(CaseStory(MADE).accepted()).do(ProduceResult(), HANDLER)
    release = ReleaseResult(
        collector="本人", collector_id="", collector_kind="self", signature="已签"
    )
    story.do(release, CLERK)
    assert next_escalation(story.case, POLICY, REAL_CALENDAR) is None
    assert standing_of(story.case, REAL_CALENDAR) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"urge_days": 0}, "ask.days"),
        ({"supervise_days": 31}, "ask.days"),
        ({"escalation": (EscalationStep(of=Matter.URGE, after_days=0, to="x"),)}, "policy.role"),
        (
            {"escalation": (EscalationStep(of=Matter.URGE, after_days=-1, to="manager"),)},
            "policy.after_days",
        ),
        ({"patterns": (PatternSetting(rule="R99"),)}, "pattern.unknown"),
        ({"patterns": (PatternSetting(rule="R04", parameters={"x": 1}),)}, "pattern.parameter"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as raised:
        demand_policy(SupervisionPolicy(**changes))  # type: ignore[arg-type]
    assert raised.value.code == code
