"""Joint handling follows from a bundle: 45 days, and 15 more by the head of the government."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clerk.contract.bundle import DraftProject
from clerk.contract.command import AcceptCase
from clerk.contract.item import Act, Item, Joint, Signer, Step
from clerk.contract.limits import Limit
from clerk.rules.bundle.handling import under_lead
from clerk.rules.bundle.place import place_of, project_of
from clerk.rules.case.explaining import ClockKind, explain_case
from clerk.rules.case.extending import most_days
from clerk.rules.case.timing import timing_of
from clerk.rules.forecast import foresee
from tests.support.bundles import bundle_of
from tests.support.cases import CLERK, FOOD, CaseStory, receive_command
from tests.support.work_calendar import REAL_CALENDAR

SIGNED = Joint(signers=(Signer("fire", "市消防救援支队"),), limit=Limit(5))
REVIEW = Step(key="review", name="联审", act=Act.REVIEW, joint=SIGNED)
DECIDE = Step(key="decide", name="批准", act=Act.APPROVE, may_decide=True)
REVIEWED = replace(FOOD, flow=(REVIEW, DECIDE), promised=None)
BUNDLE = replace(bundle_of({FOOD.id: ()}), lead_department="market")


def received(item: Item, lead: str) -> CaseStory:
    """A case of this item, accepted in a bundle of this lead department."""
    bundle = replace(BUNDLE, lead_department=lead)
    place = place_of(DraftProject(id="p", title="某某", bundle=bundle), item.id)
    story = CaseStory(item).do(replace(receive_command(), place=place), CLERK)
    return story.do(AcceptCase(), CLERK)


def test_a_review_under_the_bundles_lead_has_the_joint_limit() -> None:
    case = received(REVIEWED, "market").case
    assert (case.terms.joint, case.terms.statutory, most_days(case)) == (True, Limit(45), 15)
    timing = timing_of(case, REAL_CALENDAR, case.received_at)
    assert timing.statutory_due == REAL_CALENDAR.working_day_after(date(2026, 6, 1), 45)


@pytest.mark.parametrize(
    ("item", "lead"),
    [
        (replace(REVIEWED, flow=(DECIDE,)), "market"),
        (REVIEWED, "fire"),
        (REVIEWED, ""),
        (replace(REVIEWED, flow=(replace(REVIEW, department="fire"), DECIDE)), "market"),
    ],
)
def test_what_its_lead_does_not_review_with_others_keeps_its_limit(item: Item, lead: str) -> None:
    case = received(item, lead).case
    assert (case.terms.joint, case.terms.statutory, most_days(case)) == (False, Limit(20), 10)


def test_a_limit_of_the_items_own_and_its_promise_stay() -> None:
    own = replace(REVIEWED, statutory=Limit(15), promised=Limit(8))
    case = received(own, "market").case
    assert (case.terms.joint, case.terms.statutory) == (True, Limit(15))
    assert case.terms.promised == Limit(8)
    assert under_lead(replace(own, joint=True), "market").statutory == Limit(15)


def test_the_explanation_says_where_it_comes_from() -> None:
    story = received(REVIEWED, "market")
    told = explain_case(story.case, REAL_CALENDAR, story.now)
    assert [(one.joint, one.bundle) for one in told if one.kind is ClockKind.STATUTORY] == [
        (True, BUNDLE.name)
    ]
    assert not any(one.joint for one in told if one.kind is not ClockKind.STATUTORY)
    by_item = CaseStory(replace(FOOD, joint=True)).accepted()
    (law,) = [
        one
        for one in explain_case(by_item.case, REAL_CALENDAR, by_item.now)
        if one.kind is ClockKind.STATUTORY
    ]
    assert (law.joint, law.bundle) == (True, "")


def test_before_acceptance_the_counter_tells_the_same_day() -> None:
    story = received(REVIEWED, "market")
    project = DraftProject(id="p", title="某某", bundle=BUNDLE)
    told = foresee([REVIEWED], project, {}, REAL_CALENDAR, story.case.received_at)
    assert told.due_on == timing_of(story.case, REAL_CALENDAR, story.now).statutory_due
    assert told.items[0].due_on == told.due_on


def test_a_draft_made_of_the_places_keeps_the_lead() -> None:
    place = received(REVIEWED, "market").case.place
    assert place is not None
    assert place_of(project_of({FOOD.id: place}, None), FOOD.id) == place
