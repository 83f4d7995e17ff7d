"""The form of a received case: what it lacks, and what may still be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from clerk.contract.answer import Refusal
from clerk.rules.case.context import refuse
from clerk.rules.case.state import Case
from clerk.rules.checklist import FieldLine
from clerk.rules.form import MASKED, check_field, lines_of


def lacking_fields(case: Case, today: date) -> tuple[FieldLine, ...]:
    """What the form must hold and does not: empty, or not what the field asks for."""
    return tuple(
        line
        for line in lines_of(case.terms.fields, case.answers)
        if _lacks(line, case.fields.get(line.key, ""), today)
    )


def wanted_fields(case: Case, today: date) -> tuple[FieldLine, ...]:
    """What may be filled in when a supplement comes in: what was asked for, and what lacks."""
    lacking = {line.key for line in lacking_fields(case, today)}
    return tuple(
        FieldLine(key=one.key, field=one, serves=(), required=True)
        for one in case.terms.fields
        if one.key in lacking or one.key in case.awaited
    )


def wrong_fields(case: Case, fields: Mapping[str, str], today: date) -> Refusal | None:
    """Why these cannot be filled in: not of the item, not asked for, or not right."""
    own = {one.key: one.label for one in case.terms.fields}
    wanted = {line.key: line for line in wanted_fields(case, today)}
    for key, text in fields.items():
        if key not in own:
            return refuse("material.not_of_item", key, material=key)
        if key not in wanted:
            return refuse("field.not_asked", key, label=own[key])
        wrong = check_field(wanted[key], text, today)
        if wrong:
            return wrong
    return None


def _lacks(line: FieldLine, text: str, today: date) -> bool:
    if line.field.kind in MASKED:
        return line.required and not text.strip()
    return check_field(line, text, today) is not None
