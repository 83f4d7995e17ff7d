"""When a bundle application can be done at the earliest, and which items decide that.

From the limits of the items and from what has happened: an item that is decided ended on that
day, one whose limit runs ends on its due date, and one that has yet to begin takes its whole
limit from the day that all it waits for is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.limits import Limit
from clerk.rules.bundle.graph import in_order
from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock import ClockFacts, derive_deadline

_MORNING = time(9, tzinfo=OFFICE_ZONE)


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """An item of the application. `due_on` is the due date of a limit that runs.

    `failed`: it was refused, declined or withdrawn, and nothing came in its place.
    """

    item: str
    limit: Limit
    after: tuple[str, ...] = ()
    finished_on: date | None = None
    due_on: date | None = None
    failed: bool = False


class Planned(msgspec.Struct, frozen=True):
    """When an item can be done; None for never, as things are."""

    item: str
    finish: date | None
    critical: bool


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """The whole. `finish` is None where something has come to nothing that others wait for.

    `critical` is the chain of items that decides the finish, the first one first.
    """

    planned: tuple[Planned, ...]
    finish: date | None
    critical: tuple[str, ...] = ()


def schedule(tasks: Sequence[Task], calendar: WorkCalendar, today: date) -> Schedule:
    """The earliest finish of every item and of all of them."""
    known = {task.item: task for task in tasks}
    finishes: dict[str, date | None] = {}
    for item in in_order({task.item: task.after for task in tasks}):
        finishes[item] = _finish(known[item], finishes, calendar, today)
    whole = _latest([one for task, one in _pairs(tasks, finishes) if not task.failed])
    critical = _critical(known, finishes) if whole else ()
    chain = frozenset(critical)
    planned = tuple(Planned(one.item, finishes[one.item], one.item in chain) for one in tasks)
    return Schedule(planned=planned, finish=whole, critical=critical)


def _pairs(
    tasks: Sequence[Task], finishes: Mapping[str, date | None]
) -> list[tuple[Task, date | None]]:
    return [(task, finishes[task.item]) for task in tasks]


def _finish(
    task: Task, finishes: Mapping[str, date | None], calendar: WorkCalendar, today: date
) -> date | None:
    if task.finished_on is not None:
        return task.finished_on
    if task.failed:
        return None
    if task.due_on is not None:
        return max(task.due_on, today)
    before = [finishes[one] for one in task.after if one in finishes]
    start = _latest([today, *before])
    return None if start is None else _due(start, task.limit, calendar)


def _latest(days: Sequence[date | None]) -> date | None:
    """The last of these days; never is later than all, and of none there is none."""
    told = [day for day in days if day is not None]
    return max(told) if told and len(told) == len(days) else None


def _due(start: date, limit: Limit, calendar: WorkCalendar) -> date:
    moment = datetime.combine(start, _MORNING)
    return derive_deadline(ClockFacts(started_at=moment, limit=limit), calendar, moment).due_on


def _critical(known: Mapping[str, Task], finishes: Mapping[str, date | None]) -> tuple[str, ...]:
    """Back from what ends last, each time to what ends last of that it waits for."""
    ends = {item: day for item, day in finishes.items() if day is not None}
    chain: list[str] = []
    candidates = [task.item for task in known.values() if task.item in ends]
    while candidates:
        last = max(candidates, key=lambda item: ends[item])
        chain.append(last)
        candidates = [one for one in known[last].after if one in ends]
    return tuple(reversed(chain))
