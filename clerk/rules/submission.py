"""A draft turned into one command per item: the same typing, ticks and answers for each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from clerk.contract.bundle import Place
from clerk.contract.case import MaterialState, Ticked
from clerk.contract.command import ReceiveCase
from clerk.contract.draft import Draft, Tick
from clerk.contract.item import Item
from clerk.contract.party import Agent, Party
from clerk.rules.bundle.place import place_of
from clerk.rules.checklist import Line, answers_of, describe_fact, describe_held, satisfied
from clerk.rules.form import MASKED, value_of
from clerk.rules.verdict import Visit, applicant_name, facts_of, party_kind, read_draft_agent


def commands_of(  # noqa: PLR0917 - what a visit comes to
    draft: Draft,
    visit: Visit,
    numbers: Mapping[str, str],
    query_password: str,
    today: date,
    rating_code: str = "",
) -> tuple[ReceiveCase, ...]:
    """One receipt per item of the visit; `numbers` gives each item's case number.

    Password and code are the visit's: they stand once on its receipt.
    """
    assert visit.verdict.receivable, "a visit is judged before it is received"
    return tuple(
        ReceiveCase(
            number=numbers[item.id],
            application=draft.id,
            item=item.id,
            item_version=item.version,
            applicant=applicant_of(draft, visit),
            agent=_agent_of(draft, today),
            window=draft.window,
            answers=answers_of(item, draft.answers),
            materials=_ticked(item, draft, visit, today),
            fields=_fields(item, draft, visit),
            query_password=query_password,
            rating_code=rating_code,
            lookup=draft.card.lookup if draft.card else "",
            bundle=draft.bundle if _place(draft, item) else "",
            place=_place(draft, item),
        )
        for item in visit.items
    )


def _place(draft: Draft, item: Item) -> Place | None:
    return place_of(draft.project, item.id) if draft.project else None


def applicant_of(draft: Draft, visit: Visit) -> Party:
    """The applicant as read, looked up and typed."""
    facts = facts_of(draft)
    return Party(
        kind=party_kind(visit.reading.kind),
        id_kind=visit.reading.kind,
        id_number=visit.reading.number,
        name=applicant_name(draft),
        phone=draft.phone.strip(),
        address=draft.address.strip()
        or facts.get("person.address", facts.get("organisation.address", "")),
        representative=draft.representative.strip() or facts.get("organisation.representative", ""),
    )


def _agent_of(draft: Draft, today: date) -> Agent | None:
    if not draft.agent_name.strip():
        return None
    reading = read_draft_agent(draft, today)
    return Agent(
        id_kind=reading.kind,
        id_number=reading.number,
        name=draft.agent_name.strip(),
        phone=draft.agent_phone.strip(),
    )


def _ticked(item: Item, draft: Draft, visit: Visit, today: date) -> tuple[Ticked, ...]:
    own = {material.key: material for material in item.materials}
    ticked = []
    for line in visit.lines:
        for served in line.serves:
            if served.item == item.id:
                one = tick_line(line, draft.ticks.get(line.key), today)
                if one is not None:
                    name = own[served.key].name
                    ticked.append(_renamed(one, served.key, name))
    return tuple(ticked)


def tick_line(line: Line, tick: Tick | None, today: date) -> Ticked | None:
    """What becomes of a line; nothing for an optional paper that was not handed in."""
    if line.licence:
        return Ticked(
            key=line.key,
            name=line.name,
            state=MaterialState.EXEMPTED,
            evidence=line.licence.id,
            note=describe_held(line.licence),
        )
    if line.fact:
        return Ticked(
            key=line.key,
            name=line.name,
            state=MaterialState.EXEMPTED,
            evidence=line.fact.evidence,
            note=describe_fact(line.fact),
        )
    if tick is None and not line.required:
        return None
    tick = tick or Tick(state=MaterialState.MISSING)
    state = tick.state if satisfied(line, tick) else MaterialState.MISSING
    due = None
    if state is MaterialState.DEFERRED:
        due = tick.due or today + timedelta(days=line.deferrable_days)
    return Ticked(
        key=line.key,
        name=line.name,
        state=state,
        originals=tick.originals,
        copies=tick.copies,
        due=due,
        note=tick.note.strip(),
    )


def _renamed(ticked: Ticked, key: str, name: str) -> Ticked:
    return Ticked(
        key=key,
        name=name,
        state=ticked.state,
        originals=ticked.originals,
        copies=ticked.copies,
        evidence=ticked.evidence,
        due=ticked.due,
        note=ticked.note,
    )


def _fields(item: Item, draft: Draft, visit: Visit) -> dict[str, str]:
    """As typed, right or wrong; but what desks see masked alone is told of only if it is right.

    Nobody could see at a received case that such a number is wrong: it lacks, as the receipt says.
    """
    facts = facts_of(draft)
    wrong = {one.field for one in visit.verdict.wrong_fields}
    typed = {}
    for line in visit.fields:
        if line.field.kind in MASKED and line.key in wrong:
            continue
        value = value_of(line, draft.fields, facts).strip()
        for served in line.serves:
            if served.item == item.id and value:
                typed[served.key] = value
    return typed
