"""Putting an act right (容错): which act, until when, by whom, and with what consequence.

An act is put right by a new act that one proposes and another approves; nothing is edited. What
may be put right and until when is a table; the reasons stand in docs/law.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clerk.clock import OFFICE_ZONE
from clerk.contract.answer import Refusal
from clerk.contract.case import (
    Accepted,
    AnyEvent,
    CompletedAtCounter,
    Decided,
    Declined,
    Delivery,
    Outcome,
    Received,
    Released,
    Stage,
    Supplemented,
)
from clerk.contract.case import DeferredProvided as HandedIn
from clerk.contract.proposal import (
    ActUndone,
    ApplicantAmendment,
    Corrected,
    CorrectPlan,
    DecisionAmendment,
    FormAmendment,
    Procedure,
    StopAmendment,
    Stopped,
    TickAmendment,
)
from clerk.contract.user import Role
from clerk.rules.case.acts import find_act, tag_of
from clerk.rules.case.amending import (
    may_not_amend_applicant,
    may_not_amend_form,
    may_not_amend_ticks,
    wrong_values,
)
from clerk.rules.case.changes import changes_of
from clerk.rules.case.context import FIVE_DAYS, Context, refuse
from clerk.rules.case.counter import deemed_acceptance, five_days_over
from clerk.rules.case.fold import evolve
from clerk.rules.case.standing import lapses
from clerk.rules.case.state import Case, Proposal, RecordedAct
from clerk.rules.case.stopping import find_stop
from clerk.rules.flow import department_of

UNDO_RELEASE_DAYS = 1
"""Working days after a handing out in which the window may still find that it was none."""

_DEPARTMENT_ROLES = (Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD)
_OUT = frozenset({Delivery.RELEASED, Delivery.MAILED, Delivery.RETURNED})


def may_not_propose(case: Case, plan: CorrectPlan, context: Context) -> Refusal | None:
    """Who works on the case proposes: the window for its acts, the departments for any.

    What is typed is looked at here, where it is whole: an approver's desk sees it masked.
    """
    if context.user.disabled:
        return refuse("user.disabled")
    act = find_act(case, plan.act)
    of_department = act is not None and bool(act.by.department)
    at_window = context.user.has(Role.COUNTER) and not of_department
    if not at_window and not _in_department(case, context):
        return refuse("correction.not_yours")
    if any(_corrects(one, plan.act) for one in case.proposals):
        return refuse("proposal.there")
    return wrong_values(case, plan, context)


def may_not_correct(case: Case, plan: CorrectPlan, context: Context) -> Refusal | None:
    """Why this act can't be put right so, or not any more."""
    act = find_act(case, plan.act)
    if act is None:
        return refuse("correction.no_act")
    if act.undone:
        return refuse("correction.undone")
    check = _CHECKS.get((act.kind, type(plan.amendment)))
    if check is None:
        return refuse("correction.not_so")
    refusal = check(case, act, plan.amendment, context)
    if refusal:
        return refusal
    if not isinstance(plan.amendment, ActUndone) and not changes_of(case, plan):
        return refuse("correction.nothing")
    return None if plan.reason.strip() else refuse("reason.missing", "reason")


def correct(
    case: Case, proposal: Proposal, plan: CorrectPlan, context: Context
) -> tuple[AnyEvent, ...]:
    """Put right; what the law or the clock concludes from it is written down at once.

    A case that is reopened after its five days counts as one in which nobody was told anything:
    it is accepted, dated from the day of receipt (Art. 32(4)).
    """
    act = find_act(case, plan.act)
    assert act is not None, "asked for before"
    event = Corrected(
        at=context.now,
        by=context.actor,
        act=plan.act,
        amendment=plan.amendment,
        reason=plan.reason.strip(),
        changes=changes_of(case, plan),
        proposal=proposal.n,
        proposed_by=proposal.by,
        voids=act.document if _voids(plan) else "",
    )
    after = evolve(case, event)
    if after.stage is Stage.RECEIVED and five_days_over(after, context):
        return (event, deemed_acceptance(after, context))
    return (event, *(lapses(after, context) if after.accepted_at and not after.decided_at else ()))


def correcting_department(case: Case, plan: CorrectPlan) -> str:
    """Whose act it was: a department's approver approves, or for the window its manager."""
    act = find_act(case, plan.act)
    return act.by.department if act else ""


def undoes_decision(case: Case, plan: CorrectPlan) -> bool:
    """Whether a whole decision is taken back: the head alone approves that."""
    act = find_act(case, plan.act)
    return act is not None and act.kind == tag_of(Decided) and isinstance(plan.amendment, ActUndone)


def may_not_approve_own(case: Case, plan: CorrectPlan, context: Context) -> Refusal | None:
    """Nobody takes their own decision back alone."""
    act = find_act(case, plan.act)
    own = act is not None and act.by.user == context.user.id
    return refuse("proposal.own") if own and undoes_decision(case, plan) else None


def _corrects(proposal: Proposal, act: int) -> bool:
    return isinstance(proposal.plan, CorrectPlan) and proposal.plan.act == act


def _voids(plan: CorrectPlan) -> bool:
    return isinstance(plan.amendment, ActUndone | DecisionAmendment)


