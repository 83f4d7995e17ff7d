"""What lists hold of a case's timing is what its timing says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
from msgspec.structs import replace

from clerk.contract.bundle import Standing
from clerk.contract.case import AnyEvent, CaseRecord, Outcome, Preceded, Withdrawn
from clerk.contract.command import (
    AcceptCase,
    AnyCommand,
    ClaimCase,
    DecideCase,
    PassStep,
    ProduceResult,
    ReleaseResult,
)
from clerk.contract.item import Item
from clerk.contract.limits import Limit, Unit
from clerk.contract.proposal import Extended, Procedure, Resumed, Stopped
from clerk.contract.setting import ClockChoice, ClockChoices, Stretch
from clerk.contract.user import CLOCK_ACTOR, User
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import fold
from clerk.rules.case.dates import dates_of
from clerk.rules.case.timing import timing_of
from clerk.rules.supervision.standing import plans_of
from tests.support.cases import (
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    MONDAY,
    REVIEWER,
    CaseStory,
    receive_command,
)
from tests.support.rare_clashes import PLACE
from tests.support.work_calendar import REAL_CALENDAR, REAL_DATA

HAND_OUT = ReleaseResult(collector="本人", collector_id="", collector_kind="self", signature="签")
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


OFFICE = ClockChoice(
    since=MONDAY - timedelta(days=9),
    stay_stopped=True,
    pause_promise=False,
    warning=3,
    hours=(Stretch(time(8), time(12)), Stretch(time(14), time(18))),
    defer_acceptance=False,
)
CALENDARS = (REAL_CALENDAR, WorkCalendar(REAL_DATA, ClockChoices(versions=(OFFICE,))))


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


def delivered(item: Item) -> Iterator[CaseRecord]:
    """Decided, made, lying at the window, and handed over at last."""
    story = CaseStory(replace(item, result=replace(item.result, produced=True))).accepted()
    for command, user in (*WAY, (ProduceResult(), HANDLER), (HAND_OUT, CLERK)):
        story.later(hours=1).do(command, user)
        assert story.record is not None
        yield story.record


def waiting(item: Item) -> Iterator[CaseRecord]:
    """In a bundle application: waiting, disturbed while it does, and set free."""
    story = CaseStory(item).do(replace(receive_command(), place=PLACE), CLERK)
    assert story.record is not None
    yield story.record
    yield freed(story)
    story.later(days=1).do(AcceptCase(), CLERK)
    yield from disturbed(story)
    for record in disturbed(story):
        if fold(record).in_hand:
            yield freed(story, record)


def freed(story: CaseStory, record: CaseRecord | None = None) -> CaseRecord:
    """Ten days later what it waits for is granted."""
    record = record or story.record
    assert record is not None
    at = story.now + timedelta(days=10)
    granted = Preceded(at=at, by=CLOCK_ACTOR, item="land", name="用地", standing=Standing.GRANTED)
    return with_events(record, (granted,))


@pytest.mark.parametrize("calendar", CALENDARS, ids=["plain", "office"])
@pytest.mark.parametrize("way", [records, delivered, waiting], ids=lambda way: way.__name__)
@pytest.mark.parametrize("item", ITEMS)
def test_dates_are_those_of_the_timing(
    item: Item, way: Callable[[Item], Iterator[CaseRecord]], calendar: WorkCalendar
) -> None:
    seen = 0
    for record in way(item):
        case = fold(record)
        for days in (0, 4, 12, 70):
            now = MONDAY + timedelta(days=days, hours=3)
            dates, timing = dates_of(case, calendar, now), timing_of(case, calendar, now)
            assert dates.promised_due == timing.promised_due
            assert dates.statutory_due == timing.statutory_due
            assert dates.forecast == timing.forecast
            assert dates.plan == timing.plan
            if case.in_hand and case.terms.promised:
                assert plans_of(case, calendar).promised == timing.plan, "the board agrees"
            seen += 1
    assert seen >= 32
