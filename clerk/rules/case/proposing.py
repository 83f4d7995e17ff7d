"""Proposing and approving: two acts of two people, of which the second takes effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent
from clerk.contract.command import Approve, Propose, Reject
from clerk.contract.custody import LossPlan
from clerk.contract.licence_life import LicencePlan
from clerk.contract.proposal import (
    AnyPlan,
    CorrectPlan,
    ExtendPlan,
    ProlongPlan,
    ProposalRejected,
    Proposed,
    StopPlan,
    SupplementPlan,
)
from clerk.contract.user import Role, User
from clerk.rules.case import correcting, extending, licence_life, second_supplement, stopping
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.handling import holds_step
from clerk.rules.case.state import Case, Proposal
from clerk.rules.custody import losing
from clerk.rules.flow import department_of

Decision = tuple[AnyEvent, ...] | Refusal


class Seat(NamedTuple):
    """Who approves: one of these roles, in this department, or in none."""

    roles: tuple[Role, ...]
    department: str

    def suits(self, user: User) -> bool:
        """Whether somebody sits there."""
        has_role = any(user.has(role) for role in self.roles)
        return has_role and user.department == self.department

    @property
    def names(self) -> tuple[str, ...]:
        """The seat as lists ask for it."""
        return tuple(name_seat(role, self.department) for role in self.roles)


class _Kind(NamedTuple):
    """What is particular to one kind of plan."""

    may_not_propose: Callable[[Case, Any, Context], Refusal | None]
    may_not: Callable[[Case, Any, Context], Refusal | None]
    carry_out: Callable[[Case, Proposal, Any, Context], tuple[AnyEvent, ...]]
    seat: Callable[[Case, Any], Seat]


def propose(case: Case, command: Propose, context: Context) -> Decision:
    """Put something before whoever approves it; the same thing once."""
    kind = _KINDS[type(command.plan)]
    refusal = kind.may_not_propose(case, command.plan, context)
    refusal = refusal or kind.may_not(case, command.plan, context)
    if refusal:
        return refusal
    if any(one.plan == command.plan for one in case.proposals):
        return refuse("proposal.there")
    return (Proposed(at=context.now, by=context.actor, plan=command.plan),)


def approve(case: Case, command: Approve, context: Context) -> Decision:
    """Approve, if it may still be; nobody approves what they proposed."""
    proposal = find_proposal(case, command.proposal)
    if proposal is None:
        return refuse("proposal.none")
    kind = _KINDS[type(proposal.plan)]
    return (
        _may_not_answer(case, proposal, context)
        or kind.may_not(case, proposal.plan, context)
        or _own_act(case, proposal.plan, context)
        or kind.carry_out(case, proposal, proposal.plan, context)
    )


def reject(case: Case, command: Reject, context: Context) -> Decision:
    """Reject with a reason; whoever proposed may take it back."""
    proposal = find_proposal(case, command.proposal)
    if proposal is None:
        return refuse("proposal.none")
    own = proposal.by.user == context.user.id and not context.user.disabled
    refusal = None if own else _may_not_answer(case, proposal, context)
    if refusal:
        return refusal
    if not command.reason.strip():
        return refuse("reason.missing", "reason")
    return (
        ProposalRejected(
            at=context.now,
            by=context.actor,
            proposal=proposal.n,
            reason=command.reason.strip(),
        ),
    )


def find_proposal(case: Case, n: int) -> Proposal | None:
    """An open proposal by the number of its event."""
    return next((one for one in case.proposals if one.n == n), None)


def seat_for(case: Case, plan: AnyPlan) -> Seat:
    """Who approves such a plan for this case."""
    return _KINDS[type(plan)].seat(case, plan)


def name_seat(role: Role, department: str) -> str:
    """A role in a department, in one word."""
    return f"{role.value}@{department}"


def _may_not_answer(case: Case, proposal: Proposal, context: Context) -> Refusal | None:
    if context.user.disabled:
        return refuse("user.disabled")
    if proposal.by.user == context.user.id:
        return refuse("proposal.own")
    seat = seat_for(case, proposal.plan)
    if seat.suits(context.user):
        return None
    roles = " ".join(role.value for role in seat.roles)
    return refuse("proposal.not_yours", role=roles, department=seat.department)


def _own_act(case: Case, plan: AnyPlan, context: Context) -> Refusal | None:
    if isinstance(plan, CorrectPlan):
        return correcting.may_not_approve_own(case, plan, context)
    return None


def _holds_step(case: Case, _plan: AnyPlan, context: Context) -> Refusal | None:
    return holds_step(case, context)


def _step_approver(case: Case, _plan: AnyPlan) -> Seat:
    step = case.present_step
    department = department_of(case.terms, step) if step else case.terms.department
    return Seat((Role.APPROVER, Role.HEAD), department)


def _head(case: Case, _plan: AnyPlan) -> Seat:
    """The head of the body; of joint handling, the government's (Art. 42)."""
    return Seat((Role.HEAD,), "" if case.terms.joint else case.terms.department)


def _supervisor(_case: Case, _plan: AnyPlan) -> Seat:
    """A supervisor of the centre, or its manager."""
    return Seat((Role.SUPERVISOR, Role.MANAGER), "")


def _over_the_act(case: Case, plan: CorrectPlan) -> Seat:
    """Over whoever did the act: the department's approvers, or the manager of the window.

    A whole decision is taken back by the head.
    """
    department = correcting.correcting_department(case, plan)
    if not department:
        return Seat((Role.MANAGER,), "")
    undone = correcting.undoes_decision(case, plan)
    return Seat((Role.HEAD,) if undone else (Role.APPROVER, Role.HEAD), department)


def _over_the_licence(case: Case, plan: LicencePlan) -> Seat:
    """The head where a right is taken away or given back, else an approver of the department."""
    roles = (Role.HEAD,) if plan.act in licence_life.BY_HEAD else (Role.APPROVER, Role.HEAD)
    return Seat(roles, case.terms.department)


def _over_the_place(_case: Case, plan: LossPlan) -> Seat:
    """Over whoever answers for the papers: the manager of the windows, a department's approvers."""
    if losing.is_of_window(plan):
        return Seat((Role.MANAGER,), "")
    return Seat((Role.APPROVER, Role.HEAD), plan.holder.id)


_KINDS: dict[type, _Kind] = {
    StopPlan: _Kind(_holds_step, stopping.may_not_stop, stopping.stop, _step_approver),
    ProlongPlan: _Kind(_holds_step, stopping.may_not_prolong, stopping.prolong, _step_approver),
    ExtendPlan: _Kind(_holds_step, extending.may_not_extend, extending.extend, _head),
    SupplementPlan: _Kind(
        second_supplement.may_not_propose,
        second_supplement.may_not_allow,
        second_supplement.allow,
        _supervisor,
    ),
    LicencePlan: _Kind(
        licence_life.may_not_propose,
        licence_life.may_not_change,
        licence_life.change,
        _over_the_licence,
    ),
    CorrectPlan: _Kind(
        correcting.may_not_propose,
        correcting.may_not_correct,
        correcting.correct,
        _over_the_act,
    ),
    LossPlan: _Kind(losing.may_not_report, losing.may_not_confirm, losing.confirm, _over_the_place),
}