def _in_department(case: Case, context: Context) -> bool:
    """Whether somebody works on the case in one of the departments of its flow."""
    flow = {department_of(case.terms, step) for step in case.terms.flow}
    departments = flow | {case.terms.department}
    works = any(context.user.has(role) for role in _DEPARTMENT_ROLES)
    return works and bool(context.user.department) and context.user.department in departments


Check = Callable[[Case, RecordedAct, Any, Context], Refusal | None]


def _may_not_undo_acceptance(
    case: Case, act: RecordedAct, _amendment: ActUndone, context: Context
) -> Refusal | None:
    """Within the five days, before the department took it up; afterwards it stays accepted."""
    if case.stage is not Stage.ACCEPTED or case.accepted_at != act.at:
        return refuse("case.wrong_stage", stage=case.stage.value)
    if case.open_stops:
        return refuse("case.clock_stopped")
    if case.five_days_from is not None and five_days_over(case, context):
        last = context.calendar.working_day_after(case.five_days_from, FIVE_DAYS)
        return refuse("correction.stays_accepted", day=last)
    return None


def _may_not_undo_decline(
    case: Case, act: RecordedAct, _amendment: ActUndone, _context: Context
) -> Refusal | None:
    """At any time: it is in the applicant's favour."""
    if case.stage is not Stage.DECLINED or case.declined_at != act.at:
        return refuse("case.wrong_stage", stage=case.stage.value)
    return None


def _may_not_undo_stop(
    case: Case, act: RecordedAct, _amendment: ActUndone, _context: Context
) -> Refusal | None:
    """While the case is in hand: what was left out is counted again, in the applicant's favour."""
    if not case.in_hand:
        return refuse("case.wrong_stage", stage=case.stage.value)
    return None if any(one.n == act.n for one in case.stops) else refuse("stop.none")


def _may_not_amend_stop(
    case: Case, act: RecordedAct, amended: StopAmendment, _context: Context
) -> Refusal | None:
    """While it stands, and never longer: more days are a prolongation, with its own notice."""
    stop = find_stop(case, act.n) if case.in_hand else None
    if stop is None:
        return refuse("stop.none")
    if not amended.basis.strip():
        return refuse("basis.missing", "basis")
    if stop.longer:
        return refuse("correction.prolonged")
    if not 0 < amended.planned_days <= stop.planned_days:
        return refuse("correction.longer", "days", most=stop.planned_days)
    if amended.procedure is not stop.procedure and Procedure.HEARING in {
        amended.procedure,
        stop.procedure,
    }:
        return refuse("correction.hearing")
    return None


def _may_not_amend_decision(
    case: Case, _act: RecordedAct, amended: DecisionAmendment, context: Context
) -> Refusal | None:
    """Until it is handed out; after that only revocation mends it (Art. 69), which is no slip."""
    if case.delivery in _OUT:
        return refuse("correction.released")
    if not amended.opinion.strip():
        return refuse("opinion.missing", "opinion")
    if case.outcome is Outcome.REFUSED and not amended.reason.strip():
        return refuse("reason.missing", "reason")
    until = amended.licence_until
    if until is not None and (not case.licence or until < context.today):
        return refuse("correction.validity", "licence_until")
    return None


def _may_not_undo_decision(
    case: Case, _act: RecordedAct, _amendment: ActUndone, _context: Context
) -> Refusal | None:
    """Until it is handed out: what was not served is not in force yet (Art. 44, 69)."""
    return refuse("correction.released") if case.delivery in _OUT else None


def _may_not_undo_release(
    case: Case, act: RecordedAct, _amendment: ActUndone, context: Context
) -> Refusal | None:
    """Marked by mistake: found by the end of the next working day, when the window counts."""
    if case.delivery is not Delivery.RELEASED or case.released_at != act.at:
        return refuse("delivery.wrong_state", delivery=case.delivery.value)
    handed = act.at.astimezone(OFFICE_ZONE).date()
    last = context.calendar.working_day_after(handed, UNDO_RELEASE_DAYS)
    return refuse("correction.handed_out", day=last) if context.today > last else None


_CHECKS: dict[tuple[str, type], Check] = {
    (tag_of(Received), ApplicantAmendment): may_not_amend_applicant,
    (tag_of(Received), FormAmendment): may_not_amend_form,
    (tag_of(Received), TickAmendment): may_not_amend_ticks,
    (tag_of(CompletedAtCounter), FormAmendment): may_not_amend_form,
    (tag_of(CompletedAtCounter), TickAmendment): may_not_amend_ticks,
    (tag_of(Supplemented), FormAmendment): may_not_amend_form,
    (tag_of(Supplemented), TickAmendment): may_not_amend_ticks,
    (tag_of(HandedIn), TickAmendment): may_not_amend_ticks,
    (tag_of(Accepted), ActUndone): _may_not_undo_acceptance,
    (tag_of(Declined), ActUndone): _may_not_undo_decline,
    (tag_of(Stopped), ActUndone): _may_not_undo_stop,
    (tag_of(Stopped), StopAmendment): _may_not_amend_stop,
    (tag_of(Decided), DecisionAmendment): _may_not_amend_decision,
    (tag_of(Decided), ActUndone): _may_not_undo_decision,
    (tag_of(Released), ActUndone): _may_not_undo_release,
}
"""What may be put right: the kind of act, and how."""
