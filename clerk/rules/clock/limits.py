"""The limits of a case: receipt, decision (statutory beside promised), delivery.

The amounts are the law's defaults; each item may bring its own, for Art. 42 to 44 apply
"unless laws or regulations say otherwise".
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from clerk.contract.limits import Limit
from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock.counting import count_limit
from clerk.rules.clock.facts import DEFAULT_SETTINGS, ClockFacts, ClockSettings

RECEIPT_LIMIT = Limit(5)  # 行政许可法 Art. 32(4)
DECISION_LIMIT = Limit(20)  # Art. 42
DECISION_EXTENSION_DAYS = 10  # Art. 42
JOINT_DECISION_LIMIT = Limit(45)  # Art. 42
JOINT_EXTENSION_DAYS = 15  # Art. 42
LOWER_REVIEW_LIMIT = Limit(20)  # Art. 43
DELIVERY_LIMIT = Limit(10)  # Art. 44


class DecisionClocks(msgspec.Struct, frozen=True):
    """The statutory clock, and beside it, never instead of it, the promised one (承诺时限)."""

    statutory: ClockFacts
    promised: ClockFacts | None


def pair_decision_clocks(
    statutory: ClockFacts, promised: Limit | None, calendar: WorkCalendar
) -> DecisionClocks:
    """The clocks of deciding, from the statutory one's facts and the item's promise, if any."""
    if promised is None:
        return DecisionClocks(statutory, None)
    return DecisionClocks(statutory, promise_clock(statutory, promised, calendar))


def promise_clock(statutory: ClockFacts, promised: Limit, calendar: WorkCalendar) -> ClockFacts:
    """The promised limit's clock over the same events.

    An extension made after the statutory date has passed is none for either (counting rule 6). One
    made before that, but after the promised date has passed, extends the statutory limit alone:
    overdue stays overdue (counting rule 4). Whether stops pause a promise is local (Art. 45).
    """
    pauses = statutory.settings.stops_pause_promised
    extended = bool(statutory.extensions)
    return ClockFacts(
        started_at=statutory.started_at,
        limit=promised,
        stops=statutory.stops if pauses else (),
        extensions=count_limit(statutory, calendar).extensions if extended else (),
        finished_at=statutory.finished_at,
        settings=statutory.settings,
    )


def delivery_clock(
    decided_at: datetime,
    limit: Limit = DELIVERY_LIMIT,
    delivered_at: datetime | None = None,
    settings: ClockSettings = DEFAULT_SETTINGS,
) -> ClockFacts:
    """The clock of delivering the licence, from the day of decision (Art. 44; counting rule 10)."""
    return ClockFacts(decided_at, limit, finished_at=delivered_at, settings=settings)
