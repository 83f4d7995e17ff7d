"""What the law leaves to the office (*local*), as versioned settings that travel to the desks."""

from __future__ import annotations

from datetime import datetime, time
from typing import TypeVar

import msgspec

from clerk.decoding import decode

_Setting = TypeVar("_Setting", bound=msgspec.Struct)

CLOCK_CHOICES = "clock"
"""The id under which the office's choices about the clock stand among the settings."""

MATTER_CHOICES = "matters"
"""The id under which the limits of complaints, inquiries and suggestions stand there."""


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


class MatterChoice(msgspec.Struct, frozen=True, kw_only=True):
    """The office's limits of matters (诉求) from a moment on, in working days."""

    since: datetime
    inquiry_answer: int = 5
    complaint_contact: int = 1
    complaint_answer: int = 15
    suggestion_answer: int = 30
    follow_up_contact: int = 1
    follow_up_mend: int = 15


class MatterChoices(msgspec.Struct, frozen=True, kw_only=True):
    """Every choice of limits that ever held, the oldest first; before the first the defaults."""

    versions: tuple[MatterChoice, ...] = ()

    def held_at(self, moment: datetime) -> MatterChoice:
        """The limits of what is taken in at a moment."""
        held = [one for one in self.versions if one.since <= moment]
        return held[-1] if held else MatterChoice(since=moment)


RATING_CHOICE = "rating"
"""The id under which stands where applicants rate."""


class RatingChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Where the page of ratings is reached from outside, and for how many days a code opens it.

    Without an address no code is printed.
    """

    address: str = ""
    days: int = 30


def read_setting(body: bytes | None, kind: type[_Setting]) -> _Setting:
    """A setting as it is kept; where nothing is, the office has its default."""
    return kind() if body is None else decode(body, kind)
