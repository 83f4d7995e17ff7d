"""The count: from a clock's facts to its due date, on the scale of its limit's unit.

Events are taken in their order, and each against the due date as it then was: once that has
passed, a later stop or extension changes nothing (counting rules 4 and 6). Settled here:

- A stop or extension on the due date itself still counts, for the date has not passed.
- No due date falls on a day at whose end the clock stands still. So where a date moves to the
  next working day (rules 5 and 7), it moves to the next one on which the clock runs.
- A limit of 0 that is extended becomes a limit of the days added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock.facts import ClockFacts, Extension, Stop
from clerk.rules.clock.scale import Scale, Span, choose_scale
from clerk.rules.clock.stops import is_kept_open, span_of


@dataclass(frozen=True, slots=True)
class Count:
    """One limit counted out; positions are those of its scale.

    `reached` is where the last unit was counted, `due` where that moved to. `kept_open` says
    that a stop stands until a person ends it. Spans and extensions are those that took effect.
    """

    scale: Scale
    start: int
    total: int
    spans: tuple[Span, ...]
    reached: int
    due: int
    extensions: tuple[Extension, ...]
    kept_open: bool

    def used_at(self, position: int) -> int:
        """How much of the limit has been counted up to and including a position."""
        if position <= self.start:
            return 0
        used = self.scale.elapsed(position) - self.scale.elapsed(self.start)
        covered = self.start
        for after, until in self.spans:
            left, right = max(after, covered), min(until, position)
            if right > left:
                used -= self.scale.elapsed(right) - self.scale.elapsed(left)
                covered = right
        return min(used, self.total)

    def position_when_used(self, amount: int) -> int:
        """The earliest position at which so much of the limit has been counted."""
        return _reach(self.scale, self.start, amount, self.spans)

    def stands_still(self, moment: datetime) -> bool:
        """Whether the clock stands still at a moment, for days: at the end of its day."""
        at = self.scale.before(moment)
        return any(after <= at < until for after, until in self.spans)


def count_limit(facts: ClockFacts, calendar: WorkCalendar, now: datetime | None = None) -> Count:
    """Count a limit out; `now` matters only to a stop that is kept open (default: last event)."""
    now = now or last_event_of(facts)
    scale = choose_scale(facts.limit, calendar, facts.settings.office_hours)
    start = scale.position_of(facts.started_at)
    total = facts.limit.amount * scale.unit
    spans: list[Span] = []
    extensions: list[Extension] = []
    kept_open = False
    reached, due = _due(scale, calendar, start, total, spans)
    for position, event in _events_of(facts, scale):
        if isinstance(event, Extension):
            if position > due:
                break
            total += event.days * scale.day
            extensions.append(event)
        else:
            if scale.before(event.began_at) >= due:
                break
            spans.append(span_of(event, facts, calendar, scale, now))
            kept_open = kept_open or is_kept_open(event, facts)
        reached, due = _due(scale, calendar, start, total, spans)
    return Count(scale, start, total, tuple(spans), reached, due, tuple(extensions), kept_open)


def last_event_of(facts: ClockFacts) -> datetime:
    """The moment of the last thing known of a clock."""
    moments = [facts.started_at]
    moments.extend(extension.made_at for extension in facts.extensions)
    for stop in facts.stops:
        moments.append(stop.began_at)
        moments.extend(prolongation.approved_at for prolongation in stop.prolongations)
        if stop.ended_at is not None:
            moments.append(stop.ended_at)
    if facts.finished_at is not None:
        moments.append(facts.finished_at)
    return max(moments)


def _events_of(facts: ClockFacts, scale: Scale) -> Sequence[tuple[int, Extension | Stop]]:
    """Extensions and stops in their order; at one position the extension comes first."""
    if not facts.extensions and not facts.stops:
        return ()
    events: list[tuple[int, Extension | Stop]] = [
        (scale.position_of(extension.made_at), extension) for extension in facts.extensions
    ]
    events.extend((scale.position_of(stop.began_at), stop) for stop in facts.stops)
    return sorted(events, key=lambda event: event[0])


def _due(
    scale: Scale, calendar: WorkCalendar, start: int, total: int, spans: Sequence[Span]
) -> Span:
    """Where the limit is reached, and where that makes it due; spans in order of beginning."""
    reached = _reach(scale, start, total, spans) if total else start
    if not scale.lands:
        return reached, reached
    due = calendar.ordinal_from(reached)
    for after, until in spans:
        if after < due <= until:
            due = calendar.ordinal_from(until + 1)
    return reached, due


def _reach(scale: Scale, start: int, amount: int, spans: Sequence[Span]) -> int:
    """The position at which an amount above 0 has been counted outside the spans' union."""
    target = scale.elapsed(start) + amount
    position = scale.reach(target)
    covered = start
    for after, until in spans:
        if after >= position:
            break
        left = max(after, covered)
        if until > left:
            target += scale.elapsed(until) - scale.elapsed(left)
            position = scale.reach(target)
            covered = until
    return position
