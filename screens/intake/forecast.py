"""The forecast in words: when an item is due if it is accepted today, and what is usual."""

from __future__ import annotations

from datetime import date

from clerk.contract.limits import Limit
from clerk.contract.usual_time import UsualTime
from clerk.locale import _, listed
from clerk.rules.forecast import ItemForecast, VisitForecast
from screens.lights import name_day
from screens.words import name_limit

UNCERTAIN = "≈"
"""The sign of a date beyond the newest calendar."""


def tell_item(forecast: ItemForecast) -> str:
    """One item's due date, or what it waits for, and what it usually takes."""
    due = _("its limit begins once these are granted: {names}")
    due = due.format(names=listed(forecast.waits_for))
    if forecast.due_on is not None:
        day = _day(forecast.due_on, uncertain=forecast.uncertain)
        due = _("accepted today, due on {day}").format(day=day)
    note = f" · {_beyond()}" if forecast.uncertain else ""
    return f"{due} · {tell_usual(forecast.usual)}{note}"


def tell_usual(usual: UsualTime | None) -> str:
    """What decided cases of an item took, how many they were, and how old that is."""
    if usual is None or usual.median_days is None or usual.slow_days is None:
        return _("too few decided cases to say what is usual")
    told = _("usually {half}, nine in ten within {most} ({count} cases, as of {day})")
    if not usual.slow_days:
        told = _("usually {half} ({count} cases, as of {day})")
    return told.format(
        half=_span(usual.median_days),
        most=_span(usual.slow_days),
        count=usual.decided,
        day=name_day(usual.counted_on),
    )


def tell_visit(forecast: VisitForecast) -> str:
    """The whole visit in one line; empty without items."""
    if forecast.due_on is None:
        return ""
    told = _("Accepted today, all is due by {day}")
    if forecast.bundle:
        told = _("Earliest finish, each item after those that it waits for: {day}")
    told = told.format(day=_day(forecast.due_on, uncertain=forecast.uncertain))
    if forecast.usual_on is not None:
        day = _day(forecast.usual_on, uncertain=forecast.uncertain)
        told += " · " + _("at the usual pace {day}").format(day=day)
    return f"{told} · {_beyond()}" if forecast.uncertain else told


def _span(days: int) -> str:
    return name_limit(Limit(days)) if days else _("the same day")


def _day(day: date, *, uncertain: bool) -> str:
    return f"{UNCERTAIN}{name_day(day)}" if uncertain else name_day(day)


def _beyond() -> str:
    return _("{sign} beyond the calendar known so far").format(sign=UNCERTAIN)
