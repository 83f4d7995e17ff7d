"""Reporting a loss: what may wait for the line becomes a proposal as any other."""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent
from clerk.contract.command import Propose
from clerk.contract.custody import LossPlan
from clerk.contract.loss_command import DeclareLoss
from clerk.rules.case.context import Context
from clerk.rules.case.proposing import propose
from clerk.rules.case.state import Case
from clerk.rules.custody.lines import name_material
from clerk.rules.custody.places import find_place
from clerk.rules.identifiers.masking import scrub


def declare(case: Case, command: DeclareLoss, context: Context) -> tuple[AnyEvent, ...] | Refusal:
    """Put it before whoever answers over that place, who confirms or rejects it."""
    place = find_place(case, context)
    if isinstance(place, Refusal):
        return place
    plan = LossPlan(
        holder=place,
        papers=command.papers,
        mishap=command.mishap,
        reason=scrub(command.reason.strip()),
        names=tuple(name_material(case, one.material) for one in command.papers),
    )
    return propose(case, Propose(plan=plan), context)
