"""What the law leaves to the office (*local*), as versioned settings that travel to the desks."""

from __future__ import annotations

from datetime import datetime, time

import msgspec

CLOCK_CHOICES = "clock"
"""The id under which the office's choices about the clock stand among the settings."""


class Stretch(msgspec.Struct, frozen=True):
    """One stretch of the office's opening, within a day."""

    opens: time
    closes: time


class ClockChoice(msgspec.Struct, frozen=True, kw_only=True):
    """How the office counts from a moment on; cases keep to what held when they were received.

    `stay_stopped`: a stop past its planned days stays and is reported. `pause_promise`: whether
    a stop pauses promised limits, where the item allows it. `warning`: counted units left at
    which a light turns yellow; None is the larger of 1 and a fifth. `hours`: none are the
    default ones. `defer_acceptance`: whether a window may leave a complete application for
    later days of the five without its being yellow.
    """

    since: datetime
    stay_stopped: bool = False
    pause_promise: bool = True
    warning: int | None = None
    hours: tuple[Stretch, ...] = ()
    defer_acceptance: bool = True


class ClockChoices(msgspec.Struct, frozen=True, kw_only=True):
    """Every choice that ever held, the oldest first; before the first the defaults held."""

    versions: tuple[ClockChoice, ...] = ()

    def held_at(self, moment: datetime) -> ClockChoice | None:
        """What was chosen when something began."""
        held = [one for one in self.versions if one.since <= moment]
        return held[-1] if held else None
