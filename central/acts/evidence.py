"""Exempted materials that arrive, checked against licence library and registers once more.

A desk exempts from a card that may be hours old, or from none at all. What does not hold is not
refused: the applicant has the receipt. It is missing at the case, with why, for the clerk to ask.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from central.acts.looked import list_shown_for
from central.db import licences
from central.db.engine import Connection
from central.registers.known import Known, list_holding
from central.registers.own import OwnSaid, answer_own, own_registers
from clerk.clock import OFFICE_ZONE
from clerk.contract.answer import Refusal
from clerk.contract.case import MaterialState, Ticked
from clerk.contract.command import HandInSupplement, ReceiveCase
from clerk.contract.item import Item, Material
from clerk.contract.party import Party
from clerk.contract.register import RegisterAnswer
from clerk.rules.case import Case
from clerk.rules.case.context import refuse
from clerk.rules.checklist import describe_fact, describe_held
from clerk.rules.exemption import (
    Flaw,
    Seen,
    fact_flaw,
    hold_fact,
    licence_flaw,
    read_fact,
    stands_for,
)


class _Check(msgspec.Struct, frozen=True, kw_only=True):
    """Whose papers are looked at, when they came in, and what was seen in the look of the visit."""

    applicant: Party
    at: datetime
    shown: tuple[RegisterAnswer, ...] = ()

    @property
    def day(self) -> date:
        """The office's day: what held when the papers were taken in may have run out since."""
        return self.at.astimezone(OFFICE_ZONE).date()


def check_exemptions(
    connection: Connection, command: ReceiveCase, item: Item, at: datetime
) -> ReceiveCase:
    """The command with every exemption that does not hold turned into a missing material."""
    if not _any_exempted(command.materials):
        return command
    known = {material.key: material for material in item.materials}
    shown = list_shown_for(connection, command)
    check = _Check(applicant=command.applicant, at=at, shown=shown)
    checked = tuple(
        _check(connection, tick, known.get(tick.key), check) for tick in command.materials
    )
    return replace(command, materials=checked)


def check_handed_in(
    connection: Connection, case: Case, command: HandInSupplement, at: datetime
) -> HandInSupplement | Refusal:
    """What comes in later with what stands for it; the clerk waits, and is told what does not."""
    if not _any_exempted(command.materials):
        return command
    known = {material.key: material for material in case.terms.materials}
    check = _Check(applicant=case.applicant, at=at, shown=case.looked)
    checked = tuple(
        _check(connection, tick, known.get(tick.key), check) for tick in command.materials
    )
    for before, after in zip(command.materials, checked, strict=True):
        if after.state is not before.state:
            return refuse("material.not_held", after.key, material=after.name)
    return replace(command, materials=checked)


def _any_exempted(ticks: tuple[Ticked, ...]) -> bool:
    return any(tick.state is MaterialState.EXEMPTED for tick in ticks)


def _check(
    connection: Connection, tick: Ticked, material: Material | None, check: _Check
) -> Ticked:
    if tick.state is not MaterialState.EXEMPTED or material is None:
        return tick
    named = read_fact(tick.evidence)
    if named is not None and tick.evidence in material.replaced_by:
        checked = _check_fact(connection, tick, named, check)
    else:
        checked = _check_licence(connection, tick, material, check)
    if isinstance(checked, Flaw):
        return replace(tick, state=MaterialState.MISSING, evidence="", note=checked.value)
    return checked


def _check_licence(
    connection: Connection, tick: Ticked, material: Material, check: _Check
) -> Ticked | Flaw:
    holder = check.applicant.id_number
    held = licences.find_held(connection, tick.evidence, holder) if tick.evidence else None
    if held is None:
        elsewhere = licences.find_known(connection, tick.evidence)
        return Flaw.OTHER_NUMBER if elsewhere else Flaw.NOT_HELD
    if not stands_for(held, material):
        return Flaw.NOT_HELD
    flaw = licence_flaw(held, Seen(name=check.applicant.name), check.day)
    return flaw or replace(tick, evidence=held.id, note=describe_held(held))


def _check_fact(
    connection: Connection, tick: Ticked, named: tuple[str, str], check: _Check
) -> Ticked | Flaw:
    """Central's own tables are read anew; of others holds what was shown in the visit's look."""
    register, key = named
    holding = list_holding(connection, check.applicant.kind)
    known = next((one for one in holding if one.description.id == register), None)
    if known is None:
        return Flaw.NOT_HELD
    if known.description.outside:
        answer = next((one for one in check.shown if one.register == register), None)
    else:
        answer = _ask_own(connection, known, key, check)
    if answer is None:
        return Flaw.NOT_SURE
    flaw = fact_flaw(answer, key, check.day)
    return flaw or replace(tick, note=describe_fact(hold_fact(answer, key)))


def _ask_own(connection: Connection, known: Known, key: str, check: _Check) -> RegisterAnswer:
    party = check.applicant
    found = (
        one.find(party.id_kind, party.id_number)
        for one in own_registers(connection)
        if one.name == known.description.id
    )
    said = OwnSaid(holding=next((one for one in found if one), None))
    return answer_own(said, known.description, frozenset({key}), check.at)
