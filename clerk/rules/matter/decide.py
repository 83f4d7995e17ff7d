"""What may happen to a matter: the same decision at the desk and at central."""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.command import MatterCommand, MoveMatter, TakeMatter, TellMatter
from clerk.contract.matter import (
    AnyMatterEvent,
    Appeal,
    AppealDecided,
    Brought,
    Close,
    Contact,
    DecideAppeal,
    MatterAnswered,
    MatterAppealed,
    MatterClosed,
    MatterContacted,
    MatterKind,
    MatterPassed,
    MatterTaken,
    MatterTold,
    MatterWay,
    PassOn,
    Reply,
)
from clerk.contract.setting import MatterChoice
from clerk.contract.user import Role
from clerk.rules.case.context import Context, refuse
from clerk.rules.matter.limits import limits_of
from clerk.rules.matter.state import Matter, MatterStage
from clerk.rules.matter.who import TAKING, answers_for, decides_appeal, hands_on, is_told_at

MOST_LETTERS = 2000
"""Of any text of a matter: a page, and what a screen can show."""

_SHORT = 64

Decision = AnyMatterEvent | Refusal


def decide_matter(
    matter: Matter | None, command: MatterCommand, context: Context, choice: MatterChoice
) -> Decision:
    """The event that a command makes happen, or why it may not be."""
    if context.user.disabled:
        return refuse("user.disabled")
    if isinstance(command, TakeMatter):
        return refuse("matter.taken") if matter else _take(command.brought, context, choice)
    if matter is None:
        return refuse("matter.unknown")
    if matter.stage in {MatterStage.CLOSED, MatterStage.EXCLUDED}:
        return refuse("matter.closed")
    if isinstance(command, TellMatter):
        return _tell(matter, command, context)
    return _move(matter, command, context)


def _move(matter: Matter, command: MoveMatter, context: Context) -> Decision:
    match command.act:
        case Contact() as act:
            return _contact(matter, act, context)
        case Reply() as act:
            return _answer(matter, act, context)
        case PassOn() as act:
            return _pass_on(matter, act, context)
        case Close() as act:
            return _close(matter, act, context)
        case Appeal() as act:
            return _appeal(matter, act, context)
        case DecideAppeal() as act:
            return _decide_appeal(matter, act, context)


def _take(brought: Brought, context: Context, choice: MatterChoice) -> Decision:
    if not any(context.user.has(role) for role in TAKING):
        return refuse("user.role_needed", role=Role.COUNTER.value)
    if brought.kind is MatterKind.FOLLOW_UP or brought.way is MatterWay.RATING or brought.rating:
        return refuse("matter.of_rating")
    if not context.window and not brought.department and not context.user.has(Role.MANAGER):
        return refuse("matter.department_missing", "department")
    short = (brought.name, brought.phone, brought.case_number, brought.department, brought.item)
    if any(len(one) > _SHORT for one in short):
        return refuse("matter.too_long", "name", most=_SHORT)
    return _wrong_words(brought.text, "text") or MatterTaken(
        at=context.now,
        by=context.actor,
        brought=brought,
        limits=limits_of(brought.kind, choice),
        window=context.window,
    )


def _contact(matter: Matter, act: Contact, context: Context) -> Decision:
    return (
        _not_yours(matter, context)
        or _answered(matter)
        or _wrong_words(act.note, "note")
        or MatterContacted(at=context.now, by=context.actor, note=act.note.strip())
    )


def _answer(matter: Matter, act: Reply, context: Context) -> Decision:
    return (
        _not_yours(matter, context)
        or _answered(matter)
        or _wrong_words(act.text, "text")
        or MatterAnswered(at=context.now, by=context.actor, text=act.text.strip())
    )


def _pass_on(matter: Matter, act: PassOn, context: Context) -> Decision:
    if not hands_on(matter, context.user, context.window):
        return refuse("matter.not_yours")
    if act.to == matter.department:
        return refuse("matter.same_department", "to")
    return (
        _answered(matter)
        or _wrong_words(act.reason, "reason")
        or MatterPassed(at=context.now, by=context.actor, to=act.to, reason=act.reason.strip())
    )


def _tell(matter: Matter, command: TellMatter, context: Context) -> Decision:
    """By the window that took it in; whoever answered may have told it as well."""
    user, window = context.user, context.window
    if not is_told_at(matter, user, window) and not answers_for(matter, user, window):
        return refuse("matter.not_yours")
    if matter.answered is None:
        return refuse("matter.not_answered")
    if matter.told:
        return refuse("matter.told", name=matter.told.by.name)
    note = command.note.strip()
    if len(note) > MOST_LETTERS:
        return refuse("matter.too_long", "note", most=MOST_LETTERS)
    return MatterTold(at=context.now, by=context.actor, note=note)


def _close(matter: Matter, act: Close, context: Context) -> Decision:
    """Once it is answered by whoever answers for it; without an answer by a manager alone."""
    user = context.user
    if matter.answered is None and not user.has(Role.MANAGER):
        return refuse("matter.close_unanswered")
    own = is_told_at(matter, user, context.window)
    if not own and not answers_for(matter, user, context.window):
        return refuse("matter.not_yours")
    return (
        _appeal_waits(matter)
        or _wrong_words(act.reason, "reason")
        or MatterClosed(at=context.now, by=context.actor, reason=act.reason.strip())
    )


def _appeal(matter: Matter, act: Appeal, context: Context) -> Decision:
    if matter.kind is not MatterKind.FOLLOW_UP:
        return refuse("matter.no_rating")
    if matter.appealed:
        return refuse("matter.appealed", name=matter.appealed.by.name)
    return (
        _not_yours(matter, context)
        or _wrong_words(act.reason, "reason")
        or MatterAppealed(at=context.now, by=context.actor, reason=act.reason.strip())
    )


def _decide_appeal(matter: Matter, act: DecideAppeal, context: Context) -> Decision:
    """Two people: nobody judges their own appeal."""
    if not decides_appeal(matter, context.user):
        return refuse("user.role_needed", role=Role.AUDITOR.value)
    if matter.appealed is None or matter.appeal is not None:
        return refuse("matter.not_appealed")
    if matter.appealed.by.user == context.user.id:
        return refuse("matter.own_appeal")
    return _wrong_words(act.reason, "reason") or AppealDecided(
        at=context.now, by=context.actor, excluded=act.exclude, reason=act.reason.strip()
    )


def _not_yours(matter: Matter, context: Context) -> Refusal | None:
    mine = answers_for(matter, context.user, context.window)
    return None if mine else refuse("matter.not_yours")


def _answered(matter: Matter) -> Refusal | None:
    return refuse("matter.answered", name=matter.answered.by.name) if matter.answered else None


def _appeal_waits(matter: Matter) -> Refusal | None:
    return refuse("matter.appeal_waits") if matter.appeal_waits else None


def _wrong_words(text: str, field: str) -> Refusal | None:
    if not text.strip():
        return refuse("matter.words_missing", field)
    return refuse("matter.too_long", field, most=MOST_LETTERS) if len(text) > MOST_LETTERS else None
