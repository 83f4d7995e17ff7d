"""The earliest finish and the critical path, against somebody who walks every way day by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from clerk.contract.limits import Limit, Unit
from clerk.rules.bundle.schedule import Task, schedule
from tests.support.bundles import graphs
from tests.support.work_calendar import REAL_CALENDAR

TODAY = date(2026, 2, 10)
"""Before the spring festival of 2026, with its make-up days."""


@st.composite
def projects(draw: st.DrawFn) -> list[Task]:
    """Items in every state; what is done or runs has all that it waits for behind it."""
    after = draw(graphs())
    states: dict[str, str] = {}
    tasks = {}
    for item in sorted(after):
        before = {states[one] for one in after[item]}
        choices = ["to_come", "failed", *(["done", "runs"] if before <= {"done"} else [])]
        states[item] = draw(st.sampled_from(choices))
        past = TODAY - timedelta(days=draw(st.integers(0, 60)))
        due = TODAY + timedelta(days=draw(st.integers(-10, 40)))
        tasks[item] = Task(
            item=item,
            limit=Limit(draw(st.integers(0, 30))),
            after=after[item],
            finished_on=past if states[item] == "done" else None,
            due_on=due if states[item] == "runs" else None,
            failed=states[item] == "failed",
        )
    return [tasks[item] for item in after]


def naive_finish(task: Task, tasks: Mapping[str, Task]) -> date | None:
    """Live through the days: ask each way to the item, one after another."""
    if task.finished_on:
        return task.finished_on
    if task.failed:
        return None
    if task.due_on:
        return max(TODAY, task.due_on)
    day = TODAY
    for one in task.after:
        before = naive_finish(tasks[one], tasks)
        if before is None:
            return None
        while day < before:
            day += timedelta(days=1)
    left = task.limit.amount
    if left == 0:
        while not REAL_CALENDAR.is_working_day(day):
            day += timedelta(days=1)
    while left:
        day += timedelta(days=1)
        left -= REAL_CALENDAR.is_working_day(day)
    return day


def all_ways(task: Task, tasks: Mapping[str, Task]) -> list[tuple[str, ...]]:
    """Every chain of items that ends in this one and cannot be made longer."""
    ways = [way for one in task.after for way in all_ways(tasks[one], tasks)]
    return [(*way, task.item) for way in ways] or [(task.item,)]


@given(projects())
def test_the_rules_and_the_oracle_agree(tasks: list[Task]) -> None:
    known = {task.item: task for task in tasks}
    told = schedule(tasks, REAL_CALENDAR, TODAY)
    naive = {task.item: naive_finish(task, known) for task in tasks}
    assert {one.item: one.finish for one in told.planned} == naive
    ends = [naive[task.item] for task in tasks if not task.failed]
    reached = [day for day in ends if day is not None]
    whole = max(reached) if reached and len(reached) == len(ends) else None
    assert told.finish == whole


@given(projects())
def test_the_critical_path_is_a_way_that_decides_the_finish(tasks: list[Task]) -> None:
    known = {task.item: task for task in tasks}
    told = schedule(tasks, REAL_CALENDAR, TODAY)
    if told.finish is None:
        assert told.critical == ()
        return
    last = known[told.critical[-1]]
    assert told.critical in all_ways(last, known)
    finishes = {one.item: one.finish for one in told.planned}
    assert finishes[last.item] == told.finish
    for before, after in pairwise(told.critical):
        latest = max(day for one in known[after].after if (day := finishes[one]))
        assert finishes[before] == latest


@given(projects(), st.integers(1, 20))
def test_more_time_for_a_critical_item_that_is_to_come_is_never_for_nothing(
    tasks: list[Task], more: int
) -> None:
    told = schedule(tasks, REAL_CALENDAR, TODAY)
    coming = [
        task
        for task in tasks
        if task.item in told.critical and not task.finished_on
        if not task.due_on
    ]
    for slow in coming:
        slower = [
            Task(item=one.item, limit=Limit(one.limit.amount + more), after=one.after)
            if one is slow
            else one
            for one in tasks
        ]
        later = schedule(slower, REAL_CALENDAR, TODAY).finish
        assert later is not None
        assert told.finish is not None
        assert later > told.finish or slow.limit.amount == 0


def test_what_waits_for_a_failure_never_ends() -> None:
    tasks = [
        Task(item="a", limit=Limit(5), failed=True),
        Task(item="b", limit=Limit(5), after=("a",)),
        Task(item="c", limit=Limit(5)),
    ]
    told = schedule(tasks, REAL_CALENDAR, TODAY)
    assert [one.finish for one in told.planned] == [None, None, date(2026, 2, 24)]
    assert told.finish is None


def test_every_unit_counts() -> None:
    natural = Task(item="a", limit=Limit(10, Unit.NATURAL_DAYS))
    hours = Task(item="b", limit=Limit(7, Unit.WORKING_HOURS), after=("a",))
    told = schedule([natural, hours], REAL_CALENDAR, date(2026, 6, 1))
    assert [one.finish for one in told.planned] == [date(2026, 6, 11), date(2026, 6, 12)]


def test_nothing_is_done_when_nothing_is_asked_for() -> None:
    told = schedule([], REAL_CALENDAR, TODAY)
    assert (told.planned, told.finish, told.critical) == ((), None, ())
