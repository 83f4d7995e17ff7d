"""The notice of a formal supervision, gathered from the events (督办单)."""

from __future__ import annotations

from clerk.contract.asking import Supervised
from clerk.contract.case import CaseRecord
from clerk.rules.case import Case
from clerk.rules.case.timing import timing_of
from clerk.rules.watching import Holder, holder_of
from exports.papers.supervision_forms import SupervisionNotice
from services.headings import Desktop, case_then, day_of, event_of, heading, is_forecast

_AT_WINDOW = "窗口"


def supervision_notice(
    record: CaseRecord, _case: Case, at: Desktop, number: str
) -> SupervisionNotice:
    """督办单, with how the case stood when it was supervised."""
    event = event_of(record, number, Supervised)
    then = case_then(record, event)
    timing, holder = timing_of(then, at.calendar, event.at), holder_of(then)
    dated = not then.waits_for
    promised, statutory = timing.promised, timing.statutory
    accepted = then.accepted_at is not None
    above = heading(then, at, event.document, event.at)
    return SupervisionNotice(
        **above | {"office": at.centre, "applicant": "", "masked_id": ""},
        addressee=_addressee(event, then, at),
        supervisor=event.by.name,
        reason=event.reason,
        demand=event.demand,
        answer_due=event.due,
        received_on=day_of(then.received_at),
        place=holder.step_name or at.window or _AT_WINDOW,
        holder=_live(holder, event),
        accepted_on=then.accepted_from,
        promised_due=promised.due_on if promised and dated else None,
        promised_late=bool(accepted and dated and promised and promised.overdue),
        statutory_due=statutory.due_on if statutory and dated else None,
        statutory_late=bool(accepted and dated and statutory and statutory.overdue),
        forecast=is_forecast(timing),
    )


def _addressee(event: Supervised, then: Case, at: Desktop) -> str:
    """The department that holds the case, or the window."""
    if not event.department:
        return at.window or _AT_WINDOW
    own = event.department == then.terms.department
    return at.departments.get(event.department) or (
        then.terms.department_name if own else event.department
    )


def _live(holder: Holder, event: Supervised) -> str:
    """Whoever had claimed the step, if the claim had not run out."""
    return holder.name if holder.until is not None and holder.until > event.at else ""
