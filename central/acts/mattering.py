"""Matters at central: what people bring and what becomes of it, decided by the common rules.

A bad rating opens its follow-up in the rating's own transaction.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from central import access
from central.db import matters, offices, settings
from central.db.devices import Device
from central.db.engine import Connection
from central.db.feed import Change
from central.registers.recording import NumberAsked, note_number
from clerk.contract.answer import Refusal
from clerk.contract.command import MatterCommand, MoveMatter, TakeMatter
from clerk.contract.matter import (
    AnyMatterEvent,
    AskContact,
    Brought,
    ContactGiven,
    MatterKind,
    MatterTaken,
    MatterWay,
    PassOn,
)
from clerk.contract.session import Purpose
from clerk.contract.user import Actor, Role, User
from clerk.errors import InputError, RefusedError
from clerk.rules.case import Context
from clerk.rules.case.context import refuse
from clerk.rules.matter import Matter, decide_matter, extend_matter, fold_matter
from clerk.rules.matter.limits import limits_of
from clerk.rules.matter.who import answers_for, is_told_at
from clerk.sync import scope

RATING_ACTOR = Actor(user="rating", name="rating")
"""The actor of what nobody of the office did: an applicant's rating opened it."""


def open_follow_up(
    connection: Connection, brought: Brought, now: datetime, *, window: str = ""
) -> Change | None:
    """Open the follow-up of a bad rating, once; nothing where it has one. Announce the change.

    `brought` names the rating, the department whose it is to mend (the centre where it names
    none), what the applicant wrote, and how to reach them if they said so. `window` is where
    they were served; no window's desk gets it.
    """
    assert brought.rating, "a follow-up is of a rating"
    if matters.find_of_rating(connection, brought.rating) is not None:
        return None
    choice = settings.get_matter_choices(connection).held_at(now)
    event = MatterTaken(
        at=now,
        by=RATING_ACTOR,
        brought=replace(brought, kind=MatterKind.FOLLOW_UP, way=MatterWay.RATING),
        limits=limits_of(MatterKind.FOLLOW_UP, choice),
        window=window,
    )
    return matters.add(connection, extend_matter(f"rating:{brought.rating}", None, (event,)))


def carry_out_matter(
    connection: Connection,
    matter_id: str,
    command: MatterCommand,
    context: Context,
    device: Device,
) -> tuple[Matter, AnyMatterEvent, Change] | Refusal:
    """Decide a command on a matter, and keep what it makes happen."""
    record = matters.find(connection, matter_id, lock=True)
    before = fold_matter(record) if record else None
    hidden = before is not None and not sees(device, context.user, before)
    if hidden and not isinstance(command, TakeMatter):
        before = None
    unknown = _unknown_department(connection, command)
    if unknown:
        return unknown
    choice = settings.get_matter_choices(connection).held_at(context.now)
    event = decide_matter(before, command, context, choice)
    if isinstance(event, Refusal):
        return event
    after = extend_matter(matter_id, record, (event,))
    change = matters.put(connection, before, after) if before else matters.add(connection, after)
    return (fold_matter(after), event, change) if change else refuse("matter.taken")


def show_contact(
    connection: Connection, matter_id: str, ask: AskContact, caller: access.Caller
) -> ContactGiven:
    """How whoever brought a matter is reached, for those who talk to them; on record.

    Raises RefusedError `matter.unknown` and `matter.not_yours`, InputError `reason.missing`.
    """
    reason = ask.reason.strip()
    if not reason:
        raise InputError("reason.missing")
    record = matters.find(connection, matter_id)
    matter = fold_matter(record) if record else None
    if matter is None or not sees(caller.device, caller.user, matter):
        raise RefusedError("matter.unknown")
    user, window = caller.user, caller.device.window
    if user.disabled or not (answers_for(matter, user, window) or is_told_at(matter, user, window)):
        raise RefusedError("matter.not_yours")
    phone = matter.brought.phone
    told = NumberAsked(
        purpose=Purpose.CASE, subject=matter.id, reason=reason, found=bool(phone), sources="matter"
    )
    note_number(connection, caller, phone, "matter.unmasked", told)
    return ContactGiven(name=matter.brought.name, phone=phone)


def sees(device: Device, user: User, matter: Matter) -> bool:
    """Whether somebody may know of it: their desk holds it, or they manage the centre."""
    held = access.scope_of(device) & scope.audiences_of_matter(matter)
    return bool(held) or user.has(Role.MANAGER)


def _unknown_department(connection: Connection, command: MatterCommand) -> Refusal | None:
    """A desk may know a department that is gone."""
    field, department = "", ""
    if isinstance(command, TakeMatter):
        field, department = "department", command.brought.department
    elif isinstance(command, MoveMatter) and isinstance(command.act, PassOn):
        field, department = "to", command.act.to
    if not department or offices.find_department(connection, department):
        return None
    return refuse("department.unknown", field, department=department)
