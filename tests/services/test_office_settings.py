"""Local settings: chosen at central, carried by the feed, and never moving a date back."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from central.db.engine import Connection
from central.office_settings import choose, read_hours
from clerk.clock import SettableClock
from clerk.contract.setting import ClockChoice, ClockChoices, Stretch
from clerk.errors import InputError
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.timing import timing_of
from clerk.rules.clock import Light
from services.bootstrap import Desk
from tests.screens.story import receive
from tests.support.cases import FOOD, MONDAY, CaseStory
from tests.support.desk import Hall
from tests.support.work_calendar import REAL_CALENDAR, REAL_DATA


@pytest.mark.parametrize(
    "text", ["", "9-12", "09:00-08:00", "09:00-12:00,11:00-17:00", "09:00-12:00,", "24:00-25:00"]
)
def test_hours_that_are_none(text: str) -> None:
    with pytest.raises(InputError, match=r"setting\.hours"):
        read_hours(text)


def test_hours_in_their_order() -> None:
    assert read_hours("08:30-12:00, 14:00-17:30") == (
        Stretch(time(8, 30), time(12)),
        Stretch(time(14), time(17, 30)),
    )


def counting(**chosen: object) -> WorkCalendar:
    choice = ClockChoice(since=MONDAY, **chosen)  # type: ignore[arg-type]
    return WorkCalendar(REAL_DATA, ClockChoices(versions=(choice,)))


def test_the_warning_is_the_offices() -> None:
    story = CaseStory().accepted()
    early = timing_of(story.case, counting(warning=8), story.now)
    assert early.light(story.now) is Light.YELLOW
    assert timing_of(story.case, REAL_CALENDAR, story.now).light(story.now) is Light.GREEN


def test_where_nothing_may_be_put_off_a_receipt_is_yellow_at_once() -> None:
    story = CaseStory().received()
    strict = timing_of(story.case, counting(defer_acceptance=False), story.now)
    assert strict.light(story.now) is Light.YELLOW
    assert timing_of(story.case, REAL_CALENDAR, story.now).light(story.now) is Light.GREEN


def test_a_choice_holds_for_what_is_received_later() -> None:
    story = CaseStory().received()
    later = ClockChoice(since=MONDAY + timedelta(hours=1), defer_acceptance=False)
    calendar = WorkCalendar(REAL_DATA, ClockChoices(versions=(later,)))
    assert timing_of(story.case, calendar, story.now).light(story.now) is Light.GREEN


def test_desks_count_by_it_as_soon_as_they_hear(
    hall: Hall, desk: Desk, clock: SettableClock
) -> None:
    before = receive(desk, FOOD, seed=1)[0]
    clock.put(MONDAY + timedelta(minutes=5))

    def strict(connection: Connection) -> ClockChoices:
        return choose(connection, {"defer_acceptance": False}, MONDAY + timedelta(minutes=1))

    hall.central.database.commit(strict)
    assert len(hall.central.database.commit(strict).versions) == 1, "the same again is none"
    desk.sync.run_once()
    after = receive(desk, FOOD, seed=2)[0]
    now = desk.clock.now()
    rows = {one.id: one for one in desk.cases.page(desk.cases.query_of(desk.cases.queues()[0]))}
    assert rows[before].light(now) is Light.GREEN
    assert rows[after].light(now) is Light.YELLOW
    assert desk.cases.detail(after).timing.light(now) is Light.YELLOW
    assert hall.list_audit("setting.set") == ["clock"]
