"""What somebody does with a list: sort, group, keep, mark several, act on them, copy."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk.clock import SettableClock
from clerk.contract.case import MaterialState, Stage
from clerk.errors import InputError
from screens.home.lists import list_drafts
from screens.home.screen import HomeScreen
from screens.widgets.listing import Listing
from services.bootstrap import Desk
from services.cases import Order
from services.saved_lists import MOST, SavedList
from tests.screens.story import Person, accept, at, receive
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, SIGN, OpenDesk, type_walk_in
from tests.support.people import a_person
from tests.support.screens import LARGE, settle


def home(person: Person) -> HomeScreen:
    assert isinstance(person.app.screen, HomeScreen)
    return person.app.screen


def shown(person: Person) -> list[tuple[str, ...]]:
    entries = home(person)._entries
    return [tuple(entries.cells(place)) for place in range(len(entries))]


def stages_of(desk: Desk, ids: list[str]) -> list[Stage]:
    return [desk.cases.detail(one).case.stage for one in ids]


async def arrange(person: Person, way: int) -> None:
    await person.press("shift+f7", *["down"] * way, "enter")


async def test_a_list_is_sorted_and_grouped(desk: Desk, clock: SettableClock) -> None:
    for seed, item in ((1, FOOD), (2, SIGN), (3, FOOD)):
        receive(desk, item, seed=seed)
        clock.put(clock.now() + timedelta(minutes=1))
    async with at(desk, "counter", LARGE) as person:
        assert [row[2] for row in shown(person)] == [a_person(one).name for one in (1, 2, 3)]
        await arrange(person, 1)
        assert [row[2] for row in shown(person)] == [a_person(one).name for one in (3, 2, 1)]
        await arrange(person, 5)
        names = sorted((FOOD.name, FOOD.name, SIGN.name))
        assert [row[2] for row in shown(person)] == names
        told = [name if name not in names[:at] else "" for at, name in enumerate(names)]
        assert [row[0] for row in shown(person)] == told, "each group is named once"


def test_drafts_are_narrowed_sorted_and_grouped(desk: Desk, clock: SettableClock) -> None:
    for seed, item in ((1, FOOD), (2, SIGN), (3, FOOD)):
        type_walk_in(desk, item, seed=seed)
        clock.put(clock.now() + timedelta(minutes=1))
    names = [a_person(seed).name for seed in (1, 2, 3)]

    def told(text: str = "", order: Order | None = None) -> list[str]:
        return [one.cells[2] for one in list_drafts(desk, text, order)]

    assert told() == told(order=Order.NEWEST) == names[::-1]
    assert told(order=Order.OLDEST) == names
    assert told(order=Order.APPLICANT) == sorted(names)
    assert told(SIGN.name) == told(f"{SIGN.name} {names[1]}") == [names[1]]
    groups = [one.group for one in list_drafts(desk, "", Order.ITEM)]
    assert groups == sorted((FOOD.name, SIGN.name, FOOD.name))


async def test_a_list_is_kept_under_a_name_by_its_person_alone(desk: Desk) -> None:
    receive(desk, FOOD, seed=1)
    receive(desk, SIGN, seed=2)
    async with at(desk, "counter", LARGE) as person:
        await person.type(SIGN.name[:4])
        await person.press("down")
        await arrange(person, 8)
        await person.type("signs")
        await person.press("enter")
        await person.press("f3", "ctrl+u", "right")
        assert "▸ signs" in person.text
        assert [row[1] for row in shown(person)] == [SIGN.name]
        await arrange(person, 9)
        assert "▸ signs" not in person.text
        desk.saved_lists.keep(SavedList(name="mine", queue="all"))
    desk.session.sign_in("manager", PASSWORD)
    assert desk.saved_lists.all() == ()
    for number in range(MOST):
        desk.saved_lists.keep(SavedList(name=str(number), queue="all"))
    with pytest.raises(InputError, match=r"list\.too_many"):
        desk.saved_lists.keep(SavedList(name="more", queue="all"))


async def test_several_are_accepted_at_once_each_with_its_own_answer(desk: Desk) -> None:
    ids = [receive(desk, FOOD, seed=seed)[0] for seed in (1, 3)]
    ids.insert(1, receive(desk, FOOD, seed=2, m3=MaterialState.MISSING)[0])
    async with at(desk, "counter", LARGE) as person:
        await person.press("ctrl+y")
        assert "Mark cases first" in person.toasts
        await person.press("space", "space", "space", "ctrl+y")
        assert person.front == "BatchForecast", "the rules are asked before the password is"
        assert "Cannot be done to 1 of 3" in person.text
        assert a_person(2).name in person.read("#batch-cases")
        assert "3 cases" in person.text
        await person.press("enter")
        await person.type("wrong")
        await person.press("enter")
        assert person.front == "ProblemDialog"
        assert stages_of(desk, ids) == [Stage.RECEIVED] * 3
        await person.press("enter")
        assert "Accept 2 cases" in person.text, "a wrong password is asked for again"
        await person.type(PASSWORD)
        await person.press("enter")
        assert person.front == "BatchSummary"
        assert "2 of 3 went through" in person.text
        told = person.read("#batch-cases")
        assert [line[0] for line in told.splitlines() if line[0] in "✗✓"] == ["✗", "✓", "✓"]
        await person.press("enter")
    assert stages_of(desk, ids) == [Stage.ACCEPTED, Stage.RECEIVED, Stage.ACCEPTED]


async def test_what_can_be_done_to_none_asks_for_nothing(desk: Desk) -> None:
    receive(desk, FOOD, m3=MaterialState.MISSING)
    async with at(desk, "counter", LARGE) as person:
        await person.press("space", "ctrl+y")
        assert "Cannot be done to 1 of 1" in person.text
        await person.press("enter")
        assert person.front == "HomeScreen"


async def test_a_department_claims_and_passes_several_on(desk: Desk, open_at: OpenDesk) -> None:
    ids = [accept(desk, FOOD, seed=seed)[0] for seed in (1, 2)]
    there = open_at("market", department="market")
    async with at(there, "market-handler", LARGE) as person:
        await person.press("space", "space", "ctrl+o", "enter")
        assert [there.cases.detail(one).case.claim is not None for one in ids] == [True, True]
        await person.press("home", "space", "space", "ctrl+o")
        assert "2 of 2 went through" in person.text
        assert [there.cases.detail(one).case.claim for one in ids] == [None, None], "given back"
        await person.press("enter", "home", "space", "space", "ctrl+o", "enter")
        await person.press("home", "space", "space", "ctrl+g")
        await person.type("complete")
        await person.press("enter")
        assert "2 of 2 went through" in person.text
    assert [there.cases.detail(one).case.step for one in ids] == ["review", "review"]


async def test_rows_are_copied_as_they_are_shown(desk: Desk) -> None:
    receive(desk, FOOD, seed=1)
    receive(desk, SIGN, seed=2)
    async with at(desk, "counter", LARGE) as person:
        await person.press("ctrl+c")
        assert person.app.clipboard.split("\t") == list(shown(person)[0])
        await person.press("space", "space", "ctrl+c")
        assert len(person.app.clipboard.splitlines()) == 2
        assert a_person(1).id_number not in person.app.clipboard


async def test_drafts_are_thrown_away_together_and_cases_never(desk: Desk) -> None:
    for seed in (1, 2, 3):
        type_walk_in(desk, FOOD, seed=seed)
    receive(desk, SIGN, seed=4)
    kept = desk.drafts.list()[0]
    async with at(desk, "counter", LARGE) as person:
        screen = home(person)
        screen._show_queue([one.queue.key for one in screen.queue_bar.counted].index("drafts"))
        await settle(person.pilot)
        await person.press("asterisk", "home", "space", "ctrl+y")
        assert "A draft is gone on with by Enter" in person.toasts
        await person.press("ctrl+d")
        assert "Throw 2 drafts away?" in person.text
        await person.press("n")
        assert len(desk.drafts.list()) == 3
        await person.press("ctrl+d", "y")
        assert "2 of 2 went through" in person.text
        await person.press("enter")
        assert desk.drafts.list() == (kept,)
        row = person.app.screen.query_one(Listing).region
        await person.pilot.click(offset=(row.x + 3, row.y + 1), control=True)
        await person.press("ctrl+d", "y", "enter")
        assert desk.drafts.list() == (), "what the mouse marks is marked"
        await person.press("f3", "down", "ctrl+d")
        assert "Only drafts are thrown away" in person.toasts


async def test_a_window_urges_the_holders_of_several(desk: Desk) -> None:
    (case_id,) = accept(desk, FOOD, seed=1)
    (ended,) = accept(desk, FOOD, seed=2)
    desk.counter.withdraw(ended, "申请人改期")
    async with at(desk, "counter", LARGE) as person:
        await person.press("f3", "down", "ctrl+w")
        assert "Mark cases first" in person.toasts
        await person.press("asterisk", "ctrl+w")
        assert "Cannot be done to 1 of 2" in person.text
        await person.press("enter")
        await person.type("请尽快办理")
        await person.press("enter", "enter")
        assert "1 of 2 went through" in person.text
    assert [one.told for one in desk.cases.detail(case_id).case.open_asks] == ["请尽快办理"]
