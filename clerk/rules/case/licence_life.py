"""What may be done to a licence that is out, by whom, on what ground (行政许可法 Art. 69, 70)."""

from __future__ import annotations

from types import MappingProxyType

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, Delivery
from clerk.contract.licence import LicenceStatus
from clerk.contract.licence_life import (
    LicenceAct,
    LicenceChanged,
    LicenceExpired,
    LicenceGround,
    LicencePlan,
)
from clerk.contract.user import Role
from clerk.rules.case.amending import wrong_field
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.state import Case, Proposal

_VALID, _SUSPENDED = LicenceStatus.VALID, LicenceStatus.SUSPENDED
_OUT = frozenset({Delivery.RELEASED, Delivery.MAILED, Delivery.RETURNED})
_DEPARTMENT_ROLES = (Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD)

FROM = MappingProxyType(
    {
        LicenceAct.SUSPEND: frozenset({_VALID}),
        LicenceAct.RESUME: frozenset({_SUSPENDED}),
        LicenceAct.REVOKE: frozenset({_VALID, _SUSPENDED}),
        LicenceAct.CANCEL: frozenset(
            {_VALID, _SUSPENDED, LicenceStatus.REVOKED, LicenceStatus.EXPIRED}
        ),
        LicenceAct.CORRECT: frozenset({_VALID}),
        LicenceAct.REISSUE: frozenset({_VALID}),
    }
)
"""What a licence has to be for an act."""

GROUNDS = MappingProxyType(
    {
        LicenceAct.REVOKE: (
            LicenceGround.ABUSE,
            LicenceGround.BEYOND_POWERS,
            LicenceGround.PROCEDURE,
            LicenceGround.INELIGIBLE,
            LicenceGround.OTHER_REVOCATION,
            LicenceGround.DECEPTION,
        ),
        LicenceAct.CANCEL: (
            LicenceGround.NOT_RENEWED,
            LicenceGround.HOLDER_GONE,
            LicenceGround.DISSOLVED,
            LicenceGround.WITHDRAWN,
            LicenceGround.IMPOSSIBLE,
            LicenceGround.OTHER_CANCELLATION,
        ),
    }
)
"""Art. 69 paragraphs 1 and 2, and Art. 70: nothing else revokes or cancels."""

AT_WINDOW = frozenset({LicenceAct.CORRECT, LicenceAct.REISSUE})
"""What a holder asks for at the window, which then proposes it."""

BY_HEAD = frozenset({LicenceAct.SUSPEND, LicenceAct.RESUME, LicenceAct.REVOKE, LicenceAct.CANCEL})
"""What takes a right away or gives it back is the head's to approve; the rest an approver's."""


def status_of(case: Case, context: Context) -> LicenceStatus:
    """What the licence of a case is worth today, its last day counted."""
    until = case.decision.licence_until if case.decision else None
    over = until is not None and until < context.today
    live = case.licence_status in {_VALID, _SUSPENDED}
    return LicenceStatus.EXPIRED if over and live else case.licence_status


def possible_statuses(case: Case, act: LicenceAct, context: Context) -> frozenset[LicenceStatus]:
    """What the licence may be worth today for an act.

    One that is over and counts as renewed is still what it was, and can be suspended and revoked
    (行政许可法 Art. 50, 69). A desk cannot know whether it does, and leaves it to central.
    """
    status = status_of(case, context)
    if status is not LicenceStatus.EXPIRED or act not in BY_HEAD or context.renewed_by == "":
        return frozenset({status})
    live = case.licence_status in {_VALID, _SUSPENDED}
    was = case.licence_status if live else case.licence_ended_as or _VALID
    return frozenset({was} if context.renewed_by else {was, status})


def may_not_propose(case: Case, plan: LicencePlan, context: Context) -> Refusal | None:
    """The issuing department proposes; the window does what the holder comes for."""
    user = context.user
    if user.disabled:
        return refuse("user.disabled")
    works = any(user.has(role) for role in _DEPARTMENT_ROLES)
    in_department = works and user.department == case.terms.department
    at_window = user.has(Role.COUNTER) and plan.act in AT_WINDOW
    if not in_department and not at_window:
        return refuse("licence.not_yours", department=case.terms.department_name)
    if plan.act is not LicenceAct.CORRECT:
        return None
    return _wrong_lines(case, plan, context)


