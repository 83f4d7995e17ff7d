"""The light of a limit (counting rule 11), and its turning points to store on a row.

Red after the due date; grey while stopped; yellow when the counted units left, today not among
them, are at most the warning; else green. Settled here: the limit of which a fifth is taken is
the one with its extensions; where a due date moved on to a working day, the days that it moved
over are not counted ones, so none is left on them; a finished clock has no light.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import lru_cache

import msgspec

from clerk.contract.limits import Limit
from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock.counting import Count, count_limit
from clerk.rules.clock.facts import PLAIN_REMEMBERED, ClockFacts, ClockSettings
from clerk.rules.clock.moments import FOREVER, MICROSECOND, begin_of, ordinal_of

_FIFTH = 5


class Light(StrEnum):
    """What a worklist shows beside a case."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    NONE = "none"


class LightPlan(msgspec.Struct, frozen=True):
    """When a light turns, if nothing more happens to its clock.

    Derived and stored anew with each event of the clock; from then on a light is a comparison,
    in SQL as well. For days the moments are midnights of the office. `grey_until` is None where
    the clock never stood, and FOREVER where only a person ends the stop. All three are None
    when the clock has been finished.
    """

    grey_until: datetime | None = None
    yellow_from: datetime | None = None
    red_from: datetime | None = None


def light_by_plan(plan: LightPlan, now: datetime) -> Light:
    """The light at a moment not before the last event that the plan was derived from."""
    if plan.red_from is None or plan.yellow_from is None:
        return Light.NONE
    if now >= plan.red_from:
        return Light.RED
    if plan.grey_until is not None and now < plan.grey_until:
        return Light.GREY
    return Light.YELLOW if now >= plan.yellow_from else Light.GREEN


def plan_light(facts: ClockFacts, calendar: WorkCalendar) -> LightPlan:
    """The turning points of a clock to which nothing more happens."""
    if facts.finished_at is not None:
        return LightPlan()
    if facts.is_plain:
        started = ordinal_of(facts.started_at)
        return _plan_plain(facts.limit, facts.settings.warning, calendar, started)
    count = count_limit(facts, calendar)
    if count.kept_open:
        return LightPlan(FOREVER, FOREVER, FOREVER)
    return LightPlan(_grey_until(count), _yellow_from(count, facts.settings), _red_from(count))


@lru_cache(PLAIN_REMEMBERED)
def _plan_plain(
    limit: Limit, warning: int | None, calendar: WorkCalendar, started: int
) -> LightPlan:
    settings = ClockSettings(warning=warning)
    count = count_limit(ClockFacts(begin_of(started), limit, settings=settings), calendar)
    return LightPlan(None, _yellow_from(count, settings), _red_from(count))


def light_at(facts: ClockFacts, calendar: WorkCalendar, now: datetime) -> Light:
    """The light at any moment, by what is known of the clock today."""
    if facts.finished_at is not None:
        return Light.NONE
    count = count_limit(facts, calendar, now)
    if now >= _red_from(count):
        return Light.RED
    if count.stands_still(now):
        return Light.GREY
    return Light.YELLOW if now >= _yellow_from(count, facts.settings) else Light.GREEN


def _red_from(count: Count) -> datetime:
    return count.scale.last_moment(count.due) + MICROSECOND


def _grey_until(count: Count) -> datetime | None:
    standing = [until for after, until in count.spans if until > after]
    return count.scale.span_is_over(max(standing)) if standing else None


def _yellow_from(count: Count, settings: ClockSettings) -> datetime:
    unit = count.scale.unit
    warning = settings.warning
    if warning is None:
        warning = max(1, -(-count.total // (_FIFTH * unit)))
    before_warning = count.total - warning * unit
    if before_warning <= 0:
        return count.scale.begins(count.start)
    return count.scale.begins(count.position_when_used(before_warning))
