"""Doing an act once more: what of its typing can be changed, and a receipt made a draft again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from clerk.contract.bundle import DraftProject
from clerk.contract.case import MaterialState, Ticked
from clerk.contract.command import AnyCommand, AskSupplement, HandInSupplement, Propose, ReceiveCase
from clerk.contract.draft import ChosenItem, Draft, Tick
from clerk.contract.item import Bundle, Item
from clerk.contract.proposal import AnyPlan, CorrectPlan, ExtendPlan, ProlongPlan, StopPlan
from clerk.rules.bundle.place import project_of
from clerk.rules.checklist import answer_key, checklist, form_fields
from clerk.rules.retyping_amendments import amended_texts, amended_with

_TEXTS = (
    *("note", "reason", "demand", "finding", "right_body", "opinion", "collector", "signature"),
    *("text", "receiver", "place"),
)


def texts_of(command: AnyCommand) -> dict[str, str]:
    """The texts that were typed, by their field; those of a supplement by its lines."""
    match command:
        case AskSupplement(lines=lines):
            return {line.key: line.reason for line in lines}
        case HandInSupplement(fields=fields):
            return dict(fields)
        case Propose(plan=plan):
            return _texts_of_plan(plan)
        case _:
            return {name: text for name in _TEXTS if (text := getattr(command, name, ""))}


def with_texts(command: AnyCommand, texts: Mapping[str, str]) -> AnyCommand:
    """The same act in other words; `days` of a plan are digits."""
    match command:
        case AskSupplement(lines=lines):
            told = tuple(
                type(one)(one.key, one.name, texts.get(one.key, one.reason)) for one in lines
            )
            return replace(command, lines=told)
        case HandInSupplement(fields=fields):
            return replace(command, fields=fields | dict(texts))
        case Propose(plan=plan):
            return replace(command, plan=_plan_with(plan, texts))
        case _:
            return replace(command, **texts)


def _texts_of_plan(plan: AnyPlan) -> dict[str, str]:
    texts = {"reason": plan.reason}
    match plan:
        case StopPlan():
            return {"basis": plan.basis, "days": str(plan.planned_days)} | texts
        case ProlongPlan(days=days) | ExtendPlan(days=days):
            return {"days": str(days)} | texts
        case CorrectPlan(amendment=amendment):
            return amended_texts(amendment) | texts
        case _:
            return texts


def _plan_with(plan: AnyPlan, texts: Mapping[str, str]) -> AnyPlan:
    if isinstance(plan, CorrectPlan):
        amendment = amended_with(plan.amendment, texts)
        return replace(plan, amendment=amendment, reason=texts.get("reason", plan.reason))
    changes: dict[str, Any] = dict(texts)
    if "days" in changes:
        name = "planned_days" if isinstance(plan, StopPlan) else "days"
        changes[name] = int(changes.pop("days"))
    return replace(plan, **changes)


def parts_of(command: AnyCommand) -> dict[str, str]:
    """The materials that an act is about, by name, where it may also be about fewer.

    Fields of the form that a supplement brings are among them, under their keys.
    """
    match command:
        case AskSupplement(lines=lines):
            return {one.key: one.name for one in lines}
        case HandInSupplement(materials=materials, fields=fields):
            return {one.key: one.name for one in materials} | {key: key for key in fields}
        case _:
            return {}


def with_parts(command: AnyCommand, keys: Collection[str]) -> AnyCommand:
    """The same act about these materials and fields only."""
    match command:
        case AskSupplement(lines=lines):
            return replace(command, lines=tuple(one for one in lines if one.key in keys))
        case HandInSupplement(materials=materials, fields=fields):
            return replace(
                command,
                materials=tuple(one for one in materials if one.key in keys),
                fields={key: text for key, text in fields.items() if key in keys},
            )
        case _:
            return command


def draft_of(
    commands: Sequence[ReceiveCase],
    items: Mapping[str, Item],
    blank: Draft,
    today: date,
    bundle: Bundle | None = None,
) -> Draft:
    """The draft that receipts of one visit were made of, laid into a blank one.

    A material that a held licence stood for is not ticked: the licence is looked up anew. What
    was received into a bundle application goes into the same one, in its place; `bundle` is the
    bundle as this desk has it.
    """
    first = commands[0]
    applicant, agent = first.applicant, first.agent
    chosen = [items[one.item] for one in commands]
    answers = {
        answer_key(one.item, key): option for one in commands for key, option in one.answers.items()
    }
    return replace(
        blank,
        id_kind=applicant.id_kind.value,
        id_text=applicant.id_number,
        name=applicant.name,
        phone=applicant.phone,
        address=applicant.address,
        representative=applicant.representative,
        agent_name=agent.name if agent else "",
        agent_id=agent.id_number if agent else "",
        agent_id_kind=agent.id_kind.value if agent else "",
        agent_phone=agent.phone if agent else "",
        items=tuple(ChosenItem(one.id, one.version) for one in chosen),
        answers=answers,
        ticks=_ticks(commands, chosen, answers, today),
        fields=_fields(commands, chosen, answers),
        bundle=next((one.bundle for one in commands if one.bundle), ""),
        project=_project(commands, bundle),
    )


def _project(commands: Sequence[ReceiveCase], bundle: Bundle | None) -> DraftProject | None:
    places = {one.item: one.place for one in commands if one.place is not None}
    return project_of(places, bundle) if places else None


def line_keys(
    items: Sequence[Item], answers: Mapping[str, str], today: date
) -> dict[tuple[str, str], str]:
    """The line of the visit's checklist for each item's own material."""
    return {
        (served.item, served.key): line.key
        for line in checklist(items, answers, (), today)
        for served in line.serves
    }


def _ticks(
    commands: Sequence[ReceiveCase],
    items: Sequence[Item],
    answers: Mapping[str, str],
    today: date,
) -> dict[str, Tick]:
    lines = line_keys(items, answers, today)
    return {
        lines[one.item, tick.key]: _tick(tick)
        for one in commands
        for tick in one.materials
        if (one.item, tick.key) in lines and tick.state is not MaterialState.EXEMPTED
    }


def _tick(ticked: Ticked) -> Tick:
    return Tick(
        state=ticked.state,
        originals=ticked.originals,
        copies=ticked.copies,
        due=ticked.due,
        note=ticked.note,
    )


def _fields(
    commands: Sequence[ReceiveCase], items: Sequence[Item], answers: Mapping[str, str]
) -> dict[str, str]:
    typed = {(one.item, key): text for one in commands for key, text in one.fields.items()}
    return {
        line.key: typed[served.item, served.key]
        for line in form_fields(items, answers)
        for served in line.serves
        if (served.item, served.key) in typed
    }
