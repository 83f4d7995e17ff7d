"""The legal clock: deadlines, lights and explanations derived from what happened.

Nothing that shrinks is stored: facts are, and every date follows from them and the calendar.
The counting rules, which the modules carry out and cite by number:

1.  Dates are the office's; time of day matters only for limits in hours.
2.  A limit of n working days is due at the end of the n-th counted day after the starting day.
    Counted is a working day at whose end the clock is not standing still: a stop on day a and a
    resumption on day b leave out the working days a to b-1, overlapping stops a day once.
3.  A stop ends by its resumption, or (local) by itself at the end of its last planned working
    day after the day it began; longer needs a prolongation approved before that.
4.  Once the due date has passed, a later stop or extension changes nothing. On it is on time.
5.  n = 0 is due on the starting day, or on the next working day.
6.  An extension adds its days to both limits, if made before the statutory date has passed.
7.  Natural days less the days stopped; a due date that is no working day moves to the next.
8.  Working hours count inside the office's hours of working days; natural hours run on.
9.  Receipt starts five days, a notice ends them, all supplements in start five anew. Nothing
    done by the end of the fifth: accepted from the day that they started on.
10. Limits of deciding start on the day of acceptance, delivery on the day of decision.
11. Light: red after the due date; grey while stopped; yellow when the counted days left are at
    most the warning; else green.

Where these words leave a choice, the module that makes it says so.
"""

from __future__ import annotations

from clerk.rules.clock.deadline import Deadline, derive_deadline, find_due, was_on_time
from clerk.rules.clock.explain import DayCount, DayReason, explain_days
from clerk.rules.clock.facts import (
    DEFAULT_OFFICE_HOURS,
    DEFAULT_SETTINGS,
    ClockFacts,
    ClockSettings,
    Extension,
    OfficeHours,
    Prolongation,
    Stop,
)
from clerk.rules.clock.light import Light, LightPlan, light_at, light_by_plan, plan_light
from clerk.rules.clock.limits import (
    DECISION_EXTENSION_DAYS,
    DECISION_LIMIT,
    DELIVERY_LIMIT,
    JOINT_DECISION_LIMIT,
    JOINT_EXTENSION_DAYS,
    LOWER_REVIEW_LIMIT,
    RECEIPT_LIMIT,
    DecisionClocks,
    delivery_clock,
    pair_decision_clocks,
    promise_clock,
)
from clerk.rules.clock.moments import FOREVER, day_of
from clerk.rules.clock.receipt import (
    DeemedAcceptance,
    ReceiptFacts,
    ReceiptStanding,
    SupplementRound,
    derive_receipt,
    find_deemed_acceptance,
)
from clerk.rules.clock.stops import find_overrun_stops, planned_end

__all__ = [
    "DECISION_EXTENSION_DAYS",
    "DECISION_LIMIT",
    "DEFAULT_OFFICE_HOURS",
    "DEFAULT_SETTINGS",
    "DELIVERY_LIMIT",
    "FOREVER",
    "JOINT_DECISION_LIMIT",
    "JOINT_EXTENSION_DAYS",
    "LOWER_REVIEW_LIMIT",
    "RECEIPT_LIMIT",
    "ClockFacts",
    "ClockSettings",
    "DayCount",
    "DayReason",
    "Deadline",
    "DecisionClocks",
    "DeemedAcceptance",
    "Extension",
    "Light",
    "LightPlan",
    "OfficeHours",
    "Prolongation",
    "ReceiptFacts",
    "ReceiptStanding",
    "Stop",
    "SupplementRound",
    "day_of",
    "delivery_clock",
    "derive_deadline",
    "derive_receipt",
    "explain_days",
    "find_deemed_acceptance",
    "find_due",
    "find_overrun_stops",
    "light_at",
    "light_by_plan",
    "pair_decision_clocks",
    "plan_light",
    "planned_end",
    "promise_clock",
    "was_on_time",
]
