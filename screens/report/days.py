"""The days of a period: as bars, and in words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from clerk.locale import _
from clerk.rules.daily import Day
from screens.widgets.chart import Series, shaded

_RECEIVED, _DECIDED = "primary", "success"


def draw_days(days: Sequence[Day]) -> tuple[list[str], list[Series]]:
    """A label for each day, and the bars."""
    received = Series(_RECEIVED, [one.received for one in days])
    decided = Series(_DECIDED, [one.decided for one in days])
    return [f"{one.day:%m-%d}" for one in days], [received, decided]


def tell_days(days: Sequence[Day], *, plain: bool) -> Content:
    """The same in words: the sums, and the fullest day."""
    if not days:
        return Content("")
    fullest = max(days, key=lambda one: one.received)
    received = _("received {count}").format(count=sum(one.received for one in days))
    decided = _("decided {count}").format(count=sum(one.decided for one in days))
    most = _("most on {day}: {count}").format(day=f"{fullest.day:%m-%d}", count=fullest.received)
    parts = [
        shaded(received, _RECEIVED, 0, plain=plain),
        shaded(decided, _DECIDED, 1, plain=plain),
        Content.styled(most if fullest.received else "", "$text-muted"),
    ]
    return Content("   ").join(parts)
