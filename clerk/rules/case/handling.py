"""What the departments do with an accepted case (承办, 审核, 批准)."""

from __future__ import annotations

from datetime import datetime

from clerk.clock import OFFICE_ZONE
from clerk.contract.answer import Refusal
from clerk.contract.bundle import Standing
from clerk.contract.case import (
    AnyEvent,
    Claimed,
    Decided,
    DepartmentAccepted,
    Outcome,
    Preceded,
    Stage,
    StepPassed,
    StepReturned,
    Unclaimed,
)
from clerk.contract.command import (
    ClaimCase,
    DecideCase,
    PassStep,
    ReturnStep,
    UnclaimCase,
    Waive,
)
from clerk.contract.item import Step
from clerk.errors import in_one
from clerk.rules.case.context import CLAIM_LEASE, Context, refuse
from clerk.rules.case.standing import lapses, standing_stops
from clerk.rules.case.state import Case
from clerk.rules.flow import department_of, earlier_steps, may_do, role_of
from clerk.rules.joint import joint_open, joint_unmet

Decision = tuple[AnyEvent, ...] | Refusal


def claim(case: Case, _command: ClaimCase, context: Context) -> Decision:
    """Take a case on for two hours; a live claim of somebody else stands."""
    return not_ones_step(case, context) or (
        Claimed(at=context.now, by=context.actor, until=context.now + CLAIM_LEASE),
    )


def unclaim(case: Case, _command: UnclaimCase, context: Context) -> Decision:
    """Give a claim back."""
    return holds_step(case, context) or (Unclaimed(at=context.now, by=context.actor),)


def pass_step(case: Case, command: PassStep, context: Context) -> Decision:
    """Do one's step with an opinion; the first one is the department's acceptance."""
    refusal = holds_step(case, context) or _no_opinion(command.opinion) or _joint_open(case)
    if refusal:
        return refusal
    if case.step == case.terms.flow[-1].key:
        return refuse("step.last_decides", step=case.step)
    passed = StepPassed(
        at=context.now, by=context.actor, step=case.step, opinion=command.opinion.strip()
    )
    return (*_taken_up(case, context), passed)


def return_step(case: Case, command: ReturnStep, context: Context) -> Decision:
    """Send the case back to an earlier step, saying why."""
    refusal = holds_step(case, context) or _no_opinion(command.opinion)
    if refusal:
        return refusal
    if command.to not in _may_return_to(case):
        return refuse("step.not_earlier", "to", step=command.to)
    return (
        StepReturned(
            at=context.now,
            by=context.actor,
            step=case.step,
            to=command.to,
            opinion=command.opinion.strip(),
        ),
    )


def decide_case(case: Case, command: DecideCase, context: Context) -> Decision:
    """Grant or refuse; a refusal says why (Art. 38)."""
    return (
        holds_step(case, context)
        or _may_not_decide(case, command, context)
        or (
            *lapses(case, context),
            *_taken_up(case, context),
            _decided(case, command, context),
        )
    )


def waive(case: Case, command: Waive, context: Context) -> Decision:
    """The department finds that what its case waits for is not needed, or is held already."""
    refusal = holds_step(case, context)
    if refusal:
        return refusal
    awaited = next((one for one in case.waits_for if one.item == command.item), None)
    if awaited is None:
        return refuse("bundle.not_awaited", "item", item=command.item)
    if not command.reason.strip():
        return refuse("reason.missing", "reason")
    return (
        Preceded(
            at=context.now,
            by=context.actor,
            item=awaited.item,
            name=awaited.name,
            standing=Standing.WAIVED,
            reason=command.reason.strip(),
        ),
    )


def not_ones_step(case: Case, context: Context) -> Refusal | None:
    """Why the present step is not this user's to do, or nothing."""
    step = case.present_step
    if case.stage not in {Stage.ACCEPTED, Stage.HANDLING} or step is None:
        return refuse("case.wrong_stage", stage=case.stage.value)
    if context.user.disabled:
        return refuse("user.disabled")
    if not may_do(context.user, case.terms, step):
        role = role_of(step).value
        return refuse(
            "step.not_yours", step=step.name, role=role, department=department_of(case.terms, step)
        )
    return _own_work(case, step, context) or _claimed_by_other(case, context)


