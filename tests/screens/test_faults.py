"""What goes wrong with clock and versions is said where the clerk looks, in words."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from central.spoken import Spoken
from central.staff import disable_user
from clerk.clock import SettableClock
from clerk.contract.command import KINDS
from clerk.contract.sync import Protocols, Put
from clerk.locale import use_language
from services.bootstrap import Desk
from storage import entities
from tests.screens.story import at, receive
from tests.support.cases import FOOD
from tests.support.desk import Hall, type_walk_in
from tests.support.screens import LARGE


async def test_a_wrong_clock_is_in_the_bar_and_in_the_sync_centre(
    desk: Desk, hall: Hall, clock: SettableClock
) -> None:
    hall.stop()
    clock.turn(timedelta(minutes=-12))
    async with at(desk, "counter", LARGE) as person:
        await person.press("f6")
        assert "! clock 12 min off" in person.text
        assert "The clock of this machine is 12 minutes slow." in person.text
        assert "Set the clock and the time zone" in person.text


async def test_a_desk_that_is_too_old_says_so_in_both_languages(desk: Desk, hall: Hall) -> None:
    hall.central.spoken = Spoken(protocols=Protocols(8, 9))
    desk._line.forget_greeting()
    async with at(desk, "counter", LARGE) as person:
        await person.press("f6", "f5")
        assert "This desk is too old for central." in person.text
        assert "Everything that was not sent is kept on this machine" in person.text
        await person.press("enter")
        use_language("zh_CN")
        await person.press("f5")
        assert "中心" in person.text
        assert "too old" not in person.text


async def test_an_act_that_central_does_not_know_yet(desk: Desk, hall: Hall) -> None:
    hall.central.spoken = Spoken(kinds=KINDS - {"receive.1"})
    desk.intake.receive(type_walk_in(desk, FOOD, seed=1))
    desk.sync.run_once()
    async with at(desk, "counter", LARGE) as person:
        await person.press("f6")
        assert "! central too old" in person.text
        assert "sent again by itself once central is updated" in person.text


async def test_what_cannot_be_read_is_counted(desk: Desk) -> None:
    with desk._store.begin() as connection:
        entities.write(connection, [Put("drone", "d1", 1, msgspec.Raw(b"{}"))])
    async with at(desk, "counter", LARGE) as person:
        await person.press("f6")
        assert "Central sent things that this desk is too old to read: 1." in person.text


async def test_lists_lock_when_central_was_silent_for_too_long(
    desk: Desk, hall: Hall, clock: SettableClock
) -> None:
    (case_id,) = receive(desk, FOOD, seed=1)
    hall.stop()
    async with at(desk, "counter", LARGE) as person:
        clock.put(clock.now() + timedelta(hours=25))
        person.app.open_case(case_id)
        await person.press("tab")
        assert "Central was not heard of for too long" in person.text
        assert "Receiving goes on" in person.text


async def test_a_disabled_user_is_told_and_has_left(desk: Desk, hall: Hall) -> None:
    async with at(desk, "counter", LARGE) as person:
        now = hall.clock.now()
        hall.central.database.commit(lambda connection: disable_user(connection, "counter", now))
        await person.press("f5")
        assert person.front == "SignInScreen"
        assert "This account has been disabled." in person.toasts
        await person.sign_in("counter")
        assert "Login or password are wrong." in person.text, "central tells no stranger more"
        await person.sign_in("other")
        assert person.front == "HomeScreen"
