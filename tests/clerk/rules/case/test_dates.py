"""What lists hold of a case's timing is what its timing says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from clerk.contract.case import AnyEvent, CaseRecord, Outcome, Withdrawn
from clerk.contract.command import AcceptCase, AnyCommand, ClaimCase, DecideCase, PassStep
from clerk.contract.item import Item
from clerk.contract.limits import Limit, Unit
from clerk.contract.proposal import Extended, Procedure, Resumed, Stopped
from clerk.contract.user import User
from clerk.rules.case import fold
from clerk.rules.case.dates import dates_of
from clerk.rules.case.timing import timing_of
from tests.support.cases import APPROVER, CLERK, FOOD, HANDLER, MONDAY, REVIEWER, CaseStory
from tests.support.work_calendar import REAL_CALENDAR

WAY: tuple[tuple[AnyCommand, User], ...] = (
    (ClaimCase(), HANDLER),
    (PassStep(opinion="同意"), HANDLER),
    (ClaimCase(), REVIEWER),
    (PassStep(opinion="同意"), REVIEWER),
    (ClaimCase(), APPROVER),
    (DecideCase(outcome=Outcome.GRANTED, opinion="准予"), APPROVER),
)
ITEMS = (
    FOOD,
    replace(FOOD, promised=None),
    replace(FOOD, statutory=Limit(30, Unit.NATURAL_DAYS), promised=Limit(0)),
    replace(FOOD, statutory=Limit(40, Unit.WORKING_HOURS), promised=Limit(9, Unit.NATURAL_HOURS)),
)


def records(item: Item) -> Iterator[CaseRecord]:
    """The case at every step of its way, undisturbed, stopped, resumed, extended, withdrawn."""
    story = CaseStory(item).received()
    assert story.record is not None
    yield story.record
    story.later(hours=2).do(AcceptCase(), CLERK)
    yield from disturbed(story)
    for command, user in WAY:
        story.later(hours=1).do(command, user)
        yield from disturbed(story)


def disturbed(story: CaseStory) -> Iterator[CaseRecord]:
    record = story.record
    assert record is not None
    yield record
    by, at = record.events[0].by, story.now
    day = timedelta(days=1)
    stopped = Stopped(at=at, by=by, procedure=Procedure.HEARING, basis="Art. 45", planned_days=3)
    extended = Extended(at=at + day, by=by, days=10, reason="复杂")
    resumed = Resumed(at=at + 2 * day, by=by, procedure=Procedure.HEARING)
    withdrawn = Withdrawn(at=at + 3 * day, by=by, reason="不办了")
    for more in ((stopped,), (extended,), (stopped, extended, resumed), (withdrawn,)):
        yield with_events(record, more)


def with_events(record: CaseRecord, more: tuple[AnyEvent, ...]) -> CaseRecord:
    return replace(record, version=record.version + len(more), events=(*record.events, *more))


@pytest.mark.parametrize("item", ITEMS)
def test_dates_are_those_of_the_timing(item: Item) -> None:
    seen = 0
    for record in records(item):
        case = fold(record)
        for days in (0, 4, 12, 70):
            now = MONDAY + timedelta(days=days, hours=3)
            dates, timing = dates_of(case, REAL_CALENDAR, now), timing_of(case, REAL_CALENDAR, now)
            assert dates.promised_due == timing.promised_due
            assert dates.statutory_due == timing.statutory_due
            assert dates.forecast == timing.forecast
            assert dates.plan == timing.plan
            seen += 1
    assert seen > 100
