"""Special procedures (特别程序): stopping, prolonging and resuming the clock (Art. 45).

Whoever holds the step proposes, an approver of the same department approves; only then the
clock stops. What a stop does to a due date that has passed is nothing (counting rule 4).
"""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent
from clerk.contract.command import ResumeClock
from clerk.contract.proposal import (
    Procedure,
    Prolonged,
    ProlongPlan,
    Resumed,
    Stopped,
    StopPlan,
)
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.handling import holds_step
from clerk.rules.case.standing import lapses, last_planned_day, standing_stops
from clerk.rules.case.state import Case, Proposal, Stop
from clerk.rules.hearing import wrong_hearing

MOST_PLANNED_DAYS = 250
"""Working days that one approval can give a procedure: a year of them."""


def may_not_stop(case: Case, plan: StopPlan, context: Context) -> Refusal | None:
    """Why this stop can't be, or nothing; of a hearing, the law's dates have to hold."""
    del case
    if not plan.basis.strip():
        return refuse("basis.missing", "basis")
    wrong = wrong_days(plan.planned_days) or _no_reason(plan.reason)
    if wrong:
        return wrong
    if plan.procedure is not Procedure.HEARING:
        return refuse("hearing.not_one", "hearing") if plan.hearing else None
    if plan.hearing is None:
        return refuse("hearing.dates_missing", "hearing")
    return wrong_hearing(plan.hearing, context.calendar, context.today)


def stop(case: Case, proposal: Proposal, plan: StopPlan, context: Context) -> tuple[AnyEvent, ...]:
    """The clock stops, with the approval of whoever asks now."""
    del case
    return (
        Stopped(
            at=context.now,
            by=context.actor,
            procedure=plan.procedure,
            basis=plan.basis.strip(),
            planned_days=plan.planned_days,
            reason=plan.reason.strip(),
            proposal=proposal.n,
            proposed_by=proposal.by,
            hearing=plan.hearing,
        ),
    )


def may_not_prolong(case: Case, plan: ProlongPlan, context: Context) -> Refusal | None:
    """Why this stop can't be longer: it is over, or its planned days are (counting rule 3)."""
    found = find_stop(case, plan.stop)
    if found is None:
        return refuse("stop.none")
    last = last_planned_day(found, context.calendar)
    if context.today > last:
        return refuse("stop.over", day=last)
    return wrong_days(plan.days) or _no_reason(plan.reason)


def prolong(
    case: Case, proposal: Proposal, plan: ProlongPlan, context: Context
) -> tuple[AnyEvent, ...]:
    """The stop gets more working days."""
    del case
    return (
        Prolonged(
            at=context.now,
            by=context.actor,
            stop=plan.stop,
            days=plan.days,
            reason=plan.reason.strip(),
            proposal=proposal.n,
            proposed_by=proposal.by,
        ),
    )


def resume(case: Case, command: ResumeClock, context: Context) -> tuple[AnyEvent, ...] | Refusal:
    """The procedure ended, with what it found; other stops may go on."""
    refusal = holds_step(case, context)
    if refusal:
        return refusal
    found = find_stop(case, command.stop)
    if found is None:
        return refuse("stop.none")
    if found not in standing_stops(case, context):
        return lapses(case, context)
    if not command.finding.strip():
        return refuse("finding.missing", "finding")
    return (
        Resumed(
            at=context.now,
            by=context.actor,
            procedure=found.procedure,
            stop=found.n,
            finding=command.finding.strip(),
        ),
    )


def find_stop(case: Case, n: int) -> Stop | None:
    """An open stop by the number of its event."""
    return next((one for one in case.open_stops if one.n == n), None)


def wrong_days(days: int) -> Refusal | None:
    """Why so many working days can't be planned, or nothing."""
    if 0 < days <= MOST_PLANNED_DAYS:
        return None
    return refuse("days.wrong", "days", most=MOST_PLANNED_DAYS)


def _no_reason(reason: str) -> Refusal | None:
    return None if reason.strip() else refuse("reason.missing", "reason")
