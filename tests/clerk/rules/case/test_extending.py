"""More days for deciding: once, in time, by the head, with a reason (Art. 42)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.command import Approve, ClaimCase, Propose
from clerk.contract.limits import Limit
from clerk.contract.proposal import ExtendPlan
from clerk.rules.case.timing import timing_of
from tests.support.cases import APPROVER, FOOD, HANDLER, HEAD, CaseStory
from tests.support.work_calendar import REAL_CALENDAR

TEN = ExtendPlan(days=10, reason="案情复杂")
JOINT = replace(FOOD, joint=True, statutory=Limit(45), promised=None)
GOVERNMENT = replace(HEAD, id="u-gov", department="")


def held(story: CaseStory | None = None) -> CaseStory:
    return (story or CaseStory()).accepted().do(ClaimCase(), HANDLER)


def dues(story: CaseStory) -> tuple[date | None, date | None]:
    timing = timing_of(story.case, REAL_CALENDAR, story.now)
    return timing.statutory_due, timing.promised_due


def test_ten_days_more_for_both_limits_by_the_head() -> None:
    story = held()
    assert dues(story) == (date(2026, 6, 30), date(2026, 6, 11))
    story.do(Propose(plan=TEN), HANDLER)
    assert dues(story) == (date(2026, 6, 30), date(2026, 6, 11))
    n = story.case.proposals[0].n
    assert story.refused(Approve(proposal=n), APPROVER) == "proposal.not_yours"
    assert story.refused(Approve(proposal=n), GOVERNMENT) == "proposal.not_yours"
    story.do(Approve(proposal=n), HEAD)
    assert dues(story) == (date(2026, 7, 14), date(2026, 6, 26))
    assert not story.case.proposals


def test_only_once() -> None:
    story = held().do(Propose(plan=TEN), HANDLER)
    story.do(Propose(plan=replace(TEN, days=3)), HANDLER)
    first, second = (one.n for one in story.case.proposals)
    story.do(Approve(proposal=first), HEAD)
    assert story.refused(Approve(proposal=second), HEAD) == "extension.once"
    assert story.refused(Propose(plan=TEN), HANDLER) == "extension.once"


def test_not_after_the_statutory_date() -> None:
    """The statutory date is Tuesday the 30th: on it is in time, on the next day it is not."""
    story = held().do(Propose(plan=TEN), HANDLER).later(days=29)
    n = story.case.proposals[0].n
    assert not isinstance(story.ask(Approve(proposal=n), HEAD), Refusal)
    story.later(days=1)
    assert story.refused(Approve(proposal=n), HEAD) == "extension.too_late"


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (replace(TEN, days=11), "days.wrong"),
        (replace(TEN, days=0), "days.wrong"),
        (replace(TEN, reason=" "), "reason.missing"),
    ],
)
def test_what_an_extension_needs(plan: ExtendPlan, code: str) -> None:
    assert held().refused(Propose(plan=plan), HANDLER) == code


def test_joint_handling_has_fifteen_days_by_the_head_of_the_government() -> None:
    story = held(CaseStory(JOINT))
    assert story.refused(Propose(plan=replace(TEN, days=16)), HANDLER) == "days.wrong"
    story.do(Propose(plan=replace(TEN, days=15)), HANDLER)
    n = story.case.proposals[0].n
    assert story.refused(Approve(proposal=n), HEAD) == "proposal.not_yours"
    before = dues(story)[0]
    story.do(Approve(proposal=n), GOVERNMENT)
    after = dues(story)[0]
    assert before is not None
    assert after is not None
    assert REAL_CALENDAR.working_days_between(before, after) == 15
