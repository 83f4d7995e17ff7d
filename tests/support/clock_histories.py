"""Random histories of a clock, plausible and otherwise, all moments on one half-hour step."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from clerk.clock import OFFICE_ZONE
from clerk.contract.limits import Limit, Unit
from clerk.rules.clock.facts import (
    ClockFacts,
    ClockSettings,
    Extension,
    OfficeHours,
    Prolongation,
    Stop,
)
from clerk.rules.clock.receipt import ReceiptFacts, SupplementRound

STEP = timedelta(minutes=30)
_STEPS_A_DAY = 48
_DAY = timedelta(days=1)
_EPOCH = datetime(2016, 12, 20, tzinfo=OFFICE_ZONE)
_DAYS_OF_STARTS = 3900  # into 2027, past the newest calendar
_UNITS = (
    *[Unit.WORKING_DAYS] * 5,
    *[Unit.NATURAL_DAYS] * 3,
    Unit.WORKING_HOURS,
    Unit.NATURAL_HOURS,
)
_SHORT_OFFICE = (
    OfficeHours(ClockSettings().office_hours[0].opens, ClockSettings().office_hours[0].closes),
)


def make_history(random: Random) -> tuple[ClockFacts, datetime]:
    """A clock's facts and a moment not before the last of them."""
    started_at = _start(random)
    limit = Limit(_amount(random), random.choice(_UNITS))
    reach_days = max(3, limit.amount * 2 if limit.unit in _UNITS[:8] else limit.amount // 5)
    stops = tuple(
        _stop(random, started_at, reach_days) for _ in range(random.choice((0, 0, 1, 1, 2, 3, 4)))
    )
    extensions = tuple(
        Extension(_later(random, started_at, reach_days), random.randrange(1, 16))
        for _ in range(random.choice((0, 0, 0, 1, 1, 2)))
    )
    facts = ClockFacts(started_at, limit, stops, extensions, None, _settings(random))
    return facts, _later(random, _last_event(facts), 30)


def make_receipt(random: Random) -> tuple[ReceiptFacts, datetime]:
    """What happened between a receipt and a moment not before the last of it."""
    received_at = last = _start(random)
    rounds: list[SupplementRound] = []
    complete = True
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        noticed_at = last + random.randrange(1, 9) * _DAY
        complete = random.random() < 0.8
        last = noticed_at + random.randrange(1, 15) * _DAY if complete else noticed_at
        rounds.append(SupplementRound(noticed_at, last if complete else None))
        if not complete:
            break
    concluded_at = last + random.randrange(1, 12) * _DAY if random.random() < 0.5 else None
    facts = ReceiptFacts(received_at, tuple(rounds), concluded_at)
    return facts, (concluded_at or last) + random.randrange(20) * _DAY


def make_promise(random: Random) -> Limit:
    """A limit that is promised beside the statutory one, of any unit."""
    return Limit(_amount(random), random.choice(_UNITS))


def _start(random: Random) -> datetime:
    return _EPOCH + timedelta(days=random.randrange(_DAYS_OF_STARTS)) + _time_of_day(random)


def _amount(random: Random) -> int:
    return random.choice((0, 1, 1, 2, 3, 5, 5, 7, 10, 15, 20, 20, 30, 45))


def _settings(random: Random) -> ClockSettings:
    return ClockSettings(
        stay_stopped=random.random() < 0.25,
        stops_pause_promised=random.random() < 0.7,
        warning=random.choice((None, None, None, 0, 1, 3, 60)),
        office_hours=random.choice((ClockSettings().office_hours, _SHORT_OFFICE)),
    )


def _stop(random: Random, started_at: datetime, reach_days: int) -> Stop:
    began_at = _later(random, started_at, reach_days)
    ended_at = (
        _later(random, began_at, random.choice((1, 3, 25))) if random.random() < 0.6 else None
    )
    prolongations = tuple(
        Prolongation(_later(random, began_at, 15), random.randrange(1, 8))
        for _ in range(random.choice((0, 0, 0, 1, 2)))
    )
    return Stop(began_at, random.randrange(13), ended_at, prolongations)


def _later(random: Random, moment: datetime, days: int) -> datetime:
    """Some moment in the days from this one on, sometimes this very one."""
    return moment + random.randrange(days * _STEPS_A_DAY + 1) * STEP


def _time_of_day(random: Random) -> timedelta:
    return random.randrange(_STEPS_A_DAY) * STEP


def _last_event(facts: ClockFacts) -> datetime:
    moments = [facts.started_at, *(extension.made_at for extension in facts.extensions)]
    for stop in facts.stops:
        moments.append(stop.ended_at or stop.began_at)
        moments.extend(prolongation.approved_at for prolongation in stop.prolongations)
    return max(moments)
