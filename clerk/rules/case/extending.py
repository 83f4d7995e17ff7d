"""Extending the limit of deciding: once, by the head, with a reason (行政许可法 Art. 42).

Ten days at most, by the head of the body; where several bodies act jointly fifteen, by the
head of the government, who is of no department.
"""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent
from clerk.contract.proposal import Extended, ExtendPlan
from clerk.errors import in_one
from clerk.rules.case.clocks import decision_clocks
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.state import Case, Proposal
from clerk.rules.clock import DECISION_EXTENSION_DAYS, JOINT_EXTENSION_DAYS, derive_deadline


def most_days(case: Case) -> int:
    """How many days the law lets a head add."""
    return JOINT_EXTENSION_DAYS if case.terms.joint else DECISION_EXTENSION_DAYS


def may_not_extend(case: Case, plan: ExtendPlan, context: Context) -> Refusal | None:
    """Why the limit can't be longer: it is already, or the statutory date has passed."""
    if case.extensions:
        return refuse("extension.once")
    clocks = decision_clocks(case, context.calendar)
    if case.waits_for:
        return refuse("extension.not_begun", names=in_one(one.name for one in case.waits_for))
    if clocks is None:
        return refuse("case.wrong_stage", stage=case.stage.value)
    deadline = derive_deadline(clocks.statutory, context.calendar, context.now)
    if deadline.overdue:
        return refuse("extension.too_late", day=deadline.due_on)
    if not 0 < plan.days <= most_days(case):
        return refuse("days.wrong", "days", most=most_days(case))
    return None if plan.reason.strip() else refuse("reason.missing", "reason")


def extend(
    case: Case, proposal: Proposal, plan: ExtendPlan, context: Context
) -> tuple[AnyEvent, ...]:
    """The limits get more days."""
    del case
    return (
        Extended(
            at=context.now,
            by=context.actor,
            days=plan.days,
            reason=plan.reason.strip(),
            proposal=proposal.n,
            proposed_by=proposal.by,
        ),
    )
