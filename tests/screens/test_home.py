"""The first screen: queues with their numbers, a list that narrows, and what Enter opens."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from textual.widgets import Input

from clerk.clock import SettableClock
from clerk.contract.case import MaterialState, Ticked
from screens.home.lists import first_page
from screens.home.screen import HomeScreen
from screens.intake.screen import IntakeScreen
from screens.widgets.filter_box import FilterBox
from services.bootstrap import Desk
from tests.screens.story import accept, at, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, OpenDesk, type_walk_in
from tests.support.people import a_person
from tests.support.screens import LARGE, SMALL, OneScreenApp, press, settle


async def test_a_counter_sees_what_is_to_be_decided(desk: Desk) -> None:
    receive(desk, FOOD, SIGN, seed=1)
    async with at(desk, "counter") as person:
        assert person.front == "HomeScreen"
        assert "To accept or decline 2" in person.text
        assert FOOD.name in person.text
        assert a_person(1).name in person.text
        assert "Received" in person.text
        assert "● online" in person.text


async def test_typing_narrows_and_enter_opens_the_only_one(desk: Desk) -> None:
    for seed in (1, 2, 3):
        receive(desk, FOOD, seed=seed)
    number = desk.cases.page(desk.cases.query_of(desk.cases.queues()[0]))[1].number
    async with at(desk, "counter") as person:
        await person.type(number[:6])
        await person.type(number[6:])
        home = person.app.screen
        assert isinstance(home, HomeScreen)
        assert home.listing.length == 1
        await person.press("enter")
        assert person.front == "CaseScreen"
        await person.press("escape")
        assert person.front == "HomeScreen"
        assert home.listing.length == 1
        await person.press("escape")
        assert home.listing.length == 3, "the whole list again"
        await person.press("escape")
        assert "Ctrl+Q leaves the program" in person.toasts


async def test_what_is_in_no_queue_is_found_among_all(desk: Desk) -> None:
    receive(desk, FOOD, seed=1)
    accepted = accept(desk, SIGN, seed=2)
    number = desk.cases.detail(accepted[0]).case.number
    async with at(desk, "counter") as person:
        await person.type(number)
        assert "Enter looks among all cases" in person.text
        await person.press("enter", "enter")
        assert person.front == "CaseScreen"


async def test_what_is_nowhere_is_not_looked_for_again(desk: Desk) -> None:
    receive(desk, FOOD)
    async with at(desk, "counter") as person:
        await person.press("f3")
        await person.type("nobody")
        assert "No case like that." in person.text
        assert "Enter looks" not in person.text


async def test_a_draft_is_gone_on_with(desk: Desk) -> None:
    draft = type_walk_in(desk, FOOD, seed=4)
    async with at(desk, "counter") as person:
        assert "Drafts 1" in person.text
        assert draft.name in person.text
        await person.press("enter")
        assert person.front == "IntakeScreen"
        await person.press("escape")
        assert person.front == "HomeScreen"


async def test_two_walk_ins_are_parked_and_each_is_come_back_to(desk: Desk) -> None:
    """Each is found under Drafts and opened at its very field, with what was half typed."""
    left: dict[str, tuple[str, str]] = {}
    async with at(desk, "counter") as person:
        for place, typed in (("phone", "1540000"), ("name", "叶和")):
            await person.press("f2")
            while person.place != place:
                await person.press("down")
            await person.type(typed)
            intake = person.app.screen
            assert isinstance(intake, IntakeScreen)
            await person.press("ctrl+s")
            left[intake.draft.id] = place, typed
        assert [one.parked for one in desk.drafts.list()] == [True, True]
        assert "Drafts 2" in person.text
        for row in (0, 1):
            await person.press("home", *["down"] * row, "enter")
            intake, focused = person.app.screen, person.app.focused
            assert isinstance(intake, IntakeScreen)
            assert isinstance(focused, Input)
            assert (person.place, focused.value) == left.pop(intake.draft.id)
            assert focused.cursor_position == len(focused.value)
            await person.press("ctrl+s")
    assert not left
    assert [one.parked for one in desk.drafts.list()] == [True, True], "parked again"


async def test_left_and_right_go_to_the_other_queues(desk: Desk) -> None:
    accept(desk, FOOD, seed=1)
    receive(desk, SIGN, seed=2)
    async with at(desk, "counter") as person:
        assert SIGN.name[:6] in person.text
        await person.press("right", "right")
        assert FOOD.name in person.text
        assert SIGN.name[:6] not in person.text


async def test_left_and_right_do_so_in_the_empty_box_too(desk: Desk) -> None:
    accept(desk, FOOD, seed=1)
    receive(desk, SIGN, seed=2)
    async with at(desk, "counter") as person:
        await person.press("f3", "right", "right")
        assert isinstance(person.app.focused, FilterBox)
        assert SIGN.name[:6] in person.text
        await person.type("no")
        await person.press("left", "x")
        assert person.app.focused.value == "nxo", "in a text they walk"


async def test_deferred_papers_are_followed_up_by_their_day(desk: Desk, hall: Hall) -> None:
    late = receive(desk, FOOD, seed=1, m3=MaterialState.DEFERRED)
    desk.counter.accept(late[0])
    receive(desk, FOOD, seed=2)
    hall.clock.put(hall.clock.now() + timedelta(days=6))
    receive(desk, FOOD, seed=3, m3=MaterialState.DEFERRED)
    hall.clock.put(hall.clock.now() + timedelta(days=5))
    desk.sync.run_once()
    (queue,) = (one for one in desk.cases.queues() if one.key == "deferred")
    page = first_page(desk, queue, "")
    assert [one.cells[2] for one in page.entries] == [a_person(1).name, a_person(3).name]
    assert [one.cells[-2:] for one in page.entries] == [
        ("06-11", "■ Overdue"),
        ("06-17", "● In time"),
    ]
    async with at(desk, "counter") as person:
        assert "Deferred papers, by their day 2" in person.text
    plan = Ticked(key="m3", name="布局图", state=MaterialState.PROVIDED, copies=1)
    desk.counter.hand_in(late[0], (plan,))
    assert desk.cases.count(desk.cases.query_of(queue)) == 1


async def test_an_empty_desk_says_what_to_do(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        assert "F2 takes in the next visitor" in person.text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_department_sees_its_work_by_light(
    desk: Desk, open_at: OpenDesk, clock: SettableClock, size: tuple[int, int]
) -> None:
    accept(desk, FOOD, seed=1)
    clock.put(clock.now() + timedelta(days=20))
    market = open_at("market", department="market")
    async with at(market, "market-handler", size) as person:
        assert "■ Overdue" in person.text
        assert "承办" in person.text


async def test_what_waits_for_central_is_marked(desk: Desk, hall: Hall) -> None:
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD, seed=1))
    async with at(desk, "counter") as person:
        assert "… waiting" in person.text
        assert "1 waiting" in person.text
        await person.press("f5")
        assert "Central cannot be reached" in person.text
        await person.press("enter")
        assert "○ line down" in person.text


async def test_cases_that_are_locked_say_why(desk: Desk, hall: Hall, clock: SettableClock) -> None:
    receive(desk, FOOD)
    async with at(desk, "counter") as person:
        hall.stop()
        clock.put(clock.now() + timedelta(hours=25))
        await person.press("right")
        assert "Central was not heard of for too long" in person.text
        assert a_person(1).name not in person.text
        await person.press("f6")
        assert person.front == "SyncScreen"


async def test_leaving_tells_what_is_only_here(desk: Desk, hall: Hall) -> None:
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD, seed=1))
    async with at(desk, "counter") as person:
        await person.press("ctrl+q")
        assert "1 act is only on this machine yet." in person.text
        await person.press("n")
        assert person.front == "HomeScreen"


async def test_news_of_central_come_by_themselves(desk: Desk, open_at: OpenDesk) -> None:
    (case_id,) = accept(desk, FOOD)
    market = open_at("market", department="market", login="market-handler")
    desk.sync.start()
    async with at(desk, "counter", LARGE) as person:
        assert "市监handler" not in person.text
        came = asyncio.Event()
        person.app.changed.subscribe(person.app.screen, lambda _changed: came.set())
        await asyncio.to_thread(market.casework.claim, case_id)
        for _try in range(20):
            await asyncio.wait_for(came.wait(), 30)
            came.clear()
            await settle(person.pilot)
            if "市监handler" in person.text:
                break
        assert "市监handler" in person.text


async def test_a_key_of_another_role_says_so(desk: Desk) -> None:
    async with at(desk, "manager") as person:
        await person.press("f2")
        assert person.front == "HomeScreen"
        assert "Counter clerk" in person.toasts
        await person.press("f7")
        assert person.front == "ReportScreen"


async def test_a_list_longer_than_its_first_page_is_read_where_it_is_looked_at(desk: Desk) -> None:
    for seed in range(1, 8):
        receive(desk, FOOD, seed=seed)
    app = OneScreenApp(desk, lambda: HomeScreen(page_rows=3))
    async with app.run_test(size=(80, 12)) as pilot:
        await settle(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        assert home.listing.length == 7, "its length is known before its end is read"
        await press(pilot, "end")
        assert home.listing.cursor == 6
        ids = [home._entries.identity(n) for n in range(7)]
        assert len(set(ids)) == 7
        home.reload()
        await press(pilot, "home")
        assert home.listing.cursor == 0, "reading anew takes no key back"


async def test_another_language_draws_all_anew(desk: Desk) -> None:
    receive(desk, FOOD, seed=1)
    async with at(desk, "counter") as person:
        await person.press("f9")
        assert "待受理" in person.text
        assert FOOD.name in person.text
        await person.press("f9")
        assert "To accept or decline" in person.text
