"""What is usual, against somebody who asks day by day; what a case took, against the days lived."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clerk.contract.answer import Refusal
from clerk.contract.case import Outcome
from clerk.contract.command import Approve, ClaimCase, DecideCase, PassStep, Propose, ResumeClock
from clerk.contract.proposal import Procedure, StopPlan
from clerk.contract.user import User
from clerk.rules.usual_time import FEWEST_CASES, measure, spent_days
from tests.support.cases import APPROVER, HANDLER, REVIEWER, CaseStory
from tests.support.work_calendar import REAL_CALENDAR

TODAY = date(2026, 6, 1)
PLAN = StopPlan(procedure=Procedure.TEST, basis="法第一条", planned_days=9, reason="抽样")


def naive_days(spent: list[int], tenths: int) -> int:
    """Wait day by day until that share of the cases is decided."""
    day = 0
    while sum(one <= day for one in spent) * 10 < tenths * len(spent):
        day += 1
    return day


@given(st.lists(st.integers(0, 60), max_size=220))
def test_what_is_usual_agrees_with_waiting_day_by_day(spent: list[int]) -> None:
    told = measure("food", spent, TODAY)
    assert told.decided == len(spent)
    if len(spent) < FEWEST_CASES:
        assert (told.median_days, told.slow_days) == (None, None)
    else:
        assert told.median_days == naive_days(spent, 5)
        assert told.slow_days == naive_days(spent, 9)


def test_fewer_than_five_cases_say_nothing() -> None:
    assert measure("food", [3, 3, 3, 3], TODAY).median_days is None
    assert measure("food", [3, 3, 3, 3, 9], TODAY).median_days == 3
    assert measure("food", [3, 3, 3, 3, 9], TODAY).slow_days == 9


def take_up(story: CaseStory, user: User) -> None:
    """Claim the case, unless it is still in these hands: a claim runs out."""
    if not isinstance(story.ask(ClaimCase(), user), Refusal):
        story.do(ClaimCase(), user)


@given(first=st.integers(0, 40), stopped=st.none() | st.integers(0, 8), last=st.integers(0, 40))
def test_a_case_took_its_working_days_less_those_stopped(
    first: int, stopped: int | None, last: int
) -> None:
    """Past the due date too, where the legal clock counts no further."""
    story = CaseStory().accepted()
    accepted = story.now.date()
    story.later(days=first)
    away: set[date] = set()
    if stopped is not None:
        take_up(story, HANDLER)
        story.do(Propose(plan=PLAN), HANDLER).do(Approve(proposal=4), APPROVER)
        began = story.now.date()
        story.later(days=stopped)
        take_up(story, HANDLER)
        story.do(ResumeClock(stop=story.case.stops[0].n, finding="合格"), HANDLER)
        away = {began + timedelta(days=n) for n in range(stopped)}
    story.later(days=last)
    for user in (HANDLER, REVIEWER):
        take_up(story, user)
        story.do(PassStep(opinion="同意"), user)
    take_up(story, APPROVER)
    assert spent_days(story.case, REAL_CALENDAR) is None, "nothing is decided yet"
    story.do(DecideCase(outcome=Outcome.GRANTED, opinion="准予"), APPROVER)
    span = (story.now.date() - accepted).days
    days = [accepted + timedelta(days=n) for n in range(1, span + 1)]
    lived = sum(REAL_CALENDAR.is_working_day(day) and day not in away for day in days)
    assert spent_days(story.case, REAL_CALENDAR) == lived
