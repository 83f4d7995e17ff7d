"""What the counter concludes about a received application (行政许可法 Art. 32)."""

from __future__ import annotations

from clerk.clock import OFFICE_ZONE
from clerk.contract.answer import Refusal
from clerk.contract.case import (
    Accepted,
    AnyEvent,
    Declined,
    DeclineGround,
    DeemedAccepted,
    Stage,
    SupplementAsked,
    Withdrawn,
)
from clerk.contract.command import (
    AcceptCase,
    AskSupplement,
    DeclineCase,
    WithdrawCase,
)
from clerk.contract.user import Role
from clerk.errors import in_one
from clerk.rules.case.context import FIVE_DAYS, Context, lacks_role, refuse
from clerk.rules.case.form import lacking_fields
from clerk.rules.case.handling import holds_step
from clerk.rules.case.state import Case
from clerk.rules.custody.losing import refuse_asking

Decision = tuple[AnyEvent, ...] | Refusal

FIRST_GROUNDS = tuple(one for one in DeclineGround if one is not DeclineGround.NOT_CORRECTED)
"""What an application may be declined for before anything was asked of its applicant."""


def accept(case: Case, _command: AcceptCase, context: Context) -> Decision:
    """Accept at the window; after the fifth day the law has done so already (Art. 32(4)(5))."""
    refusal = lacks_role(context, Role.COUNTER) or _not_at(case, Stage.RECEIVED)
    if refusal:
        return refusal
    if five_days_over(case, context):
        return (deemed_acceptance(case, context),)
    if case.missing:
        names = in_one(one.name for one in case.missing)
        return refuse("case.materials_missing", "materials", count=len(case.missing), names=names)
    lacking = lacking_fields(case, context.today)
    if lacking:
        labels = in_one(one.field.label for one in lacking)
        return refuse("case.form_incomplete", "fields", count=len(lacking), names=labels)
    return (Accepted(at=context.now, by=context.actor),)


def ask_supplement(case: Case, command: AskSupplement, context: Context) -> Decision:
    """Tell everything that is missing, once, within five days of receipt (Art. 32(4)).

    The window may do so while the case is received, the department until it has taken the
    case up; acceptance at the window is undone by it.
    """
    return (
        _may_not_ask(case, context)
        or _wrong_lines(case, command)
        or refuse_asking(case, (one.key for one in command.lines))
        or _left_out(case, command, context)
        or (SupplementAsked(at=context.now, by=context.actor, lines=command.lines),)
    )


def grounds_of(case: Case) -> tuple[DeclineGround, ...]:
    """What a case may be declined for now: only what a notice asked for can be uncorrected.

    Source: 行政许可法 Art. 32(4)(5).
    """
    return tuple(DeclineGround) if case.stage is Stage.SUPPLEMENTING else FIRST_GROUNDS


def decline(case: Case, command: DeclineCase, context: Context) -> Decision:
    """Do not accept, with a reason on paper; the wrong office names the right one."""
    refusal = (
        lacks_role(context, Role.COUNTER)
        or _not_at(case, Stage.RECEIVED, Stage.SUPPLEMENTING)
        or _wrong_ground(case, command)
    )
    if refusal:
        return refusal
    if case.stage is Stage.RECEIVED and five_days_over(case, context):
        return refuse("case.deemed_accepted", day=case.five_days_from)
    return (
        Declined(
            at=context.now,
            by=context.actor,
            ground=command.ground,
            reason=command.reason.strip(),
            right_body=command.right_body.strip(),
        ),
    )


def withdraw(case: Case, command: WithdrawCase, context: Context) -> Decision:
    """The applicant takes the application back before it is decided."""
    refusal = lacks_role(context, Role.COUNTER) or _not_at(
        case, Stage.RECEIVED, Stage.SUPPLEMENTING, Stage.ACCEPTED, Stage.HANDLING
    )
    if refusal:
        return refusal
    if not command.reason.strip():
        return refuse("reason.missing", "reason")
    return (Withdrawn(at=context.now, by=context.actor, reason=command.reason.strip()),)


def five_days_over(case: Case, context: Context) -> bool:
    """Whether the last five days ran out without a word (Art. 32(4))."""
    if case.five_days_from is None:
        return False
    fifth = context.calendar.working_day_after(case.five_days_from, FIVE_DAYS)
    return context.today > fifth


def deemed_acceptance(case: Case, context: Context) -> DeemedAccepted:
    """Accepted by the clock, dated from the day that the last five days started on."""
    assert case.five_days_from is not None, "the five days run"
    return DeemedAccepted(at=context.now, by=context.actor, dated_from=case.five_days_from)


def _not_at(case: Case, *stages: Stage) -> Refusal | None:
    return None if case.stage in stages else refuse("case.wrong_stage", stage=case.stage.value)


def may_not_ask_at_all(case: Case, context: Context) -> Refusal | None:
    """Why this user can't ask the applicant for anything now, or nothing."""
    if case.stage is Stage.RECEIVED:
        refusal = lacks_role(context, Role.COUNTER)
    elif case.stage is Stage.ACCEPTED and not case.deemed:
        refusal = holds_step(case, context)
        step = case.present_step
        if not refusal and step and not step.may_send_back:
            refusal = refuse("step.may_not_send_back", step=step.name)
        if not refusal and case.open_stops:
            refusal = refuse("case.clock_stopped")
    else:
        refusal = refuse("case.wrong_stage", stage=case.stage.value)
    if refusal:
        return refusal
    if five_days_over(case, context):
        return refuse("case.five_days_over", day=case.five_days_from)
    return None


def _may_not_ask(case: Case, context: Context) -> Refusal | None:
    refusal = may_not_ask_at_all(case, context)
    if refusal or not case.supplements_asked or case.supplement_allowed:
        return refusal
    day = case.asked_at and case.asked_at.astimezone(OFFICE_ZONE).date()
    code = "case.supplement_once"
    if case.terms.second_supplement and case.supplements_asked == 1:
        code = "supplement.needs_approval"
    return refuse(code, day=day)


def _wrong_lines(case: Case, command: AskSupplement) -> Refusal | None:
    if not command.lines:
        return refuse("supplement.empty", "lines")
    known = {one.key for one in case.terms.materials} | {one.key for one in case.terms.fields}
    for line in command.lines:
        if line.key not in known:
            return refuse("material.not_of_item", line.key, material=line.name)
        if not line.reason.strip():
            return refuse("supplement.reason_missing", line.key, material=line.name)
    return None


def _left_out(case: Case, command: AskSupplement, context: Context) -> Refusal | None:
    """What was not told can't be asked for later, so that a notice names all that lacks."""
    told = {line.key for line in command.lines}
    lacking = {one.key: one.name for one in case.missing}
    lacking |= {one.key: one.field.label for one in lacking_fields(case, context.today)}
    names = in_one(name for key, name in lacking.items() if key not in told)
    return refuse("supplement.not_all", "lines", names=names) if names else None


def _wrong_ground(case: Case, command: DeclineCase) -> Refusal | None:
    if command.ground not in grounds_of(case):
        return refuse("decline.nothing_asked", "ground")
    if not command.reason.strip():
        return refuse("reason.missing", "reason")
    if command.ground is DeclineGround.NOT_THIS_OFFICE and not command.right_body.strip():
        return refuse("decline.right_body_missing", "right_body")
    return None
