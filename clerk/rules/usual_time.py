"""How long an item usually takes: the statistic, and what a case adds to it.

Counted are working days as the legal clock counts them (行政许可法 Art. 82): from acceptance to
the decision, without the days on which a special procedure had stopped the clock (Art. 45).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from clerk.contract.limits import Limit
from clerk.contract.usual_time import UsualTime
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.clocks import decision_clocks
from clerk.rules.case.state import Case
from clerk.rules.clock.counting import count_limit

FEWEST_CASES = 5
"""Fewer decided cases say nothing of the next one, and may betray a single one."""

MOST_CASES = 200
LOOKED_BACK_MONTHS = 12
"""Looked at are the newest so many cases of so many months."""

_HALF = (1, 2)
_NINE_IN_TEN = (9, 10)
_NEVER_REACHED = Limit(10_000)


def measure(item: str, spent: Sequence[int], counted_on: date) -> UsualTime:
    """What these cases of an item took; `spent` has the counted working days of each."""
    known = len(spent) >= FEWEST_CASES
    return UsualTime(
        item=item,
        decided=len(spent),
        counted_on=counted_on,
        median_days=_within(spent, _HALF) if known else None,
        slow_days=_within(spent, _NINE_IN_TEN) if known else None,
    )


def spent_days(case: Case, calendar: WorkCalendar) -> int | None:
    """The counted working days from acceptance to the decision; None before it is decided."""
    clocks = decision_clocks(case, calendar)
    if clocks is None or case.decided_at is None:
        return None
    # Against a limit that is never reached no stop comes too late to count.
    facts = msgspec.structs.replace(clocks.statutory, limit=_NEVER_REACHED, extensions=())
    count = count_limit(facts, calendar, case.decided_at)
    return count.used_at(count.scale.position_of(case.decided_at))


def _within(spent: Sequence[int], share: tuple[int, int]) -> int:
    """The fewest days in which at least this share of the cases was decided."""
    part, whole = share
    place = -(-len(spent) * part // whole)
    return sorted(spent)[place - 1]
