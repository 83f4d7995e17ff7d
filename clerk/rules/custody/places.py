"""The places that may hold the papers of a case, and whose hands act for each."""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.custody import Holder, HolderKind
from clerk.contract.user import Role, User
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.state import Case
from clerk.rules.custody.ledger import Ledger, ledger_of
from clerk.rules.flow import department_of

_HANDS = (Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD)


def custody_of(case: Case) -> Ledger:
    """Where the papers of a case lie."""
    return ledger_of(case.window, case.trail)


def places_of(case: Case) -> tuple[Holder, ...]:
    """Its window, its department, those of its flow and who countersigns: all of them see it."""
    departments = [case.terms.department]
    departments += [department_of(case.terms, step) for step in case.terms.flow]
    departments += [
        one.department for step in case.terms.flow if step.joint for one in step.joint.signers
    ]
    return (
        Holder(HolderKind.WINDOW, case.window),
        *(Holder(HolderKind.DEPARTMENT, one) for one in dict.fromkeys(departments)),
    )


def place_at(user: User, window: str) -> Holder | None:
    """The place that somebody at this window, or else of a department, acts for."""
    if window and user.has(Role.COUNTER):
        return Holder(HolderKind.WINDOW, window)
    if user.department and any(user.has(role) for role in _HANDS):
        return Holder(HolderKind.DEPARTMENT, user.department)
    return None


def find_place(case: Case, context: Context) -> Holder | Refusal:
    """The place of whoever asks, if papers of this case may lie there."""
    if context.user.disabled:
        return refuse("user.disabled")
    place = place_at(context.user, context.window)
    if place is None or place not in places_of(case):
        return refuse("papers.not_your_place", number=case.number)
    return place
