"""What all notices have in common: who prints them, their heading, the event that they tell."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import AnyEvent, CaseRecord
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case, fold
from clerk.rules.case.timing import Timing
from clerk.rules.identifiers.masking import mask_identifier

Kind = TypeVar("Kind", bound=AnyEvent)


class Desktop(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when a paper is printed: the centre, the window and its clerk.

    `departments` are the names of departments by id.
    """

    centre: str
    window: str
    clerk: str
    calendar: WorkCalendar
    now: datetime
    reprint: bool = False
    departments: dict[str, str] = {}


def heading(case: Case, at: Desktop, number: str, when: datetime) -> dict[str, Any]:
    """What every notice bears above its text; `office` is the body that seals it."""
    return {
        "centre": at.centre,
        "reprint": at.reprint,
        "number": number,
        "office": case.terms.department_name,
        "case_number": case.number,
        "item_name": case.terms.name,
        "applicant": case.applicant.name,
        "masked_id": mask_identifier(case.applicant.id_number),
        "dated": day_of(when),
    }


def event_of(record: CaseRecord, number: str, *kinds: type[Kind]) -> Kind:
    """The event whose paper bears this number; the case's documents say that there is one."""
    found = [event for event in record.events if isinstance(event, kinds)]
    bearing = [event for event in found if getattr(event, "document", "") == number]
    assert bearing, "a document belongs to an event"
    return bearing[-1]


def case_then(record: CaseRecord, event: AnyEvent, *, before: bool = False) -> Case:
    """The case as it stood right after this event, or right before it."""
    known = record.events[: number_of(record, event) - before]
    return fold(replace(record, version=len(known), events=known))


def number_of(record: CaseRecord, event: AnyEvent) -> int:
    """Which event of the case it is, from 1."""
    return record.events.index(event) + 1


def is_forecast(timing: Timing) -> bool:
    """Whether a due date may yet move: not accepted, or beyond the known calendar."""
    dated = (timing.statutory, timing.promised)
    return timing.forecast or any(one is not None and one.forecast for one in dated)


def day_of(at: datetime) -> date:
    """The office's date of a moment."""
    return at.astimezone(OFFICE_ZONE).date()
