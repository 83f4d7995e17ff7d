"""The legal clock a second time, slowly: one day after another, as the law's words tell it.

It shares the facts' shapes with the rules and no code: no ordinals, no numbered working days,
no spans. A clock is lived through, each event taken on its day, each planned day ticked off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from clerk.clock import OFFICE_ZONE
from clerk.contract.calendar import CalendarData
from clerk.contract.limits import Unit
from clerk.rules.clock.facts import ClockFacts, Extension, Stop
from clerk.rules.clock.receipt import ReceiptFacts

ONE_DAY = timedelta(days=1)
LATEST_DAYS = 4000


class KnownDays(NamedTuple):
    """The notices' days, to look a day up in."""

    holidays: frozenset[date]
    makeup_workdays: frozenset[date]


def know_days(data: CalendarData) -> KnownDays:
    """The days of a calendar's data."""
    return KnownDays(frozenset(data.holidays), frozenset(data.makeup_workdays))


@dataclass
class LivedDay:
    """A day of a lived clock, at its end."""

    counted: bool
    standing: bool
    used: int


@dataclass
class Lived:
    """What a lived clock came to."""

    due_at: datetime
    total: int
    standing_now: bool = False
    used_now: int | None = None
    days: dict[date, LivedDay] = field(default_factory=dict)
    taken_extensions: list[Extension] = field(default_factory=list)


@dataclass
class OpenStop:
    """A stop being lived through: planned days are ticked off until it ends."""

    stop: Stop
    remaining: int
    overran: bool = False


def is_worked(day: date, data: KnownDays) -> bool:
    """Monday to Friday less holidays plus make-up days."""
    if day in data.makeup_workdays:
        return True
    return day.isoweekday() <= 5 and day not in data.holidays


def local_day(moment: datetime) -> date:
    """The office's date."""
    return moment.astimezone(OFFICE_ZONE).date()


class _OpenStops:
    """All stops that stand now, taken in and ended as the days pass."""

    def __init__(self, facts: ClockFacts, data: KnownDays, now: datetime) -> None:
        self._facts = facts
        self._data = data
        self._today = local_day(now)
        self._open: list[OpenStop] = []

    def take(self, stop: Stop) -> None:
        """A stop begins."""
        self._open.append(OpenStop(stop, stop.planned_days))

    def prolong(self, day: date) -> None:
        """Prolongations approved today add to the stops whose plan has not run out yet."""
        for each in self._open:
            if each.overran:
                continue
            for prolongation in each.stop.prolongations:
                if local_day(prolongation.approved_at) == day:
                    each.remaining += prolongation.working_days

    def resume(self, until: datetime) -> None:
        """Those resumed by now no longer stand."""
        self._open = [
            each for each in self._open if each.stop.ended_at is None or each.stop.ended_at > until
        ]

    def end_day(self, day: date) -> None:
        """A planned working day after the day each began is over; the last one ends the stop."""
        for each in self._open:
            if day > local_day(each.stop.began_at) and is_worked(day, self._data):
                each.remaining -= 1
            each.overran = each.remaining <= 0
        self._open = [each for each in self._open if self._stays(each, day)]

    def _stays(self, each: OpenStop, day: date) -> bool:
        if each.remaining > 0:
            return True
        if not self._facts.settings.stay_stopped:
            return False
        return each.stop.ended_at is not None or day < self._today

    def any_stands(self) -> bool:
        """Whether the clock stands still."""
        return bool(self._open)


