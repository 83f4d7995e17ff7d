"""The forecast at the counter: due date and the office's median, with the line down too."""

from __future__ import annotations

from datetime import timedelta

from central.db import feed, settings
from central.db.engine import Connection
from central.jobs.pacing import sweep_paces
from clerk.clock import SettableClock
from clerk.contract.pace import Pace, pace_id
from services.bootstrap import Desk
from tests.screens.story import accept, at, grant
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import Hall, OpenDesk, type_walk_in
from tests.support.screens import LARGE


async def test_told_before_acceptance_and_when_the_line_is_down(desk: Desk, hall: Hall) -> None:
    pace = Pace(item=FOOD.id, median_days=6, cases=120, as_of=MONDAY.date())

    def put(connection: Connection) -> None:
        feed.announce(connection, [settings.put(connection, pace_id(FOOD.id), pace, MONDAY)])

    hall.central.database.commit(put)
    desk.sync.run_once()
    type_walk_in(desk, FOOD)
    hall.stop()
    async with at(desk, size=LARGE) as person:
        await person.sign_in("counter")
        await person.press("enter")
        assert "due 2026-06-11 if accepted now" in person.text
        assert "usually 6 working days (120 cases, as of 2026-06-01)" in person.text
        await person.press("ctrl+r")
        assert person.front == "ReceivedScreen"
        assert "usually 6 working days" in person.text


def test_central_counts_once_a_day(
    desk: Desk, hall: Hall, open_at: OpenDesk, clock: SettableClock
) -> None:
    there = open_at("market", department="market")
    for seed in range(1, 6):
        (case_id,) = accept(desk, FOOD, seed=seed)
        grant(desk, there, "market", case_id)
    clock.put(clock.now() + timedelta(days=1))
    assert sweep_paces(hall.central) == 1
    assert sweep_paces(hall.central) == 0
    desk.sync.run_once()
    (told,) = desk.intake.view(type_walk_in(desk, FOOD)).forecasts
    assert told.pace is not None
    assert (told.pace.median_days, told.pace.cases) == (0, 5)
