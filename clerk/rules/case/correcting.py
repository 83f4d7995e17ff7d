"""Putting an act right (容错): a new act with a reason and an approver, and nothing edited away.

What may be put right, and until when:

- an acceptance at the window, until the department has taken the case up, and within the five
  days: later the law itself would have accepted (Art. 32(4));
- a decline, at any time: the five days run as if it had not been; are they over, the case is
  accepted by law;
- a decision, until its result was handed out: what was served is undone only under Art. 69, by
  another procedure. A licence that it gave is revoked in the library;
- a material's tick and a field of the form, until the case is decided; a material can be found
  missing only before acceptance.
"""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, Delivery, MaterialState, Stage
from clerk.contract.item import Field
from clerk.contract.proposal import Correctable, Corrected, CorrectPlan
from clerk.contract.user import Role
from clerk.rules.case.context import Context, lacks_role, refuse
from clerk.rules.case.counter import five_days_over
from clerk.rules.case.state import Case, Proposal
from clerk.rules.checklist import FieldLine
from clerk.rules.form import check_field

RECEIPT = 1
"""The number of the receipt's event: its ticks and its form are put right one by one."""

_TICKS = (MaterialState.PROVIDED, MaterialState.CORRECTED, MaterialState.MISSING)
_UNDECIDED = frozenset({Stage.RECEIVED, Stage.SUPPLEMENTING, Stage.ACCEPTED, Stage.HANDLING})
_UNACCEPTED = frozenset({Stage.RECEIVED, Stage.SUPPLEMENTING})
_AT_HAND = frozenset({Delivery.IN_PRODUCTION, Delivery.AT_WINDOW})
_DECIDERS = (Role.HANDLER, Role.REVIEWER, Role.APPROVER)


def what_of(case: Case, plan: CorrectPlan) -> Correctable | None:
    """What kind of act a plan names; None for what can't be put right."""
    if plan.act == RECEIPT:
        if any(one.key == plan.key for one in case.terms.materials):
            return Correctable.MATERIAL
        return Correctable.FIELD if _field(case, plan.key) else None
    acts = {
        case.accepted_n: Correctable.ACCEPTANCE,
        case.declined_n: Correctable.DECLINE,
        case.decided_n: Correctable.DECISION,
    }
    return acts.get(plan.act) if plan.act else None


def may_not_propose(case: Case, plan: CorrectPlan, context: Context) -> Refusal | None:
    """Its own people notice a mistake: of the department for a decision, else at the window."""
    if what_of(case, plan) is Correctable.DECISION:
        own = context.user.department == case.terms.department and not context.user.disabled
        if own and any(context.user.has(role) for role in _DECIDERS):
            return None
        roles = " ".join(role.value for role in _DECIDERS)
        return refuse("proposal.not_yours", role=roles, department=case.terms.department)
    return lacks_role(context, Role.COUNTER) or _wrong_value(case, plan, context)


def may_not_correct(case: Case, plan: CorrectPlan, context: Context) -> Refusal | None:
    """Why this act can't be put right, or can't any more."""
    what = what_of(case, plan)
    if what is None:
        return refuse("correction.not_that")
    if not plan.reason.strip():
        return refuse("reason.missing", "reason")
    if what is Correctable.ACCEPTANCE:
        return _acceptance_stands(case, context)
    if what is Correctable.DECISION and case.delivery not in _AT_HAND:
        return refuse("correction.handed_out", number=case.number)
    if what in {Correctable.MATERIAL, Correctable.FIELD} and case.stage not in _UNDECIDED:
        return refuse("case.wrong_stage", stage=case.stage.value)
    return None


def _acceptance_stands(case: Case, context: Context) -> Refusal | None:
    if case.stage is not Stage.ACCEPTED or case.stops or case.extensions:
        return refuse("correction.taken_up")
    if five_days_over(case, context):
        return refuse("case.deemed_accepted", day=case.five_days_from)
    return None


def may_not_approve_own(case: Case, plan: CorrectPlan, context: Context) -> Refusal | None:
    """Nobody puts their own decision right alone."""
    decided = what_of(case, plan) is Correctable.DECISION
    return refuse("proposal.own") if decided and case.done[-1].by.user == context.user.id else None


def correct(
    case: Case, proposal: Proposal, plan: CorrectPlan, context: Context
) -> tuple[AnyEvent, ...]:
    """The act counts no longer, or the tick or text is another one."""
    what = what_of(case, plan)
    assert what is not None, "what is approved can be put right"
    return (
        Corrected(
            at=context.now,
            by=context.actor,
            act=plan.act,
            what=what,
            reason=plan.reason.strip(),
            key=plan.key,
            name=_name(case, plan.key),
            before=_before(case, what, plan.key),
            after=plan.value.strip(),
            proposal=proposal.n,
            proposed_by=proposal.by,
        ),
    )


def _wrong_value(case: Case, plan: CorrectPlan, context: Context) -> Refusal | None:
    what, value = what_of(case, plan), plan.value.strip()
    if what is Correctable.MATERIAL:
        missing = value == MaterialState.MISSING and case.stage not in _UNACCEPTED
        return refuse("correction.tick", "value") if value not in _TICKS or missing else None
    field = _field(case, plan.key)
    if what is Correctable.FIELD and field is not None:
        line = FieldLine(key=field.key, field=field, required=field.required, serves=())
        return check_field(line, value, context.today)
    return None


def _field(case: Case, key: str) -> Field | None:
    return next((one for one in case.terms.fields if one.key == key), None)


def _name(case: Case, key: str) -> str:
    named = {one.key: one.name for one in case.terms.materials}
    named |= {one.key: one.label for one in case.terms.fields}
    return named.get(key, "")


def _before(case: Case, what: Correctable, key: str) -> str:
    if what is Correctable.MATERIAL:
        return next((one.state.value for one in case.materials if one.key == key), "missing")
    return case.fields.get(key, "")
