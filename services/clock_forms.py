"""Notices of what moved the legal clock of a case (特别程序, 延期).

Each tells the case as it stood when the notice was given: a second print says the same.
"""

from __future__ import annotations

from clerk.contract.case import CaseRecord
from clerk.contract.proposal import Extended, Prolonged, Stopped
from clerk.rules.case import Case
from clerk.rules.case.standing import last_planned_day
from clerk.rules.case.timing import timing_of
from exports.papers.clock_forms import ExtensionNotice, StopNotice
from services.headings import Desktop, case_then, day_of, event_of, heading, is_forecast, number_of


def stop_notice(record: CaseRecord, _case: Case, at: Desktop, number: str) -> StopNotice:
    """特别程序告知书: which procedure, on what basis, how long (Art. 45)."""
    event = event_of(record, number, Stopped)
    return _notice(case_then(record, event), at, event, number_of(record, event))


def prolongation_notice(record: CaseRecord, _case: Case, at: Desktop, number: str) -> StopNotice:
    """The same procedure takes longer than was told."""
    event = event_of(record, number, Prolonged)
    return _notice(case_then(record, event), at, event, event.stop)


def extension_notice(record: CaseRecord, _case: Case, at: Desktop, number: str) -> ExtensionNotice:
    """延期告知书: how many days more, and why (Art. 42)."""
    event = event_of(record, number, Extended)
    then, before = case_then(record, event), case_then(record, event, before=True)
    timing = timing_of(then, at.calendar, event.at)
    assert then.accepted_from is not None, "what is extended was accepted"
    return ExtensionNotice(
        **heading(then, at, event.document, event.at),
        days=event.days,
        reason=event.reason,
        joint=then.terms.joint,
        accepted_on=then.accepted_from,
        statutory_before=timing_of(before, at.calendar, event.at).statutory_due,
        statutory_due=timing.statutory_due,
        promised_due=timing.promised_due,
        forecast=is_forecast(timing),
    )


def _notice(then: Case, at: Desktop, event: Stopped | Prolonged, n: int) -> StopNotice:
    stop = next(one for one in then.stops if one.n == n)
    timing = timing_of(then, at.calendar, event.at)
    return StopNotice(
        **heading(then, at, event.document, event.at),
        procedure=stop.procedure,
        basis=stop.basis,
        reason=event.reason,
        began_on=day_of(stop.began_at),
        planned_days=stop.planned_days + sum(one.days for one in stop.longer),
        longer_by=event.days if isinstance(event, Prolonged) else 0,
        until=last_planned_day(stop, at.calendar),
        hearing=stop.hearing,
        statutory_due=timing.statutory_due,
        promised_due=timing.promised_due,
        forecast=is_forecast(timing),
    )
