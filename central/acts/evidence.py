"""Exempted materials that arrive, checked against the licence library once more.

A desk exempts from a card that may be hours old, or from none at all.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from central.db import licences
from central.db.engine import Connection
from clerk.contract.answer import Refusal
from clerk.contract.case import MaterialState, Ticked
from clerk.contract.command import HandInSupplement, ReceiveCase
from clerk.contract.item import Item, Material
from clerk.rules.case import Case
from clerk.rules.case.context import refuse
from clerk.rules.checklist import describe_held
from clerk.rules.exemption import stands_for

NOT_HELD = "evidence.not_held"
"""The note on a material whose exemption did not hold; screens translate it."""


def check_exemptions(
    connection: Connection, command: ReceiveCase, item: Item, day: date
) -> ReceiveCase:
    """The command with every exemption that does not hold turned into a missing material."""
    known = {material.key: material for material in item.materials}
    checked = tuple(
        _check(connection, tick, known.get(tick.key), command.applicant.id_number, day)
        for tick in command.materials
    )
    return replace(command, materials=checked)


def check_handed_in(
    connection: Connection, case: Case, command: HandInSupplement, day: date
) -> HandInSupplement | Refusal:
    """What comes in later with what stands for it; the clerk waits, and is told what does not."""
    known = {material.key: material for material in case.terms.materials}
    holder = case.applicant.id_number
    checked = tuple(
        _check(connection, tick, known.get(tick.key), holder, day) for tick in command.materials
    )
    for tick in checked:
        if tick.note == NOT_HELD:
            return refuse("material.not_held", tick.key, material=tick.name)
    return replace(command, materials=checked)


def _check(
    connection: Connection, tick: Ticked, material: Material | None, holder: str, day: date
) -> Ticked:
    if tick.state is not MaterialState.EXEMPTED or material is None:
        return tick
    held = licences.find_held(connection, tick.evidence, holder) if tick.evidence else None
    if held and held.holds_on(day) and stands_for(held, material):
        return replace(tick, evidence=held.id, note=describe_held(held))
    return replace(tick, state=MaterialState.MISSING, evidence="", note=NOT_HELD)