def may_not_change(case: Case, plan: LicencePlan, context: Context) -> Refusal | None:
    """Why this may not be done to the licence, or not now."""
    if not case.licence:
        return refuse("licence.none", number=case.number)
    if case.delivery not in _OUT:
        return refuse("licence.not_out", number=case.licence)
    status = status_of(case, context)
    if not FROM[plan.act] & possible_statuses(case, plan.act, context):
        return refuse("licence.wrong_status", status=status.value)
    return (
        _wrong_ground(plan, status, context) or _wrong_suspension(plan, context) or _no_reason(plan)
    )


def change(
    case: Case, proposal: Proposal, plan: LicencePlan, context: Context
) -> tuple[AnyEvent, ...]:
    """Do it; central gives the notice its number, or asks for the new paper."""
    return (
        LicenceChanged(
            at=context.now,
            by=context.actor,
            licence=case.licence,
            act=plan.act,
            reason=plan.reason.strip(),
            ground=plan.ground,
            basis=plan.basis.strip(),
            until=plan.until,
            holder=plan.holder.strip(),
            fields=plan.fields,
            proposal=proposal.n,
            proposed_by=proposal.by,
        ),
    )


def end_by_time(case: Case, context: Context) -> tuple[AnyEvent, ...]:
    """What time alone does to a licence: its last day is over, or its suspension's is."""
    over = status_of(case, context) is LicenceStatus.EXPIRED
    if not over or case.licence_status is LicenceStatus.EXPIRED:
        return resume_ended(case, context)
    assert case.decision is not None, "what is granted was decided"
    assert case.decision.licence_until is not None, "what is over had a last day"
    last = case.decision.licence_until
    at, by = context.now, context.actor
    return (LicenceExpired(at=at, by=by, licence=case.licence, last=last),)


def resume_ended(case: Case, context: Context) -> tuple[AnyEvent, ...]:
    """A suspension whose last day is over ends by itself; by the clock."""
    until = case.suspended_until
    suspended = _SUSPENDED in {case.licence_status, case.licence_ended_as}
    if not suspended or until is None or until >= context.today:
        return ()
    return (
        LicenceChanged(
            at=context.now,
            by=context.actor,
            licence=case.licence,
            act=LicenceAct.RESUME,
            reason="",
            until=until,
        ),
    )


def _wrong_ground(plan: LicencePlan, status: LicenceStatus, context: Context) -> Refusal | None:
    """Art. 70(1) is open once the last day is over, and no timely renewal undecided (Art. 50)."""
    grounds = GROUNDS.get(plan.act, ())
    if not grounds:
        return refuse("licence.ground", "ground") if plan.ground else None
    if plan.ground not in grounds:
        return refuse("licence.ground", "ground")
    if plan.ground is not LicenceGround.NOT_RENEWED:
        return None
    if status is not LicenceStatus.EXPIRED:
        return refuse("licence.not_over", "ground")
    if context.renewed_by:
        return refuse("licence.renewal_undecided", "ground", number=context.renewed_by)
    return None


def _wrong_suspension(plan: LicencePlan, context: Context) -> Refusal | None:
    if plan.act is not LicenceAct.SUSPEND:
        return None
    if not plan.basis.strip():
        return refuse("basis.missing", "basis")
    if plan.until is not None and plan.until < context.today:
        return refuse("licence.until", "until")
    return None


def _no_reason(plan: LicencePlan) -> Refusal | None:
    return None if plan.reason.strip() else refuse("reason.missing", "reason")


def _wrong_lines(case: Case, plan: LicencePlan, context: Context) -> Refusal | None:
    """A correction changes something, and what it says is as right as when it was typed."""
    changed = {key: text for key, text in plan.fields.items() if text != case.fields.get(key, "")}
    renamed = plan.holder.strip() not in {"", case.applicant.name}
    if not changed and not renamed:
        return refuse("correction.nothing")
    wrong = (wrong_field(case, key, text, context) for key, text in changed.items())
    return next((one for one in wrong if one), None)
