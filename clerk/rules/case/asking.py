"""Asking about a case that does not move on, and answering (催办, 督办)."""

from __future__ import annotations

from datetime import date

from clerk.contract.answer import Refusal
from clerk.contract.asking import AskAnswered, Supervised, Urged
from clerk.contract.case import (
    AnyEvent,
)
from clerk.contract.command import AnswerAsk, SuperviseCase, UrgeCase
from clerk.contract.user import Role
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.state import Ask, AskKind, Case
from clerk.rules.watching import Holder, holder_of, watches

MOST_DAYS = 30
"""Working days that an answer may be given at most."""

_STEP_ROLES = (Role.HANDLER, Role.REVIEWER, Role.APPROVER)

_ANSWERING = (Role.APPROVER, Role.HEAD)
"""Who answers for a department what was asked formally, and what the law made of a renewal."""

Decision = tuple[AnyEvent, ...] | Refusal


def urge(case: Case, command: UrgeCase, context: Context) -> Decision:
    """Ask the holder to go on; by whoever watches over the case, or its own window."""
    holder = holder_of(case)
    refusal = (
        _may_not_urge(case, context)
        or _may_not_ask(case, AskKind.URGE)
        or _own_hold(holder, context)
        or _wrong_words(command.note, "note")
        or _wrong_days(command.days)
    )
    if refusal:
        return refusal
    live = holder.until is not None and holder.until > context.now
    return (
        Urged(
            at=context.now,
            by=context.actor,
            ask=len(case.asks) + 1,
            note=command.note.strip(),
            due=_due(command.days, context),
            department="" if holder.at_window else holder.department,
            to=holder.user if live else "",
            to_name=holder.name if live else "",
        ),
    )


def supervise(case: Case, command: SuperviseCase, context: Context) -> Decision:
    """Ask the head of the department formally; by managers and supervisors alone."""
    refusal = (
        _may_not_supervise(case, context)
        or _may_not_ask(case, AskKind.SUPERVISE)
        or _wrong_words(command.reason, "reason")
        or _wrong_words(command.demand, "demand")
        or _wrong_days(command.days)
    )
    if refusal:
        return refusal
    holder = holder_of(case)
    return (
        Supervised(
            at=context.now,
            by=context.actor,
            ask=len(case.asks) + 1,
            reason=command.reason.strip(),
            demand=command.demand.strip(),
            due=_due(command.days, context),
            department="" if holder.at_window else holder.department,
        ),
    )


def answer(case: Case, command: AnswerAsk, context: Context) -> Decision:
    """Answer what was asked, late or not; once."""
    ask = next((one for one in case.asks if one.n == command.ask), None)
    if ask is None or ask not in case.open_asks:
        return refuse("ask.not_open")
    if context.user.disabled:
        return refuse("user.disabled")
    if not may_answer(ask, case, context):
        role = Role.HANDLER if ask.kind is AskKind.URGE else Role.APPROVER
        return refuse("ask.not_yours", role=(role if ask.department else Role.COUNTER).value)
    if ask.kind is AskKind.RENEWAL and command.holds is None:
        return refuse("renewal.no_answer")
    holds = command.holds if ask.kind is AskKind.RENEWAL else None
    text = command.text.strip()
    return _wrong_words(text, "text") or (
        AskAnswered(at=context.now, by=context.actor, ask=ask.n, text=text, holds=holds),
    )


def may_answer(ask: Ask, case: Case, context: Context) -> bool:
    """Whether it is this user's to answer.

    An urge is answered by those who do steps in the department that holds the case, a
    supervision by its head or an approver, either by the window where the case stood there;
    a renewal by the head or an approver of the item's department.
    """
    user = context.user
    if not ask.department:
        return user.has(Role.COUNTER) and context.window == case.window
    roles = _STEP_ROLES if ask.kind is AskKind.URGE else _ANSWERING
    return user.department == ask.department and any(user.has(role) for role in roles)


def _may_not_urge(case: Case, context: Context) -> Refusal | None:
    user = context.user
    if user.disabled:
        return refuse("user.disabled")
    at_window = user.has(Role.COUNTER) and context.window == case.window
    return None if at_window or watches(user, case) else refuse("ask.not_watched")


def _may_not_supervise(case: Case, context: Context) -> Refusal | None:
    user = context.user
    if user.disabled:
        return refuse("user.disabled")
    if not (user.has(Role.MANAGER) or user.has(Role.SUPERVISOR)):
        return refuse("user.role_needed", role=Role.SUPERVISOR.value)
    return None if watches(user, case) else refuse("ask.not_watched")


def _may_not_ask(case: Case, kind: AskKind) -> Refusal | None:
    if not (case.in_hand or case.undelivered):
        return refuse("case.wrong_stage", stage=case.stage.value)
    open_one = next((one for one in case.open_asks if one.kind is kind), None)
    return refuse("ask.open", due=open_one.due) if open_one else None


def _own_hold(holder: Holder, context: Context) -> Refusal | None:
    mine = holder.user == context.user.id and holder.until and holder.until > context.now
    return refuse("ask.own") if mine else None


def _wrong_words(text: str, field: str) -> Refusal | None:
    return None if text.strip() else refuse("ask.words_missing", field)


def _wrong_days(days: int) -> Refusal | None:
    return None if 1 <= days <= MOST_DAYS else refuse("ask.days", "days", most=MOST_DAYS)


def _due(days: int, context: Context) -> date:
    return context.calendar.working_day_after(context.today, days)
