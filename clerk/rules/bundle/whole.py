"""A bundle application as a whole: what counts of it, and when it can be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from clerk.contract.bundle import Standing
from clerk.contract.case import ClockState
from clerk.contract.project import Project, ProjectItem
from clerk.contract.usual_time import UsualTime
from clerk.rules.bundle.pace import at_usual_pace
from clerk.rules.bundle.schedule import Schedule, Task, schedule
from clerk.rules.calendar import WorkCalendar


def counted_items(project: Project) -> tuple[ProjectItem, ...]:
    """What was asked for, and the main items that are still to come.

    An auxiliary item that nobody asked for is not the project's, and neither is one that a
    department found not to be needed.
    """
    return tuple(one for one in project.items if _counts(one))


def askable_items(project: Project) -> tuple[ProjectItem, ...]:
    """What may still be asked for: not in hand, not granted."""
    again = {Standing.NOT_ASKED, Standing.FAILED, Standing.WAIVED}
    return tuple(one for one in project.items if one.standing in again)


def plan_project(project: Project, calendar: WorkCalendar, today: date) -> Schedule:
    """The earliest finish and the critical path of what counts."""
    return schedule([_task(one) for one in counted_items(project)], calendar, today)


def plan_at_usual_pace(
    project: Project, usual: Mapping[str, UsualTime], calendar: WorkCalendar, today: date
) -> Schedule | None:
    """The same with what items usually take in place of their limits; None where that is unknown.

    What runs is expected its median after its limit began: with acceptance, or once what it
    waited for was granted. While it is stopped, it is expected by its due date.
    """
    counted = counted_items(project)
    tasks = at_usual_pace([_task(one) for one in counted], usual)
    if not tasks:
        return None
    ends = {one.item: _task(one).finished_on for one in counted}
    expected = {one.item: _expected(one, ends, usual.get(one.item), calendar) for one in counted}
    paced = [msgspec.structs.replace(task, due_on=expected[task.item]) for task in tasks]
    return schedule(paced, calendar, today)


def _expected(
    item: ProjectItem,
    ends: Mapping[str, date | None],
    usual: UsualTime | None,
    calendar: WorkCalendar,
) -> date | None:
    """When an item that runs is usually decided; else the due date of its limit."""
    case, due_on = item.case, _task(item).due_on
    median = usual.median_days if usual else None
    if not (case and due_on and case.accepted_on) or median is None:
        return due_on
    if case.clock is not ClockState.RUNNING:
        return due_on
    freed = [day for one in item.after if (day := ends.get(one))]
    began = max(case.accepted_on, *freed) if freed else case.accepted_on
    return calendar.working_day_after(began, median) if median else began


def _counts(item: ProjectItem) -> bool:
    if item.standing is Standing.NOT_ASKED:
        return item.main
    return item.standing is not Standing.WAIVED


def _task(item: ProjectItem) -> Task:
    case = item.case
    return Task(
        item=item.item,
        limit=item.limit,
        after=item.after,
        finished_on=case.decided_on if case and item.standing is Standing.GRANTED else None,
        due_on=case.due_on if case and item.standing is Standing.OPEN else None,
        failed=item.standing is Standing.FAILED,
    )
