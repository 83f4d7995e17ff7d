"""What registers were seen to say when a case was taken in: evidence, from central's own record.

A desk names its look; what was seen in it central knows itself. A register that the item needs
and nobody has asked, with the line down or the register away, is to be checked.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from central.db import lookups, register_answers
from central.db.engine import Connection
from central.db.lookups import Look
from central.registers.known import Known, list_holding
from central.registers.outside.failure import NOT_ASKED
from central.registers.sight import fields_seen
from clerk.contract.command import ReceiveCase
from clerk.contract.register import AnswerState, RegisterAnswer
from clerk.contract.session import Purpose
from clerk.contract.user import Role
from clerk.rules.case.register_fold import last_of_each


def list_looked(
    connection: Connection, command: ReceiveCase, at: datetime
) -> tuple[RegisterAnswer, ...]:
    """For each register the item needs what was seen of it, no field beyond the item's need."""
    answers = {one.register: one for one in list_shown_for(connection, command)}
    gathered = []
    for known in list_holding(connection, command.applicant.kind):
        fields = fields_seen(known.description, (Role.COUNTER,), (command.item,), Purpose.DRAFT)
        answer = answers.get(known.description.id)
        if fields and answer is not None:
            facts = tuple(one for one in answer.facts if one.key in fields)
            gathered.append(replace(answer, facts=facts))
        elif fields and known.description.outside:
            gathered.append(_to_be_checked(known, at))
    return tuple(gathered)


def list_shown_for(connection: Connection, command: ReceiveCase) -> tuple[RegisterAnswer, ...]:
    """The last word of each register in the look that was made for this very application."""
    look = _find_look(connection, command)
    shown = register_answers.list_shown(connection, look.id) if look else ()
    return last_of_each(one.answer for one in shown)


def _find_look(connection: Connection, command: ReceiveCase) -> Look | None:
    """The look that was made for this very application, of this very number."""
    look = lookups.find(connection, command.lookup) if command.lookup else None
    if look is None or look.purpose is not Purpose.DRAFT or look.subject != command.application:
        return None
    same = look.number_digest == lookups.digest(connection, command.applicant.id_number)
    return look if same else None


def _to_be_checked(known: Known, at: datetime) -> RegisterAnswer:
    return RegisterAnswer(
        register=known.description.id,
        name=known.description.name,
        state=AnswerState.TO_BE_CHECKED,
        at=at,
        problem=NOT_ASKED,
    )
