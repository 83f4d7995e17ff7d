"""The day in a line of the first screen: one's own figures, and the lights one watches over."""

from __future__ import annotations

from datetime import timedelta

from clerk.clock import SettableClock
from services.bootstrap import Desk
from tests.screens.every_screen import front
from tests.screens.story import accept, at, grant, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, OpenDesk, type_walk_in
from tests.support.screens import settle


async def test_a_clerk_sees_their_day_with_the_line_down_too(desk: Desk, hall: Hall) -> None:
    accept(desk, FOOD, seed=1)
    receive(desk, SIGN, seed=2)
    async with at(desk, "counter") as person:
        told = "Today: taken in 2  accepted 1  supplements 0  handed out 0  to be sent 0"
        assert told in person.text
        assert "All today" not in person.text
        hall.stop()
        desk.intake.receive(type_walk_in(desk, FOOD, seed=3))
        front(person.app).reload()
        await settle(person.pilot)
        assert "taken in 3" in person.text
        assert "to be sent 1" in person.text
        await person.press("f9")
        assert "今天本人：收件 3" in person.text


async def test_a_manager_sees_the_lights_and_what_came_and_went(
    desk: Desk, open_at: OpenDesk, hall: Hall, clock: SettableClock
) -> None:
    there = open_at("market", department="market")
    accept(desk, FOOD, seed=1)
    receive(desk, SIGN, seed=2)
    clock.put(clock.now() + timedelta(days=11))
    desk.session.sign_in("counter", "paper-and-seal")
    (granted,) = accept(desk, FOOD, seed=3)
    grant(desk, there, "market", granted)
    async with at(desk, "manager") as person:
        assert "All today: taken in 1  decided 1" in person.text
        assert "open 3  ■ Overdue 2  ▲ Due soon 0" in person.text
        assert "市监 ■1" in person.text
        assert "城管 ■1" in person.text
        assert "Today:" not in person.text
        hall.stop()
        await person.press("f5", "escape")
        assert "○ line down" in person.text
        assert "All today" not in person.text, "old lights would be taken for new ones"
    there.session.sign_out()


async def test_an_approver_sees_the_lights_of_the_department(desk: Desk, open_at: OpenDesk) -> None:
    there = open_at("market", department="market")
    (case_id,) = accept(desk, FOOD, seed=1)
    grant(desk, there, "market", case_id)
    receive(desk, SIGN, seed=2)
    async with at(there, "market-approver") as person:
        assert "Today: passed on 0  decided 1" in person.text
        assert "All today: taken in 1  decided 1  open" in person.text
    async with at(there, "market-handler") as person:
        assert "Today: passed on 1  decided 0" in person.text
        assert "All today" not in person.text
