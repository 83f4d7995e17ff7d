"""Matters as facts of a report: what they are, whose, and when they were answered."""

from __future__ import annotations

from datetime import date, datetime

from central.reporting.cases import Standpoint, office_day
from clerk.contract.matter import MatterRecord
from clerk.contract.report import MatterFact
from clerk.rules.identifiers.masking import scrub
from clerk.rules.matter import dates_of, fold_matter
from clerk.rules.matter.clocks import spent_days
from clerk.rules.matter.number import number_of


def make_matter_fact(record: MatterRecord, at: Standpoint) -> MatterFact:
    """One matter, without whoever brought it."""
    matter = fold_matter(record)
    brought, dates = matter.brought, dates_of(matter, at.calendar, at.now)
    names = at.names
    return MatterFact(
        number=number_of(matter.id, matter.taken_at),
        kind=brought.kind,
        way=brought.way,
        department_name=names.departments.get(matter.department, matter.department),
        window_name=names.windows.get(matter.window, matter.window),
        taken_on=office_day(matter.taken_at),
        answer_due=dates.answer_due,
        contact_due=dates.contact_due,
        contacted_on=_day(matter.contacted.at if matter.contacted else None),
        answered_on=_day(matter.answered.at if matter.answered else None),
        ended_on=_day(matter.ended_at),
        told_on=_day(matter.told.at if matter.told else None),
        spent_days=spent_days(matter, at.calendar),
        late=dates.overdue,
        contact_late=dates.contact_overdue,
        excluded_on=_day(matter.appeal.at if matter.appeal and matter.excluded else None),
        case_number=brought.case_number,
        item_name=brought.item_name,
        text=scrub(" ".join(brought.text.split())),
    )


def _day(at: datetime | None) -> date | None:
    return None if at is None else office_day(at)
