"""Joint review (联审, 会签): one department leads, others consent, object or keep silent.

What the step's rule asks for is met or can no longer be met, or it is still open while
departments may speak. Silence counts as the step says; by default it is no objection.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from clerk.contract.case import Stance
from clerk.contract.item import Joint, JointRule, Signer, Silence
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.choosing import settings_for
from clerk.rules.case.standing import clock_stop
from clerk.rules.case.state import Case, Opinion
from clerk.rules.clock import ClockFacts, derive_deadline


class JointState(StrEnum):
    """Where a joint step stands."""

    OPEN = "open"
    MET = "met"
    FAILED = "failed"


def needed(joint: Joint) -> int:
    """How many departments must consent."""
    match joint.rule:
        case JointRule.ALL:
            return len(joint.signers)
        case JointRule.ANY:
            return min(1, len(joint.signers))
        case JointRule.QUORUM:
            return joint.quorum


def joint_state(joint: Joint, opinions: tuple[Opinion, ...]) -> JointState:
    """What the opinions so far come to."""
    consents = sum(_consents(joint, one) for one in opinions)
    left = len(joint.signers) - len(opinions)
    if consents >= needed(joint):
        return JointState.MET
    return JointState.OPEN if consents + left >= needed(joint) else JointState.FAILED


def silent_signers(joint: Joint, opinions: tuple[Opinion, ...]) -> tuple[Signer, ...]:
    """The departments that have not spoken."""
    spoken = {one.department for one in opinions}
    return tuple(one for one in joint.signers if one.department not in spoken)


def joint_of(case: Case) -> Joint | None:
    """The joint review that the case stands in."""
    step = case.present_step
    return step.joint if step else None


def joint_open(case: Case) -> tuple[Signer, ...]:
    """The departments that the present step still waits for."""
    joint = joint_of(case)
    if joint is None or joint_state(joint, case.opinions) is not JointState.OPEN:
        return ()
    return silent_signers(joint, case.opinions)


def may_speak(case: Case) -> tuple[Signer, ...]:
    """The departments that may give their opinion now."""
    joint = joint_of(case)
    return silent_signers(joint, case.opinions) if joint else ()


def is_failed(case: Case) -> bool:
    """Whether the present step is joint and can no longer be met."""
    joint = joint_of(case)
    return joint is not None and joint_state(joint, case.opinions) is JointState.FAILED


def joint_unmet(case: Case) -> str:
    """The joint step without whose consent nothing may be granted, or nothing."""
    return case.joint_failed or (case.step if is_failed(case) else "")


def speak_until(case: Case, calendar: WorkCalendar, now: datetime) -> datetime | None:
    """The last moment of the departments' limit; stops of the case stop it too."""
    joint = joint_of(case)
    if joint is None or case.step_since is None:
        return None
    stops = tuple(clock_stop(one) for one in case.stops)
    settings = settings_for(case, calendar)
    facts = ClockFacts(case.step_since, joint.limit, stops=stops, settings=settings)
    return derive_deadline(facts, calendar, now).due_at


def _consents(joint: Joint, opinion: Opinion) -> bool:
    if opinion.stance is None:
        return joint.silence is Silence.CONSENT
    return opinion.stance is not Stance.OBJECT
