"""What happened to a clock: the only thing that is stored; every date is derived from it.

Moments name their zone and are read as the office's local dates (counting rule 1).
"""

from __future__ import annotations

from datetime import datetime, time

import msgspec

from clerk.contract.limits import Limit, Unit

PLAIN_REMEMBERED = 4096
"""How many plain clocks are remembered: thousands of cases a day have the same one."""

_OF_DAYS = (Unit.WORKING_DAYS, Unit.NATURAL_DAYS)


class Prolongation(msgspec.Struct, frozen=True):
    """More working days for a special procedure, approved before its planned end."""

    approved_at: datetime
    working_days: int


class Stop(msgspec.Struct, frozen=True):
    """A special procedure (特别程序) that stops the clock (行政许可法 Art. 45).

    `ended_at` is the resumption; None while nobody has resumed.
    """

    began_at: datetime
    planned_days: int
    ended_at: datetime | None = None
    prolongations: tuple[Prolongation, ...] = ()


class Extension(msgspec.Struct, frozen=True):
    """Days added by the head of the body (行政许可法 Art. 42), in the days of the limit.

    Working days for a limit in working days, natural days for one in natural days; for a limit
    in hours a day is the office's hours of one working day, or 24 natural hours.
    """

    made_at: datetime
    days: int


class OfficeHours(msgspec.Struct, frozen=True):
    """One stretch of the office's opening, within a day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        assert self.opens < self.closes, "an office closes after it opens"


DEFAULT_OFFICE_HOURS = (
    OfficeHours(time(9), time(12)),
    OfficeHours(time(13, 30), time(17)),
)


class ClockSettings(msgspec.Struct, frozen=True):
    """What the law leaves to the item or the office (*local* in the rules).

    `stay_stopped`: a stop past its planned end stays and is reported, instead of ending by
    itself. `stops_pause_promised`: whether the promised limit pauses too. `warning`: counted
    units left at which the light turns yellow; None is the larger of 1 and a fifth of the limit.
    """

    stay_stopped: bool = False
    stops_pause_promised: bool = True
    warning: int | None = None
    office_hours: tuple[OfficeHours, ...] = DEFAULT_OFFICE_HOURS

    def __post_init__(self) -> None:
        assert self.office_hours, "an office is open at some time of the day"


DEFAULT_SETTINGS = ClockSettings()


class ClockFacts(msgspec.Struct, frozen=True):
    """One limit's clock: when it started, what stopped or extended it, when it was met."""

    started_at: datetime
    limit: Limit
    stops: tuple[Stop, ...] = ()
    extensions: tuple[Extension, ...] = ()
    finished_at: datetime | None = None
    settings: ClockSettings = DEFAULT_SETTINGS

    @property
    def is_plain(self) -> bool:
        """Whether nothing disturbed it and it counts days: its day and its limit tell all then."""
        return not (self.stops or self.extensions) and self.limit.unit in _OF_DAYS
