"""Special procedures: proposed, approved, prolonged, resumed, overlapping, overrun (Art. 45)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clerk.contract.case import ClockState, Outcome, Stage
from clerk.contract.command import (
    Approve,
    ClaimCase,
    DecideCase,
    PassStep,
    Propose,
    Reject,
    ResumeClock,
)
from clerk.contract.proposal import AnyPlan, Hearing, Procedure, ProlongPlan, StopPlan
from clerk.contract.setting import ClockChoice, ClockChoices
from clerk.contract.user import Role, User
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.context import Context
from clerk.rules.case.standing import lapses
from clerk.rules.case.timing import Timing, timing_of
from clerk.rules.clock import Light
from tests.support.cases import ALL_ROUND, APPROVER, HANDLER, MONDAY, REVIEWER, CaseStory
from tests.support.work_calendar import REAL_CALENDAR, REAL_DATA

INSPECTION = StopPlan(
    procedure=Procedure.INSPECTION, basis="食品安全法第三十五条", planned_days=5, reason="现场核查"
)
TEST = replace(INSPECTION, procedure=Procedure.TEST, planned_days=3, reason="抽样检测")
STAYS = WorkCalendar(
    REAL_DATA, ClockChoices(versions=(ClockChoice(since=MONDAY, stay_stopped=True),))
)
ELSEWHERE = replace(APPROVER, id="u-else", department="tax")


def held() -> CaseStory:
    """Accepted on Monday the 1st, in the handler's hands; promised by the 11th."""
    return CaseStory().accepted().do(ClaimCase(), HANDLER)


def stopped(plan: AnyPlan = INSPECTION, story: CaseStory | None = None) -> CaseStory:
    """Proposed by the handler and approved by the approver."""
    story = (story or held()).do(Propose(plan=plan), HANDLER)
    return story.do(Approve(proposal=story.case.proposals[-1].n), APPROVER)


def timed(story: CaseStory, calendar: WorkCalendar = REAL_CALENDAR) -> Timing:
    return timing_of(story.case, calendar, story.now)


def due(story: CaseStory, calendar: WorkCalendar = REAL_CALENDAR) -> date | None:
    return timed(story, calendar).promised_due


def test_a_proposal_alone_changes_nothing() -> None:
    story = held().do(Propose(plan=INSPECTION), HANDLER)
    assert story.case.clock is ClockState.RUNNING
    assert due(story) == date(2026, 6, 11)
    assert story.refused(Propose(plan=INSPECTION), HANDLER) == "proposal.there"


def test_an_approved_stop_stands_until_it_is_resumed() -> None:
    story = stopped()
    assert story.case.clock is ClockState.STOPPED
    assert timed(story).light(story.now) is Light.GREY
    story.later(days=3).do(ClaimCase(), HANDLER)
    story.do(ResumeClock(stop=story.case.stops[0].n, finding="合格"), HANDLER)
    assert not story.case.open_stops
    # Stopped on Monday, resumed on Thursday: Monday to Wednesday are left out.
    assert due(story) == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("user", "code"),
    [
        (HANDLER, "proposal.own"),
        (REVIEWER, "proposal.not_yours"),
        (ELSEWHERE, "proposal.not_yours"),
        (replace(APPROVER, disabled=True), "user.disabled"),
    ],
)
def test_somebody_else_of_the_department_approves(user: User, code: str) -> None:
    story = held().do(Propose(plan=INSPECTION), HANDLER)
    assert story.refused(Approve(proposal=story.case.proposals[0].n), user) == code


def test_nobody_approves_what_they_proposed_whatever_their_roles() -> None:
    story = CaseStory().accepted().do(ClaimCase(), ALL_ROUND).do(Propose(plan=TEST), ALL_ROUND)
    assert story.refused(Approve(proposal=story.case.version), ALL_ROUND) == "proposal.own"
    head = replace(APPROVER, id="u-head", roles=(Role.HEAD,))
    assert story.do(Approve(proposal=story.case.version), head).case.open_stops


