"""What comes in after the receipt: put right on the spot, asked for by a notice, or deferred."""

from __future__ import annotations

from datetime import date

from clerk.contract.answer import Refusal
from clerk.contract.case import (
    AnyEvent,
    CompletedAtCounter,
    DeferredProvided,
    MaterialState,
    Stage,
    Supplemented,
    Ticked,
)
from clerk.contract.command import HandInSupplement
from clerk.contract.user import Role
from clerk.rules.case.context import Context, lacks_role, refuse
from clerk.rules.case.counter import five_days_over
from clerk.rules.case.fold import take_in
from clerk.rules.case.form import lacking_fields, wanted_fields, wrong_fields
from clerk.rules.case.receiving import wrong_ticks
from clerk.rules.case.state import Case
from clerk.rules.checklist import FieldLine

Decision = tuple[AnyEvent, ...] | Refusal
_LACKING = frozenset({MaterialState.MISSING, MaterialState.DEFERRED})
_DEFERRED = frozenset({MaterialState.DEFERRED})


def papers_to_come(case: Case) -> dict[str, Ticked]:
    """What may still be handed in.

    The deferred; until it is decided the missing; and what an open notice asked for anew.
    """
    awaited = case.awaited if case.stage is Stage.SUPPLEMENTING else ()
    states = _LACKING if case.in_hand else _DEFERRED
    return {one.key: one for one in case.materials if one.state in states or one.key in awaited}


def fields_to_come(case: Case, today: date) -> dict[str, FieldLine]:
    """What may still be filled in; nothing once the form was accepted as complete."""
    if not case.in_hand or (case.accepted_at and not case.deemed):
        return {}
    return {one.key: one for one in wanted_fields(case, today)}


def hand_in(case: Case, command: HandInSupplement, context: Context) -> Decision:
    """Take in what lacks, what was asked for, what was deferred, or what the law did without.

    When all that a notice asked for is there, five days begin anew (rule 9).
    """
    refusal = lacks_role(context, Role.COUNTER) or _wrong_materials(case, command)
    if refusal:
        return refusal
    if case.stage is Stage.RECEIVED:
        return _complete_at_counter(case, command, context)
    if case.stage is Stage.SUPPLEMENTING:
        return _hand_in_supplement(case, command, context)
    if case.deemed and case.in_hand:
        return _append(case, command, context)
    if case.stage in {Stage.ACCEPTED, Stage.HANDLING, Stage.DECIDED}:
        return _hand_in_deferred(case, command, context)
    return refuse("case.wrong_stage", stage=case.stage.value)


def _complete_at_counter(case: Case, command: HandInSupplement, context: Context) -> Decision:
    """Before any notice: what can be put right on the spot is, and the five days run on.

    Source: 行政许可法 Art. 32(3).
    """
    if five_days_over(case, context):
        return refuse("case.deemed_accepted", day=case.five_days_from)
    fields = _stripped(command)
    refusal = _there_already(case, command)
    return (
        refusal
        or wrong_fields(case, fields, context.today)
        or (
            CompletedAtCounter(
                at=context.now, by=context.actor, materials=command.materials, fields=fields
            ),
        )
    )


def _append(case: Case, command: HandInSupplement, context: Context) -> Decision:
    """What still lacked when the law accepted the case comes in; nothing else of it changes.

    Source: 行政许可法 Art. 32(4): accepted, whatever was missing.
    """
    fields = _stripped(command)
    refusal = _there_already(case, command) or wrong_fields(case, fields, context.today)
    if refusal:
        return refusal
    deferred = {one.key for one in case.materials if one.state is MaterialState.DEFERRED}
    late = tuple(one for one in command.materials if one.key in deferred)
    rest = tuple(one for one in command.materials if one.key not in deferred)
    completed = CompletedAtCounter(at=context.now, by=context.actor, materials=rest, fields=fields)
    provided = DeferredProvided(at=context.now, by=context.actor, materials=late)
    return (*([completed] if rest or fields else []), *([provided] if late else []))


def _there_already(case: Case, command: HandInSupplement) -> Refusal | None:
    """What does not lack is not taken in again: a wrong tick is a mistake, put right as one."""
    lacking = {one.key for one in case.materials if one.state in _LACKING}
    there = next((one for one in command.materials if one.key not in lacking), None)
    if there is None:
        return None
    return refuse("material.there_already", there.key, material=there.name)


def _stripped(command: HandInSupplement) -> dict[str, str]:
    return {key: text.strip() for key, text in command.fields.items()}


def _hand_in_supplement(case: Case, command: HandInSupplement, context: Context) -> Decision:
    """All is there when nothing of the notice is awaited, no paper misses, no field lacks."""
    fields = _stripped(command)
    refusal = wrong_fields(case, fields, context.today)
    if refusal:
        return refusal
    after = take_in(case, command.materials, fields)
    complete = not (after.awaited or after.missing or lacking_fields(after, context.today))
    return (
        Supplemented(
            at=context.now,
            by=context.actor,
            materials=command.materials,
            complete=complete,
            fields=fields,
        ),
    )


def _hand_in_deferred(case: Case, command: HandInSupplement, context: Context) -> Decision:
    labels = {one.key: one.label for one in case.terms.fields}
    for key in command.fields:
        return refuse("field.not_asked", key, label=labels.get(key, key))
    deferred = {one.key for one in case.materials if one.state == "deferred"}
    stranger = next((one for one in command.materials if one.key not in deferred), None)
    if stranger:
        return refuse("material.not_deferred", stranger.key, material=stranger.name)
    return (DeferredProvided(at=context.now, by=context.actor, materials=command.materials),)


def _wrong_materials(case: Case, command: HandInSupplement) -> Refusal | None:
    """What comes in later is asked the same as what came in with the receipt."""
    if not command.materials and not command.fields:
        return refuse("supplement.empty", "materials")
    for tick in command.materials:
        if tick.state is MaterialState.MISSING:
            return refuse("material.nothing_came", tick.key, material=tick.name)
    return wrong_ticks(command.materials, case.terms.materials)
