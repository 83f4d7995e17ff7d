"""Deferred material (容缺后补, *local*): by which day it is promised, and how near that is."""

from __future__ import annotations

from datetime import date, timedelta

from clerk.contract.case import MaterialState, Outcome, Stage
from clerk.rules.case.state import Case
from clerk.rules.clock import Light

WARNING = timedelta(days=3)
"""So long before its day a paper is warned of."""

_ENDED = frozenset({Stage.DECLINED, Stage.WITHDRAWN, Stage.VOID})


def deferred_due(case: Case) -> date | None:
    """The first day by which something is still to come; of what came to nothing none is."""
    if case.stage in _ENDED or case.outcome is Outcome.REFUSED:
        return None
    days = (one.due for one in case.materials if one.state is MaterialState.DEFERRED and one.due)
    return min(days, default=None)


def deferred_light(due: date | None, today: date) -> Light:
    """Red after the day, yellow shortly before; the day itself is in time."""
    if due is None:
        return Light.NONE
    if today > due:
        return Light.RED
    return Light.YELLOW if today >= due - WARNING else Light.GREEN
