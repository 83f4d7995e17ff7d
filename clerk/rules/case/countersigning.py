"""What a countersigning department says at a joint step, and what its silence comes to."""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, OpinionGiven, Silent, Stage
from clerk.contract.command import GiveOpinion
from clerk.contract.user import Role
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.state import Case
from clerk.rules.joint import joint_of, may_speak, speak_until

_SPEAKERS = (Role.HANDLER, Role.REVIEWER, Role.APPROVER)


def give_opinion(
    case: Case, command: GiveOpinion, context: Context
) -> tuple[AnyEvent, ...] | Refusal:
    """Speak for one's department, once and within its limit; it needs no claim."""
    refusal = may_not_speak(case, context)
    if refusal:
        return refusal
    if not command.opinion.strip():
        return refuse("opinion.missing", "opinion")
    return (
        OpinionGiven(
            at=context.now,
            by=context.actor,
            step=case.step,
            department=context.user.department,
            stance=command.stance,
            opinion=command.opinion.strip(),
        ),
    )


def may_not_speak(case: Case, context: Context) -> Refusal | None:
    """Why this user has no say here now, or nothing."""
    joint = joint_of(case)
    if case.stage not in {Stage.ACCEPTED, Stage.HANDLING} or joint is None:
        return refuse("joint.none", number=case.number)
    if context.user.disabled:
        return refuse("user.disabled")
    department = context.user.department
    if department not in {one.department for one in joint.signers} or not any(
        map(context.user.has, _SPEAKERS)
    ):
        return refuse("joint.not_asked", department=department)
    if department not in {one.department for one in may_speak(case)}:
        return refuse("joint.said_already", department=department)
    until = speak_until(case, context.calendar, context.now)
    if until is not None and context.now > until:
        return refuse("joint.limit_over", day=until.date())
    return None


def record_silence(case: Case, context: Context) -> tuple[AnyEvent, ...]:
    """Who said nothing within the limit (逾期未反馈); nothing while it runs or when all spoke."""
    if case.stage not in {Stage.ACCEPTED, Stage.HANDLING}:
        return ()
    until = speak_until(case, context.calendar, context.now)
    if until is None or context.now <= until:
        return ()
    return tuple(
        Silent(at=context.now, by=context.actor, step=case.step, department=one.department)
        for one in may_speak(case)
    )
