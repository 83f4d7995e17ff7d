"""The forecast at the counter, in words: when it is due, and what the office usually takes."""

from __future__ import annotations

from clerk.locale import _
from clerk.rules.pace import ItemForecast
from screens.lights import name_day


def tell_forecast(one: ItemForecast) -> str:
    """What an applicant is told of one item before it is accepted."""
    sign = "≈" if one.uncertain else ""
    told = _("due {day} if accepted now").format(day=sign + name_day(one.due_on))
    if one.pace is None:
        return told
    text = _("usually {days} working days ({count} cases, as of {day})")
    pace = text.format(
        days=one.pace.median_days, count=one.pace.cases, day=name_day(one.pace.as_of)
    )
    return f"{told} · {pace}"
