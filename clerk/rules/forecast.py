"""What can be told at the counter before acceptance: when each item is due, and what is usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.bundle import DraftProject, Standing
from clerk.contract.item import Item
from clerk.contract.usual_time import UsualTime
from clerk.rules.bundle.gate import waits_for
from clerk.rules.bundle.handling import under_lead
from clerk.rules.bundle.pace import at_usual_pace
from clerk.rules.bundle.place import find_node, place_of
from clerk.rules.bundle.schedule import Task, schedule
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.choosing import clock_settings
from clerk.rules.clock import ClockFacts, Deadline, derive_deadline


class ItemForecast(msgspec.Struct, frozen=True, kw_only=True):
    """One item, as if it were accepted now.

    `due_on` is the last day of the promise, else of the law; None where it `waits_for` items of
    its bundle, by name: its limit begins once they are granted. `uncertain` marks a due date that
    lies beyond the newest calendar. `usual` is None where central has told nothing of the item.
    """

    item: str
    due_on: date | None
    uncertain: bool
    usual: UsualTime | None = None
    waits_for: tuple[str, ...] = ()


class VisitForecast(msgspec.Struct, frozen=True, kw_only=True):
    """All items of a visit: the earliest finish by their limits, and by what is usual.

    `usual_on` is None where of no item it is known what is usual; an item of which it is not
    takes its whole limit. `bundle`: some wait for others of a bundle application.
    """

    items: tuple[ItemForecast, ...] = ()
    due_on: date | None = None
    usual_on: date | None = None
    uncertain: bool = False
    bundle: bool = False


NOTHING = VisitForecast()
"""The forecast of a visit without items."""


def foresee(
    items: Sequence[Item],
    project: DraftProject | None,
    usual: Mapping[str, UsualTime],
    calendar: WorkCalendar,
    now: datetime,
) -> VisitForecast:
    """Look ahead from a visit's items; those of a bundle wait for each other as it says."""
    if not items:
        return NOTHING
    lead = project.bundle.lead_department if project else ""
    items = [under_lead(one, lead) for one in items]
    today = now.astimezone(OFFICE_ZONE).date()
    tasks = _tasks(items, project)
    awaited = _awaited(items, project)
    told = [_foresee_item(one, awaited[one.id], usual.get(one.id), calendar, now) for one in items]
    usually = at_usual_pace(tasks, usual)
    due_on = schedule(tasks, calendar, today).finish
    usual_on = schedule(usually, calendar, today).finish if usually else None
    return VisitForecast(
        items=tuple(told),
        due_on=due_on,
        usual_on=usual_on,
        uncertain=any(day and calendar.is_forecast(day) for day in (due_on, usual_on)),
        bundle=any(awaited.values()),
    )


def _foresee_item(
    item: Item,
    awaited: tuple[str, ...],
    usual: UsualTime | None,
    calendar: WorkCalendar,
    now: datetime,
) -> ItemForecast:
    if awaited:
        return ItemForecast(
            item=item.id, due_on=None, uncertain=False, usual=usual, waits_for=awaited
        )
    due = _due(item, calendar, now)
    return ItemForecast(item=item.id, due_on=due.due_on, uncertain=due.forecast, usual=usual)


def _due(item: Item, calendar: WorkCalendar, now: datetime) -> Deadline:
    chosen = clock_settings(calendar.choices.held_at(now), pauses=item.pause_counts_for_promised)
    limit = item.promised or item.statutory
    return derive_deadline(ClockFacts(now, limit, settings=chosen), calendar, now)


def _awaited(items: Sequence[Item], project: DraftProject | None) -> dict[str, tuple[str, ...]]:
    """What each item waits for, by name, where nothing of the bundle is granted yet."""
    names = {one.id: one.name for one in items}
    asked = dict.fromkeys(names, Standing.OPEN)
    places = {one: place_of(project, one) if project else None for one in names}
    return {
        item: tuple(names.get(one.item, one.name) for one in waits_for(place, asked))
        for item, place in places.items()
    }


def _tasks(items: Sequence[Item], project: DraftProject | None) -> list[Task]:
    asked = {one.id for one in items}
    return [
        Task(item=one.id, limit=one.promised or one.statutory, after=_after(one, project, asked))
        for one in items
    ]


def _after(item: Item, project: DraftProject | None, asked: set[str]) -> tuple[str, ...]:
    node = find_node(project.bundle, item.id) if project else None
    return tuple(one for one in node.after if one in asked) if node else ()
