"""What a person did today, counted from their desk's own store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk.clock import SettableClock
from clerk.contract.case import MaterialState, SupplementLine
from clerk.errors import RefusedError
from services.bootstrap import Desk
from services.release import Collector
from services.today import OwnDay
from tests.screens.story import accept, grant, receive
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, SIGN, Hall, OpenDesk, type_walk_in
from tests.support.people import a_person


def _of(desk: Desk) -> OwnDay:
    day = desk.own_day.count()
    assert day is not None
    return day


def test_a_day_at_the_window_with_the_line_up_and_down(
    desk: Desk, open_at: OpenDesk, hall: Hall, clock: SettableClock
) -> None:
    there = open_at("market", department="market")
    (granted,) = accept(desk, FOOD, seed=2)
    grant(desk, there, "market", granted)
    desk.release.release([granted], Collector(name=a_person(2).name, signature="已签"))
    (asked,) = receive(desk, FOOD, seed=3, m1=MaterialState.MISSING)
    desk.counter.ask_supplement(asked, (SupplementLine("m1", FOOD.materials[0].name, "未提交"),))
    with pytest.raises(RefusedError):
        desk.counter.accept(granted)
    figures = {"taken_in": 2, "accepted": 1, "supplements": 1, "handed_out": 1}
    assert _of(desk) == OwnDay(figures), "what was refused is no act"

    hall.stop()
    desk.intake.receive(type_walk_in(desk, SIGN, seed=4))
    assert _of(desk) == OwnDay({**figures, "taken_in": 3}, unsent=1)

    clock.put(clock.now() + timedelta(days=1))
    assert _of(desk) == OwnDay(dict.fromkeys(figures, 0), unsent=1), "another day, still unsent"


def test_everybody_has_figures_of_their_own_work(desk: Desk, open_at: OpenDesk) -> None:
    there = open_at("market", department="market")
    (case_id,) = accept(desk, FOOD)
    grant(desk, there, "market", case_id)
    assert _of(there).figures["decided"] == 1
    there.session.sign_in("market-handler", PASSWORD)
    assert (_of(there).figures["passed_on"], _of(there).figures["decided"]) == (1, 0)
    desk.session.sign_in("other", PASSWORD)
    assert not any(_of(desk).figures.values()), "another clerk at the same desk"
    desk.session.sign_in("manager", PASSWORD)
    assert desk.own_day.count() is None
