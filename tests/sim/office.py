"""What people of a department do: mostly what the case in front of them wants."""

from __future__ import annotations

from random import Random

from clerk.contract.case import (
    Delivery,
    Outcome,
    Stage,
    Stance,
    SupplementLine,
)
from clerk.contract.command import (
    AnswerAsk,
    AnyCommand,
    Approve,
    AskSupplement,
    ClaimCase,
    DecideCase,
    GiveOpinion,
    PassStep,
    ProduceResult,
    Propose,
    Reject,
    ResumeClock,
    ReturnStep,
    UnclaimCase,
)
from clerk.contract.custody import LossPlan
from clerk.contract.item import Step
from clerk.contract.proposal import ExtendPlan, Procedure, StopPlan
from clerk.contract.user import Role
from clerk.rules.case import Case
from clerk.rules.flow import department_of, earlier_steps, role_of
from clerk.rules.joint import may_speak
from tests.sim.town import (
    STAFF,
    USERS,
)

LINES = (SupplementLine("form", "申请书", "缺"),)


def at_office(case: Case, department: str, chance: Random) -> tuple[AnyCommand, str] | None:
    """What somebody of this department does with a case, and who; nothing if not theirs."""
    if case.delivery is Delivery.IN_PRODUCTION and case.terms.department == department:
        return ProduceResult(), STAFF[department][0]
    step = case.present_step
    if step is None:
        return None
    aside = _beside_the_step(case, department, chance)
    if aside is not None or department_of(case.terms, step) != department or step.at_window:
        return aside
    role = role_of(step)
    user = next(one for one in STAFF[department] if USERS[one].has(role))
    if case.claim is None or case.claim.by.user != user:
        return ClaimCase(), user
    return _in_hand(case, step, chance), user


def _beside_the_step(case: Case, department: str, chance: Random) -> tuple[AnyCommand, str] | None:
    """What needs no claim: a say at a joint step, an answer, somebody else's proposal."""
    handler, approver, head = (
        f"{department}-{role.value}" for role in (Role.HANDLER, Role.APPROVER, Role.HEAD)
    )
    if any(one.department == department for one in may_speak(case)):
        stance = Stance.AGREE if chance.random() < 0.7 else Stance.OBJECT
        return GiveOpinion(stance=stance, opinion="意见"), handler
    if case.terms.department != department or chance.random() < 0.4:
        return None
    if case.open_asks:
        return AnswerAsk(ask=case.open_asks[0].n, text="在办"), handler
    proposals = [one for one in case.proposals if not isinstance(one.plan, LossPlan)]
    if not proposals:
        return None
    n = proposals[0].n
    if chance.random() < 0.2:
        return Reject(proposal=n, reason="不必"), approver
    return Approve(proposal=n), head


def _of_the_clock(case: Case, chance: Random) -> AnyCommand | None:
    """End the procedure that runs; else now and then propose one, or more days."""
    if case.open_stops and chance.random() < 0.5:
        return ResumeClock(stop=case.open_stops[0].n, finding="合格")
    if case.proposals or chance.random() < 0.7:
        return None
    if chance.random() < 0.3:
        return Propose(plan=ExtendPlan(days=chance.randint(1, 10), reason="复杂"))
    kind = chance.choice((Procedure.INSPECTION, Procedure.APPRAISAL))
    days = chance.randint(1, 6)
    plan = StopPlan(procedure=kind, basis="许可法第45条", planned_days=days, reason="需检测")
    return Propose(plan=plan)


def _in_hand(case: Case, step: Step, chance: Random) -> AnyCommand:
    moving = _of_the_clock(case, chance)
    if moving is not None:
        return moving
    roll = chance.random()
    earlier = earlier_steps(case.terms, step.key)
    if roll < 0.06:
        return UnclaimCase()
    if roll < 0.15 and earlier:
        return ReturnStep(to=earlier[0].key, opinion="再查")
    if roll < 0.2 and case.stage is Stage.ACCEPTED:
        return AskSupplement(lines=LINES)
    if step.may_decide:
        outcome = Outcome.GRANTED if chance.random() < 0.8 else Outcome.REFUSED
        return DecideCase(outcome=outcome, opinion="定", reason="理由")
    return PassStep(opinion="同意")
