"""A second supplement notice: off by default, allowed by a supervisor with a reason (*local*).

行政许可法 Art. 32(4) knows one. Where the item allows a second, whoever could ask proposes it,
a supervisor or a manager of the centre approves, and the notice itself is then given as the
first one was.
"""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent
from clerk.contract.proposal import SupplementAllowed, SupplementPlan
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.counter import may_not_ask_at_all
from clerk.rules.case.state import Case, Proposal

MOST_NOTICES = 2


def may_not_propose(case: Case, _plan: SupplementPlan, context: Context) -> Refusal | None:
    """Who may not ask the applicant at all proposes nothing either."""
    return may_not_ask_at_all(case, context)


def may_not_allow(case: Case, plan: SupplementPlan, context: Context) -> Refusal | None:
    """Why there can't be a second notice, or nothing."""
    del context
    if not case.terms.second_supplement:
        return refuse("supplement.second_never", item=case.terms.name)
    if not case.supplements_asked:
        return refuse("supplement.first_is_free")
    if case.supplements_asked >= MOST_NOTICES or case.supplement_allowed:
        return refuse("supplement.no_third")
    return None if plan.reason.strip() else refuse("reason.missing", "reason")


def allow(
    case: Case, proposal: Proposal, plan: SupplementPlan, context: Context
) -> tuple[AnyEvent, ...]:
    """The next notice may be given."""
    del case
    return (
        SupplementAllowed(
            at=context.now,
            by=context.actor,
            reason=plan.reason.strip(),
            proposal=proposal.n,
            proposed_by=proposal.by,
        ),
    )
