"""The notice of a correction, gathered from the events (更正通知书)."""

from __future__ import annotations

from clerk.contract.case import Accepted, AnyEvent, CaseRecord, Decided, DeemedAccepted, Stage
from clerk.contract.proposal import ActUndone, Corrected, StopLapsed
from clerk.contract.tick import MaterialState
from clerk.rules.case import Case
from clerk.rules.case.acts import find_act, tag_of
from clerk.rules.case.context import FIVE_DAYS
from clerk.rules.case.state import RecordedAct
from clerk.rules.case.timing import timing_of
from exports.papers.correction_forms import CorrectionNotice
from services.headings import (
    Desktop,
    case_then,
    day_of,
    event_of,
    heading,
    is_forecast,
)


def correction_notice(record: CaseRecord, case: Case, at: Desktop, number: str) -> CorrectionNotice:
    """What was put right, and what follows for the dates.

    An acceptance by law that followed at the same moment is told with it.
    """
    event = event_of(record, number, Corrected)
    act = find_act(case, event.act)
    assert act is not None, "a correction names an act"
    then = case_then(record, _last_at(record, event))
    timing = timing_of(then, at.calendar, event.at)
    accepted = then.accepted_at is not None
    return CorrectionNotice(
        **heading(then, at, event.document, event.at),
        act=act.kind,
        act_on=day_of(act.at),
        reason=event.reason,
        changes=event.changes,
        undone=isinstance(event.amendment, ActUndone),
        voids=event.voids,
        against=_is_against(event, act),
        supplementing=then.stage is Stage.SUPPLEMENTING,
        five_days_until=at.calendar.working_day_after(then.five_days_from, FIVE_DAYS)
        if then.five_days_from and not accepted
        else None,
        accepted_from=then.accepted_from,
        statutory_due=timing.statutory_due if accepted else None,
        promised_due=timing.promised_due if accepted else None,
        forecast=is_forecast(timing),
    )


def _last_at(record: CaseRecord, event: Corrected) -> AnyEvent:
    """What the clock concluded from the correction stands right behind it."""
    place = record.events.index(event)
    following = record.events[place + 1 : place + 2]
    concluded = [one for one in following if isinstance(one, DeemedAccepted | StopLapsed)]
    return concluded[0] if concluded and concluded[0].at == event.at else event


def _is_against(event: Corrected, act: RecordedAct) -> bool:
    """Whether it takes something from the applicant: what was in their favour, or a paper."""
    missing = any(one.stands == MaterialState.MISSING for one in event.changes)
    taken = act.kind in {tag_of(Accepted), tag_of(Decided)}
    return missing or (isinstance(event.amendment, ActUndone) and taken)