def test_who_does_not_hold_the_step_proposes_nothing() -> None:
    story = held()
    assert story.refused(Propose(plan=INSPECTION), REVIEWER) == "step.not_yours"
    story.later(hours=3)
    assert story.refused(Propose(plan=INSPECTION), HANDLER) == "claim.lost"


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (replace(INSPECTION, basis=" "), "basis.missing"),
        (replace(INSPECTION, reason=""), "reason.missing"),
        (replace(INSPECTION, planned_days=0), "days.wrong"),
        (replace(INSPECTION, planned_days=251), "days.wrong"),
        (replace(INSPECTION, procedure=Procedure.HEARING), "hearing.dates_missing"),
        (ProlongPlan(stop=9, days=2, reason="x"), "stop.none"),
    ],
)
def test_what_a_stop_needs(plan: AnyPlan, code: str) -> None:
    assert held().refused(Propose(plan=plan), HANDLER) == code


def test_a_rejected_proposal_is_gone() -> None:
    story = held().do(Propose(plan=INSPECTION), HANDLER)
    n = story.case.proposals[0].n
    assert story.refused(Reject(proposal=n, reason=" "), APPROVER) == "reason.missing"
    story.do(Reject(proposal=n, reason="不必"), APPROVER)
    assert story.refused(Approve(proposal=n), APPROVER) == "proposal.none"
    assert story.case.clock is ClockState.RUNNING


def test_whoever_proposed_takes_it_back() -> None:
    story = held().do(Propose(plan=INSPECTION), HANDLER)
    assert not story.do(Reject(proposal=story.case.version, reason="误提"), HANDLER).case.proposals


def test_overlapping_stops_leave_a_day_out_once() -> None:
    story = stopped()
    stopped(TEST, story.later(days=1).do(ClaimCase(), HANDLER))
    first, second = story.case.stops
    story.later(days=1).do(ClaimCase(), HANDLER)
    story.do(ResumeClock(stop=first.n, finding="合格"), HANDLER)
    assert story.case.open_stops == (second,), "the other one stands"
    story.later(days=1).do(ClaimCase(), HANDLER)
    story.do(ResumeClock(stop=second.n, finding="合格"), HANDLER)
    assert story.case.clock is ClockState.RUNNING
    assert due(story) == date(2026, 6, 15), "Monday to Wednesday, each once"


def test_two_procedures_of_one_kind_are_told_apart() -> None:
    story = stopped()
    stopped(replace(INSPECTION, reason="复查"), story)
    story.do(ResumeClock(stop=story.case.stops[0].n, finding="合格"), HANDLER)
    assert [stop.open for stop in story.case.stops] == [False, True]


def test_nothing_is_decided_while_the_clock_stands() -> None:
    story = stopped().do(PassStep(opinion="同意"), HANDLER)
    story.do(ClaimCase(), REVIEWER).do(PassStep(opinion="同意"), REVIEWER)
    story.do(ClaimCase(), ALL_ROUND)
    grant = DecideCase(outcome=Outcome.GRANTED, opinion="准予")
    assert story.refused(grant, ALL_ROUND) == "case.clock_stopped"
    # The planned days end with Monday the 8th: on the 9th the stop has ended by itself.
    story.later(days=8).do(ClaimCase(), ALL_ROUND).do(grant, ALL_ROUND)
    assert story.case.stage is Stage.DECIDED
    assert story.case.stops[0].last == date(2026, 6, 8)


def test_a_stop_ends_by_itself_after_its_planned_days() -> None:
    story = stopped().later(days=7)
    assert timed(story).light(story.now) is Light.GREY
    assert not lapses(story.case, _context(story))
    story.later(days=1)
    assert timed(story).light(story.now) is Light.GREEN
    (lapse,) = lapses(story.case, _context(story))
    assert (lapse.last, lapse.ended) == (date(2026, 6, 8), True)
    before = due(story)
    story.take(lapse)
    assert story.case.clock is ClockState.RUNNING
    assert due(story) == before == due(story, STAYS) == date(2026, 6, 18)
    assert not lapses(story.case, _context(story))