def live_days(facts: ClockFacts, data: KnownDays, now: datetime) -> Lived:
    """Live through a limit in days, or an instant one, to its due date and well past it."""
    working = facts.limit.unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)
    start = local_day(facts.started_at)
    stops = _OpenStops(facts, data, now)
    lived = Lived(due_at=facts.started_at, total=facts.limit.amount)
    used, due = 0, None
    first = min([start, *(local_day(stop.began_at) for stop in facts.stops)])
    day = first
    while due is None:
        for extension in facts.extensions:
            made = local_day(extension.made_at)
            if made == day or (made < first and day == first):
                lived.total += extension.days
                lived.taken_extensions.append(extension)
        for stop in facts.stops:
            if local_day(stop.began_at) == day:
                stops.take(stop)
        stops.prolong(day)
        stops.resume(_end_of(day))
        standing = stops.any_stands()
        worked = is_worked(day, data)
        counted = day > start and not standing and (worked or not working)
        used += counted
        lived.days[day] = LivedDay(counted, standing, used)
        if day == local_day(now):
            lived.standing_now, lived.used_now = standing, used
        if day >= start and used >= lived.total and worked and not standing:
            due = day
        stops.end_day(day)
        day += ONE_DAY
        assert (day - first).days < LATEST_DAYS, "the clock never came to its due date"
    lived.due_at = _end_of(due)
    _forget_days_beyond_limit(lived)
    return lived


def _forget_days_beyond_limit(lived: Lived) -> None:
    """Natural days that the due date moved over are not counted ones, unless an extension came."""
    for each in lived.days.values():
        if each.used > lived.total:
            each.counted, each.used = False, lived.total
    if lived.used_now is not None:
        lived.used_now = min(lived.used_now, lived.total)


def live_hours(facts: ClockFacts, data: KnownDays, now: datetime, step: timedelta) -> Lived:
    """Live through a limit in hours, step by step; every event lies on a step."""
    opening = facts.settings.office_hours
    office_day = sum(
        (datetime.combine(date.min, each.closes) - datetime.combine(date.min, each.opens)) // step
        for each in opening
    )
    working = facts.limit.unit is Unit.WORKING_HOURS
    a_day = office_day if working else ONE_DAY // step
    stops = _OpenStops(facts, data, now)
    lived = Lived(due_at=facts.started_at, total=facts.limit.amount * (timedelta(hours=1) // step))
    used = 0
    moment = facts.started_at.astimezone(OFFICE_ZONE)
    while True:
        day = moment.date()
        for extension in facts.extensions:
            if extension.made_at == moment:
                lived.total += extension.days * a_day
                lived.taken_extensions.append(extension)
        if used >= lived.total:
            lived.due_at = moment
            if moment == now:
                lived.used_now = used
            return lived
        for stop in facts.stops:
            if stop.began_at == moment:
                stops.take(stop)
        stops.resume(moment)
        inside = any(each.opens <= moment.time() < each.closes for each in opening)
        counts = not working or (inside and is_worked(day, data))
        standing = stops.any_stands()
        counted = counts and not standing
        if moment == now:
            lived.standing_now, lived.used_now = standing, used
        used += counted
        so_far = lived.days.get(day)
        lived.days[day] = LivedDay(
            counted or (so_far is not None and so_far.counted), standing, used
        )
        moment += step
        if moment.date() != day:
            stops.prolong(day)
            stops.end_day(day)


def live(facts: ClockFacts, data: KnownDays, now: datetime, step: timedelta) -> Lived:
    """Live through any limit; one of 0 is instant, in days."""
    in_days = facts.limit.unit in (Unit.WORKING_DAYS, Unit.NATURAL_DAYS)
    if in_days or facts.limit.amount == 0:
        return live_days(facts, data, now)
    return live_hours(facts, data, now, step)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, OFFICE_ZONE)


def live_receipt(facts: ReceiptFacts, data: KnownDays, now: datetime) -> tuple[date, date] | None:
    """Live from receipt to now: the day accepted by the clock, and the day it is dated from."""
    day = started = local_day(facts.received_at)
    worked_days, running = 0, True
    notices = {local_day(each.noticed_at) for each in facts.rounds}
    complete = {local_day(each.completed_at) for each in facts.rounds if each.completed_at}
    concluded = facts.concluded_at and local_day(facts.concluded_at)
    while day <= local_day(now):
        if running and day > started and is_worked(day, data):
            worked_days += 1
        if day in notices or day == concluded:
            running = False
        if day in complete:
            started, worked_days, running = day, 0, day != concluded
        if running and worked_days == facts.limit.amount and day < local_day(now):
            return day, started
        day += ONE_DAY
    return None