def holds_step(case: Case, context: Context) -> Refusal | None:
    """Why this user does not hold the case now, or nothing; a lease that ran out is lost."""
    refusal = not_ones_step(case, context)
    if refusal:
        return refusal
    if case.claim is None or case.claim.by.user != context.user.id:
        return refuse("claim.none", number=case.number)
    if case.claim.until <= context.now:
        return refuse("claim.lost", number=case.number, until=office_hour(case.claim.until))
    return None


def _own_work(case: Case, step: Step, context: Context) -> Refusal | None:
    """Nobody approves what they handled: one person does one step of a case."""
    own = next(
        (done for done in case.done if done.by.user == context.user.id and done.step != step.key),
        None,
    )
    return refuse("step.own_work", step=step.name, earlier=own.step) if own else None


def _claimed_by_other(case: Case, context: Context) -> Refusal | None:
    other = case.claimed_by_other(context.user.id, context.now)
    if other is None:
        return None
    return refuse("claim.taken", by=other.by.name, until=office_hour(other.until))


def office_hour(at: datetime) -> str:
    """The office's time of day; a moment that travelled may bear another zone."""
    return f"{at.astimezone(OFFICE_ZONE):%H:%M}"


def _no_opinion(opinion: str) -> Refusal | None:
    return None if opinion.strip() else refuse("opinion.missing", "opinion")


def _may_not_decide(case: Case, command: DecideCase, context: Context) -> Refusal | None:
    step = case.present_step
    assert step is not None, "whoever holds a step stands in one"
    if not step.may_decide:
        return refuse("step.may_not_decide", step=step.name)
    if standing_stops(case, context):
        return refuse("case.clock_stopped")
    if command.outcome not in {Outcome.GRANTED, Outcome.REFUSED}:
        return refuse("decision.outcome_unknown", "outcome", outcome=command.outcome.value)
    if command.outcome is Outcome.REFUSED and not command.reason.strip():
        return refuse("reason.missing", "reason")
    return _no_opinion(command.opinion) or _waits(case) or _joint_bars(case, command)


def _waits(case: Case) -> Refusal | None:
    """Nothing is decided before what it depends on is granted (国办发〔2019〕11号)."""
    names = in_one(one.name for one in case.waits_for)
    return refuse("bundle.waits", names=names) if names else None


def _joint_open(case: Case) -> Refusal | None:
    names = in_one(one.name or one.department for one in joint_open(case))
    return refuse("joint.open", names=names) if names else None


def _joint_bars(case: Case, command: DecideCase) -> Refusal | None:
    """Without the consent that the joint step asks for, nothing is granted."""
    unmet = joint_unmet(case) if command.outcome is Outcome.GRANTED else ""
    if unmet:
        names = {step.key: step.name for step in case.terms.flow}
        return refuse("joint.unmet", step=names[unmet])
    return _joint_open(case)


def _may_return_to(case: Case) -> set[str]:
    """A joint step may be gone through once more, as after the drawings were mended."""
    earlier = {step.key for step in earlier_steps(case.terms, case.step)}
    step = case.present_step
    return earlier | {step.key} if step and step.joint else earlier


def _decided(case: Case, command: DecideCase, context: Context) -> Decided:
    deferred = any(one.state == "deferred" for one in case.materials)
    granted = command.outcome is Outcome.GRANTED
    return Decided(
        at=context.now,
        by=context.actor,
        step=case.step,
        outcome=Outcome.GRANTED_DEFERRED if granted and deferred else command.outcome,
        opinion=command.opinion.strip(),
        reason=command.reason.strip(),
    )


def _taken_up(case: Case, context: Context) -> tuple[AnyEvent, ...]:
    if case.department_accepted_at:
        return ()
    return (DepartmentAccepted(at=context.now, by=context.actor),)