def test_or_it_stays_and_is_reported_once() -> None:
    story = stopped().later(days=8)
    (lapse,) = lapses(story.case, _context(story, STAYS))
    story.take(lapse)
    assert not lapse.ended
    assert story.case.clock is ClockState.STOPPED
    assert story.case.stops[0].overrun
    assert not lapses(story.case, _context(story, STAYS))
    assert timed(story, STAYS).light(story.now) is Light.GREY
    assert lapses(story.case, _context(story))[0].ended, "once the office says otherwise, it ends"


def test_longer_needs_an_approval_before_the_planned_end() -> None:
    story = stopped().later(days=7).do(ClaimCase(), HANDLER)
    n = story.case.stops[0].n
    stopped(ProlongPlan(stop=n, days=2, reason="复检"), story)
    assert due(story) == date(2026, 6, 23)
    story.later(days=3).do(ClaimCase(), HANDLER)
    late = Propose(plan=ProlongPlan(stop=n, days=2, reason="再检"))
    assert story.refused(late, HANDLER) == "stop.over"


def test_a_prolongation_that_is_approved_too_late_is_refused() -> None:
    story = stopped()
    plan = ProlongPlan(stop=story.case.stops[0].n, days=2, reason="复检")
    story.do(Propose(plan=plan), HANDLER).later(days=8)
    assert story.refused(Approve(proposal=story.case.proposals[0].n), APPROVER) == "stop.over"


def test_a_stop_after_the_due_date_leaves_the_case_overdue() -> None:
    """Overdue stays overdue (counting rule 4): the procedure runs, and the light stays red."""
    story = held().later(days=35).do(ClaimCase(), HANDLER)
    before = due(story)
    stopped(INSPECTION, story)
    assert story.case.clock is ClockState.STOPPED
    assert due(story) == before
    assert timed(story).light(story.now) is Light.RED


def test_resuming_what_has_ended_by_itself_writes_that_down() -> None:
    story = stopped().later(days=8).do(ClaimCase(), HANDLER)
    n = story.case.stops[0].n
    story.do(ResumeClock(stop=n, finding="合格"), HANDLER)
    assert story.case.stops[0].resumed_at is None
    assert story.refused(ResumeClock(stop=n, finding="合格"), HANDLER) == "stop.none"


def test_a_resumption_tells_what_was_found() -> None:
    story = stopped()
    n = story.case.stops[0].n
    assert story.refused(ResumeClock(stop=n, finding=" "), HANDLER) == "finding.missing"


def _context(story: CaseStory, calendar: WorkCalendar = REAL_CALENDAR) -> Context:
    return Context(now=story.now, calendar=calendar, user=HANDLER)


HEARING = Hearing(
    told_on=date(2026, 5, 22),
    applied_on=date(2026, 5, 27),
    held_on=date(2026, 6, 15),
    place="第一听证室",
)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"applied_on": date(2026, 5, 28)}, "hearing.applied_late"),
        ({"applied_on": date(2026, 5, 21)}, "hearing.order"),
        ({"applied_on": date(2026, 6, 2)}, "hearing.order"),
        ({"held_on": date(2026, 6, 26)}, "hearing.held_late"),
        ({"held_on": date(2026, 6, 9)}, "hearing.notice_late"),
        ({"place": ""}, "hearing.place_missing"),
        ({}, ""),
        ({"held_on": date(2026, 6, 25)}, ""),
        ({"held_on": date(2026, 6, 10)}, ""),
    ],
)
def test_the_dates_of_a_hearing(change: dict[str, object], code: str) -> None:
    """Told on Friday: five days end on the 27th; 20 working days from then on 25 June."""
    plan = replace(INSPECTION, procedure=Procedure.HEARING, hearing=replace(HEARING, **change))
    story = held()
    if code:
        assert story.refused(Propose(plan=plan), HANDLER) == code
    else:
        assert stopped(plan, story).case.stops[0].hearing is not None


def test_only_a_hearing_has_dates_of_one() -> None:
    plan = replace(INSPECTION, hearing=HEARING)
    assert held().refused(Propose(plan=plan), HANDLER) == "hearing.not_one"
