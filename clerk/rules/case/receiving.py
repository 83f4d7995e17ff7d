"""Taking an application in: what must hold before a receipt is given."""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, MaterialState, Received, Ticked
from clerk.contract.command import ReceiveCase
from clerk.contract.item import Audience, Item, Material, Necessity
from clerk.contract.party import PartyKind
from clerk.contract.user import Role
from clerk.errors import InputError
from clerk.rules.bundle.handling import under_lead
from clerk.rules.case.context import Context, lacks_role, refuse
from clerk.rules.checklist import applies
from clerk.rules.flow import terms_of
from clerk.rules.identifiers import read_identifier
from clerk.rules.numbers import read_case_number
from clerk.rules.reaching import is_name


def receive(command: ReceiveCase, context: Context) -> tuple[AnyEvent, ...] | Refusal:
    """A receipt starts the five days (Art. 32(4)); incomplete papers may be taken in too.

    A receipt of a day on which its item was offered counts, whenever it arrives (Art. 8).
    """
    item = context.item
    if item is None:
        return refuse("case.item_unknown", item=command.item)
    if context.withdrawn_since is not None:
        since = context.withdrawn_since.isoformat()
        return refuse("case.item_withdrawn", "items", item=item.name, day=since)
    refusal = (
        lacks_role(context, Role.COUNTER)
        or _wrong_number(command)
        or _wrong_applicant(command, item, context)
        or _wrong_agent(command, context)
        or wrong_ticks(command.materials, item.materials)
    )
    if refusal:
        return refusal
    return (_received(command, item, context),)


def _received(command: ReceiveCase, item: Item, context: Context) -> Received:
    return Received(
        at=context.now,
        by=context.actor,
        number=command.number,
        application=command.application,
        terms=terms_of(under_lead(item, command.place.lead if command.place else "")),
        applicant=command.applicant,
        agent=command.agent,
        window=command.window,
        answers=command.answers,
        materials=(*command.materials, *_left_out(command, item)),
        fields=command.fields,
        bundle=command.bundle,
        place=command.place,
        lookup=command.lookup,
        looked=context.looked,
    )


def _left_out(command: ReceiveCase, item: Item) -> tuple[Ticked, ...]:
    """What the item demands and the desk's list does not mention: it is missing, not forgotten."""
    told = {tick.key for tick in command.materials}
    return tuple(
        Ticked(key=one.key, name=one.name, state=MaterialState.MISSING)
        for one in item.materials
        if one.key not in told
        and one.necessity is Necessity.REQUIRED
        and applies(one.when, command.answers)
    )


def _wrong_number(command: ReceiveCase) -> Refusal | None:
    try:
        read_case_number(command.number)
    except InputError as error:
        return refuse(error.code, "number", **error.parameters)
    return None


def _wrong_applicant(command: ReceiveCase, item: Item, context: Context) -> Refusal | None:
    applicant = command.applicant
    if not is_name(applicant.name):
        return refuse("applicant.name_missing", "name")
    reading = read_identifier(applicant.id_number, applicant.id_kind, today=context.today)
    if not reading.valid:
        return refuse("applicant.number_invalid", "id_number", kind=applicant.id_kind.value)
    suits = {Audience.PERSON: PartyKind.PERSON, Audience.ORGANISATION: PartyKind.ORGANISATION}
    if suits.get(item.audience, applicant.kind) is not applicant.kind:
        return refuse("applicant.wrong_kind", "applicant", item=item.name)
    return None


def _wrong_agent(command: ReceiveCase, context: Context) -> Refusal | None:
    agent = command.agent
    if agent is None:
        return None
    if not is_name(agent.name):
        return refuse("agent.name_missing", "agent_name")
    if not read_identifier(agent.id_number, agent.id_kind, today=context.today).valid:
        return refuse("agent.number_invalid", "agent_id")
    return None


def wrong_ticks(ticks: tuple[Ticked, ...], materials: tuple[Material, ...]) -> Refusal | None:
    """Nothing beyond the item's materials, and no favour that the item does not know."""
    known = {material.key: material for material in materials}
    for tick in ticks:
        material = known.get(tick.key)
        if material is None:
            return refuse("material.not_of_item", tick.key, material=tick.name)
        code = _wrong_favour(tick, material)
        if code:
            return refuse(code, tick.key, material=material.name)
        if tick.state is MaterialState.PROVIDED and not is_whole(tick, material):
            return refuse(
                "material.not_whole",
                tick.key,
                material=material.name,
                originals=material.originals,
                copies=material.copies,
            )
    return None


def _wrong_favour(tick: Ticked, material: Material) -> str:
    """The code of what is wrong with a paper that is not simply handed in, if anything is."""
    match tick.state:
        case MaterialState.DEFERRED if not material.deferrable_days:
            return "material.not_deferrable"
        case MaterialState.DEFERRED if tick.due is None:
            return "material.no_due"
        case MaterialState.DECLARED if not material.declarable:
            return "material.not_declarable"
        case MaterialState.EXEMPTED if not (tick.evidence and may_be_exempted(material)):
            return "material.no_evidence"
        case _:
            return ""


def may_be_exempted(material: Material) -> bool:
    """Whether a licence can stand for it: it names types, or a type may name it by its key."""
    return bool(material.replaced_by or material.shared)


def is_whole(tick: Ticked, material: Material) -> bool:
    """Whether as many originals were seen and copies kept as the item asks for."""
    if material.necessity is not Necessity.REQUIRED:
        return True
    return tick.originals >= material.originals and tick.copies >= material.copies
