"""What stands on the sheet of a case, gathered from its events and its clocks (办件单)."""

from __future__ import annotations

from clerk.contract.case import AnyEvent, CaseRecord
from clerk.contract.register import AnswerState, RegisterAnswer
from clerk.contract.user import CLOCK_ACTOR
from clerk.rules.case import fold
from clerk.rules.case.explaining import Explained, explain_case
from clerk.rules.clock import DayCount
from clerk.rules.identifiers.masking import mask_identifier, scrub
from exports.papers.case_sheet import CaseSheet, SheetClock, SheetDay, SheetEvent, SheetLook
from services.headings import Desktop

_CLOCK = "时钟"
_NOT_HERE = "（部门已查看，此处不显示）"
_WRITTEN = ("opinion", "reason", "finding", "note", "demand", "text")


def sheet_of(record: CaseRecord, at: Desktop) -> CaseSheet:
    """The case as it stands now, its limits explained up to their due dates."""
    case = fold(record)
    step = case.present_step
    return CaseSheet(
        centre=at.centre,
        case_number=case.number,
        item_name=case.terms.name,
        department_name=case.terms.department_name,
        applicant=case.applicant.name,
        masked_id=mask_identifier(case.applicant.id_number),
        window=at.window,
        received_at=case.received_at,
        printed_at=at.now,
        stage=case.stage,
        clock=case.clock,
        outcome=case.outcome,
        delivery=case.delivery,
        step=step.name if step else "",
        events=tuple(_event(one) for one in record.events),
        looked=tuple(_look(one) for one in case.looked),
        clocks=tuple(_clock(one) for one in explain_case(case, at.calendar, at.now)),
    )


def _event(event: AnyEvent) -> SheetEvent:
    source = getattr(event, "plan", event)
    written = [getattr(source, name, "") for name in _WRITTEN]
    return SheetEvent(
        at=event.at,
        by=_CLOCK if event.by.user == CLOCK_ACTOR.user else event.by.name,
        type=str(event.__struct_config__.tag),
        note=scrub("；".join(text for text in written if text)),
        document=getattr(event, "document", ""),
    )


def _look(one: RegisterAnswer) -> SheetLook:
    """The codes of what was wrong are told by the result; facts stand as they were shown."""
    facts = "；".join(f"{fact.label} {fact.value or _NOT_HERE}" for fact in one.facts)
    said = one.state in {AnswerState.ANSWERED, AnswerState.KEPT, AnswerState.OLDER}
    return SheetLook(
        name=one.name,
        at=one.at,
        state=one.state,
        as_of=one.as_of if said else None,
        told=scrub(facts),
    )


def _clock(one: Explained) -> SheetClock:
    return SheetClock(
        kind=one.kind,
        limit=one.limit,
        started_on=one.started_on,
        due_on=one.deadline.due_on,
        overdue=one.deadline.overdue,
        forecast=one.deadline.forecast,
        days=tuple(_day(day) for day in one.days),
        joint=one.joint,
        bundle=one.bundle,
    )


def _day(day: DayCount) -> SheetDay:
    counted = str(day.nth or "") if day.minutes is None else f"{day.minutes} 分钟"
    return SheetDay(
        day=day.day,
        weekday=day.day.weekday(),
        counted=counted if day.counted else "",
        reason=day.reason,
    )
