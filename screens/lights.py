"""Lights and dates as a list shows them: a shape and a word, never colour alone."""

from __future__ import annotations

from datetime import date, datetime

from clerk.clock import OFFICE_ZONE
from clerk.rules.clock import Light
from screens.words import word

_SHAPES = {
    Light.GREEN: "●",
    Light.YELLOW: "▲",
    Light.RED: "■",
    Light.GREY: "‖",
    Light.NONE: "",
}
_COLOURS = {
    Light.GREEN: "$text-success",
    Light.YELLOW: "$text-warning",
    Light.RED: "$text-error",
    Light.GREY: "$text-muted",
    Light.NONE: "",
}


def name_light(light: Light) -> str:
    """The light with its shape; nothing where no limit runs."""
    return f"{_SHAPES[light]} {word(light)}" if light is not Light.NONE else ""


def colour_of(light: Light) -> str:
    """The colour of a light in a text; none where no limit runs."""
    return _COLOURS[light]


def class_of(light: Light) -> str:
    """The class that colours a row of a list; what is in time stays calm."""
    return "" if light in {Light.NONE, Light.GREEN} else f"listing--{light.value}"


def name_moment(at: datetime) -> str:
    """A moment in the office's time, to the minute."""
    return f"{at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"


def name_short_day(day: date | None, today: date) -> str:
    """A day in as few characters as it can be told; of another year with its year."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%y-%m-%d}"


def name_day(day: date | None) -> str:
    """A day, or a dash."""
    return day.isoformat() if day else "–"


def name_word(at: datetime) -> str:
    """When a register's word is from; one that knows only the day says no time."""
    local = at.astimezone(OFFICE_ZONE)
    day_alone = (local.hour, local.minute) == (0, 0)
    return local.strftime("%Y-%m-%d" if day_alone else "%Y-%m-%d %H:%M")
