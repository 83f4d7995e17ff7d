"""A bundle application as a whole: what counts of it, and when it can be done."""

from __future__ import annotations

from datetime import date

from clerk.contract.bundle import Standing
from clerk.contract.project import Project, ProjectItem
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
