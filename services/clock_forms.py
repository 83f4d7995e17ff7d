"""Notices of what moved the legal clock of a case (特别程序, 延期).

Each tells the case as it stood when the notice was given: a second print says the same.
"""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.case import AnyEvent, CaseRecord
from clerk.contract.proposal import Correctable, Corrected, Extended, Prolonged, Stopped
from clerk.rules.case import Case, fold
from clerk.rules.case.privacy import masked_fields
from clerk.rules.case.standing import last_planned_day
from clerk.rules.case.timing import timing_of
from exports.papers.clock_forms import CorrectionNotice, ExtensionNotice, StopNotice
from services.headings import Desktop, day_of, event_of, heading, is_forecast


def stop_notice(record: CaseRecord, _case: Case, at: Desktop, number: str) -> StopNotice:
    """特别程序告知书: which procedure, on what basis, how long (Art. 45)."""
    event = event_of(record, number, Stopped)
    return _notice(_then(record, event), at, event, _number_of(record, event))


def prolongation_notice(record: CaseRecord, _case: Case, at: Desktop, number: str) -> StopNotice:
    """The same procedure takes longer than was told."""
    event = event_of(record, number, Prolonged)
    return _notice(_then(record, event), at, event, event.stop)


def extension_notice(record: CaseRecord, _case: Case, at: Desktop, number: str) -> ExtensionNotice:
    """延期告知书: how many days more, and why (Art. 42)."""
    event = event_of(record, number, Extended)
    then, before = _then(record, event), _then(record, event, before=True)
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


def correction_notice(
    record: CaseRecord, _case: Case, at: Desktop, number: str
) -> CorrectionNotice:
    """更正通知书: which act counts no longer, or which tick or text is another one."""
    event = event_of(record, number, Corrected)
    wrong = record.events[event.act - 1]
    terms = fold(record).terms
    told = masked_fields(terms, {"before": event.before, "after": event.after})
    if event.what is Correctable.FIELD:
        told = {
            name: masked_fields(terms, {event.key: text})[event.key] for name, text in told.items()
        }
    return CorrectionNotice(
        **heading(_then(record, event), at, event.document, event.at),
        what=event.what,
        reason=event.reason,
        wrong_on=day_of(wrong.at),
        wrong_number=getattr(wrong, "document", ""),
        name=event.name,
        before=told["before"],
        after=told["after"],
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


def _then(record: CaseRecord, event: AnyEvent, *, before: bool = False) -> Case:
    """The case as it stood right after this event, or right before it."""
    known = record.events[: _number_of(record, event) - before]
    return fold(replace(record, version=len(known), events=known))


def _number_of(record: CaseRecord, event: AnyEvent) -> int:
    return record.events.index(event) + 1
