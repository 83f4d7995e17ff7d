"""Instant items: accepted and decided in one sitting, where the item says so."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest
from msgspec.structs import replace

from clerk.contract.case import Accepted, Claimed, Decided, Delivery, MaterialState, Outcome, Stage
from clerk.contract.command import AcceptCase, DecideOnSpot
from clerk.contract.item import Act, Item, Step
from clerk.contract.limits import Limit
from clerk.contract.user import Actor
from clerk.rules.case.timing import timing_of
from tests.support.cases import APPROVER, CLERK, FOOD, CaseStory, with_states
from tests.support.work_calendar import REAL_CALENDAR

ONE_STEP = Step(key="decide", name="即办", act=Act.APPROVE, may_decide=True, at_window=True)
INSTANT = replace(FOOD, promised=Limit(0), flow=(ONE_STEP,))
GRANT = DecideOnSpot(outcome=Outcome.GRANTED, opinion="符合条件")
REFUSE = DecideOnSpot(outcome=Outcome.REFUSED, opinion="不符", reason="不在范围")


def kinds_of(story: CaseStory) -> list[type]:
    assert story.record is not None
    return [type(one) for one in story.record.events]


def test_accepted_and_granted_in_one_sitting() -> None:
    story = CaseStory(INSTANT).received()
    story.do(GRANT, CLERK)
    assert kinds_of(story)[1:] == [Accepted, Decided]
    assert (story.case.stage, story.case.outcome) == (Stage.DECIDED, Outcome.GRANTED)
    assert story.case.delivery is Delivery.AT_WINDOW
    promised = timing_of(story.case, REAL_CALENDAR, story.now).promised
    assert promised is not None
    assert (promised.due_on, promised.overdue) == (date(2026, 6, 1), False)


def test_refused_on_the_spot_says_why() -> None:
    story = CaseStory(INSTANT).received()
    assert story.refused(replace(REFUSE, reason=""), CLERK) == "reason.missing"
    assert story.do(REFUSE, CLERK).case.outcome is Outcome.REFUSED


def test_what_was_accepted_already_is_only_decided() -> None:
    story = CaseStory(INSTANT).received().do(AcceptCase(), CLERK)
    assert kinds_of(story.do(GRANT, CLERK))[1:] == [Accepted, Decided]


@pytest.mark.parametrize(
    "item",
    [
        FOOD,
        replace(INSTANT, promised=Limit(1)),
        replace(INSTANT, flow=(replace(ONE_STEP, at_window=False),)),
        replace(INSTANT, flow=(Step(key="h", name="承办", act=Act.HANDLE), ONE_STEP)),
    ],
)
def test_only_where_the_item_says_so(item: Item) -> None:
    assert CaseStory(item).received().refused(GRANT, CLERK) == "case.not_instant"


def test_missing_papers_and_strangers_are_refused() -> None:
    lacking = CaseStory(INSTANT).received(with_states(m1=MaterialState.MISSING))
    assert lacking.refused(GRANT, CLERK) == "case.materials_missing"
    story = CaseStory(INSTANT).received()
    assert story.refused(GRANT, APPROVER) == "user.role_needed"
    story.window = "w9"
    assert story.refused(GRANT, CLERK) == "case.other_window"


def test_who_has_it_and_until_when_is_told_in_the_offices_time() -> None:
    story = CaseStory(INSTANT).received()
    other = Actor(user="u-other", name="窗口己")
    until = (story.now + timedelta(hours=1)).astimezone(UTC)
    refusal = story.take(Claimed(at=story.now, by=other, until=until)).ask(GRANT, CLERK)
    assert getattr(refusal, "code", "") == "claim.taken"
    assert getattr(refusal, "parameters", {})["until"] == "10:30"


def test_after_the_fifth_day_it_is_dated_from_the_receipt() -> None:
    story = CaseStory(INSTANT).received().later(days=10).do(GRANT, CLERK)
    assert story.case.deemed
    assert story.case.accepted_from == date(2026, 6, 1)
    timing = timing_of(story.case, REAL_CALENDAR, story.now)
    assert timing.promised is not None
    assert timing.promised.overdue
