"""What corrections do to the clock, against the oracle; and corrections of corrections."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.case import (
    ClockState,
    MaterialState,
)
from clerk.contract.command import (
    AcceptCase,
    Approve,
    ClaimCase,
    Propose,
)
from clerk.contract.proposal import (
    AnyAmendment,
    ApplicantAmendment,
    Procedure,
    ProlongPlan,
    StopAmendment,
    StopPlan,
    TickAmendment,
)
from clerk.rules.clock import ClockFacts, Stop
from tests.support.cases import (
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    MONDAY,
    CaseStory,
    receive_command,
)
from tests.support.clock_histories import STEP
from tests.support.clock_oracle import know_days, live
from tests.support.corrections import (
    DECLINE,
    UNDO,
    correct,
    due,
    number_of,
    plan,
    record_of,
    stopped,
    tick,
)
from tests.support.work_calendar import REAL_DATA

# A stop


def test_a_stop_planned_too_long_ends_earlier() -> None:
    story = stopped(10)
    n, long = number_of(story, "stopped"), due(story)
    shorter = StopAmendment(procedure=Procedure.APPRAISAL, basis="法", planned_days=2)
    correct(story, n, shorter, HANDLER, APPROVER)
    short = due(story)
    assert long is not None
    assert short is not None
    assert short < long
    assert story.case.stops[0].procedure is Procedure.APPRAISAL
    assert due(story) == due(stopped(2))


def test_shortened_to_before_today_it_ended_by_itself_then() -> None:
    story = stopped(10).later(days=8)
    shorter = StopAmendment(procedure=Procedure.TEST, basis="法", planned_days=2)
    correct(story, number_of(story, "stopped"), shorter, HANDLER, APPROVER)
    assert story.case.clock is ClockState.RUNNING
    assert story.case.stops[0].last == date(2026, 6, 3)


def test_a_stop_is_not_made_longer_nor_a_hearing() -> None:
    story = stopped(3)
    n = number_of(story, "stopped")
    longer = StopAmendment(procedure=Procedure.TEST, basis="法", planned_days=4)
    assert story.refused(plan(n, longer), HANDLER) == "correction.longer"
    hearing = replace(longer, procedure=Procedure.HEARING, planned_days=2)
    assert story.refused(plan(n, hearing), HANDLER) == "correction.hearing"
    story.do(Propose(plan=ProlongPlan(stop=n, days=2, reason="复检")), HANDLER)
    story.do(Approve(proposal=story.case.proposals[0].n), APPROVER)
    shorter = replace(longer, planned_days=2)
    assert story.refused(plan(n, shorter), HANDLER) == "correction.prolonged"


def test_a_stop_that_should_not_have_been_leaves_no_day_out() -> None:
    story = stopped(10).later(days=4)
    correct(story, number_of(story, "stopped"), UNDO, HANDLER, APPROVER)
    assert due(story) == due(CaseStory().accepted())
    assert story.case.clock is ClockState.RUNNING


# Corrections of corrections


@given(
    st.lists(
        st.sampled_from(
            [
                tick("m1", MaterialState.MISSING),
                tick("m1", MaterialState.PROVIDED, originals=4),
                tick("m2", MaterialState.CORRECTED, copies=2),
                ApplicantAmendment(name="新名", address="某路1号"),
            ]
        ),
        min_size=1,
        max_size=6,
    )
)
def test_undoing_corrections_is_correcting_anew(amendments: list[AnyAmendment]) -> None:
    """What stood stands again, and the record holds every step of it."""
    command = receive_command()
    address = replace(command, applicant=replace(command.applicant, address="旧路9号"))
    story = CaseStory().do(address, CLERK)
    first = story.case
    for one in amendments:
        if not isinstance(story.ask(plan(1, one), CLERK), Refusal):
            correct(story, 1, one)
    made, known = len(story.case.acts[0].corrections), record_of(story).events
    for back in (
        TickAmendment(first.materials),
        ApplicantAmendment(name=first.applicant.name, address=first.applicant.address),
    ):
        if not isinstance(story.ask(plan(1, back), CLERK), Refusal):
            correct(story, 1, back)
    case = story.case
    assert (case.materials, case.applicant) == (first.materials, first.applicant)
    assert len(case.acts[0].corrections) > made
    assert record_of(story).events[: len(known)] == known


# The clock against the oracle, through corrections


@pytest.mark.parametrize("seed", range(40))
def test_the_oracle_agrees_on_what_corrections_leave_of_the_stops(seed: int) -> None:
    """Stops are proposed, shortened and undone; the oracle lives through what should have been."""
    random = Random(seed)
    story, stops = CaseStory().accepted().do(ClaimCase(), HANDLER), []
    for _ in range(random.randrange(1, 5)):
        story.do(ClaimCase(), HANDLER)
        days = random.randrange(2, 9)
        wanted = StopPlan(procedure=Procedure.TEST, basis="法", planned_days=days, reason="抽检")
        story.do(Propose(plan=wanted), HANDLER)
        story.do(Approve(proposal=story.case.proposals[0].n), APPROVER)
        n, began = number_of(story, "stopped"), story.now
        story.later(days=random.randrange(2))
        if random.random() < 0.3:
            correct(story, n, UNDO, HANDLER, APPROVER)
        elif random.random() < 0.6:
            days = random.randrange(1, days)
            mended = StopAmendment(procedure=Procedure.APPRAISAL, basis="法", planned_days=days)
            correct(story, n, mended, HANDLER, APPROVER)
            stops.append(Stop(began, days))
        else:
            stops.append(Stop(began, days))
        story.later(days=random.randrange(4))
    facts = ClockFacts(MONDAY, FOOD.statutory, tuple(stops))
    lived = live(facts, know_days(REAL_DATA), story.now, STEP)
    assert due(story) == lived.due_at.date()


@pytest.mark.parametrize("seed", range(20))
def test_no_mistake_put_right_costs_the_applicant_a_day(seed: int) -> None:
    """Accepted, taken back, declined, reopened: the oracle counts from the first of them."""
    random = Random(seed)
    story = CaseStory().received().later(days=random.randrange(3))
    began = story.now
    for _ in range(random.randrange(1, 4)):
        wrong, kind = random.choice(((AcceptCase(), "accepted"), (DECLINE, "declined")))
        story.do(wrong, CLERK).later(hours=random.randrange(9))
        correct(story, number_of(story, kind), UNDO)
    story.later(days=random.randrange(10)).do(AcceptCase(), CLERK)
    started = MONDAY if story.case.deemed else began
    lived = live(ClockFacts(started, FOOD.statutory), know_days(REAL_DATA), story.now, STEP)
    assert due(story) == lived.due_at.date()
