"""Rows are marked and acted on together; lists are kept under names: on lists in memory."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from central.jobs.deemed import sweep_deemed
from central.watching.following import sweep_watched
from clerk.clock import SettableClock
from clerk.contract.asking import Supervised, Urged
from clerk.contract.matter import MatterKind
from screens.dialogs.choose import Choose
from screens.home.batch_summary import BatchSummary
from screens.sorting import SortedScreen
from services.bootstrap import Desk
from tests.screens.story import Person, accept, at, grant, receive
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, SIGN, Hall, OpenDesk
from tests.support.matters import INQUIRY
from tests.support.people import a_person
from tests.support.screens import LARGE, settle


def list_of(person: Person) -> SortedScreen:
    """The screen in front."""
    assert isinstance(person.app.screen, SortedScreen)
    return person.app.screen


async def choose(person: Person, *told: str) -> None:
    """Choose what is offered under these words, one offer after the other."""
    for words in told:
        offer = person.app.screen
        assert isinstance(offer, Choose)
        place = next(n for n, (_key, label) in enumerate(offer.options) if words in label)
        await person.press(*["down"] * place, "enter")


async def test_notices_are_delivered_together(desk: Desk, hall: Hall, clock: SettableClock) -> None:
    for seed in (1, 2, 3):
        receive(desk, FOOD, seed=seed)
    desk.sync.run_once()
    clock.put(clock.now() + timedelta(days=10))
    assert sweep_deemed(hall.central) == 3
    desk.session.sign_in("counter", PASSWORD)
    desk.sync.run_once()
    async with at(desk, "counter", LARGE) as person:
        person.app.ways.to_prints()
        await settle(person.pilot)
        await person.press("space", "space", "ctrl+l", "ctrl+c")
        assert sorted(one.printed for one in desk.due_papers.list()) == [False, True, True]
        assert person.app.clipboard.count("\n") == 0, "what was marked is done, and marked no more"
        await person.press("asterisk", "ctrl+c")
        assert person.app.clipboard.count("\n") == 2
        await person.press("space", "f4")
        await choose(person, "By mail")
        assert "2 notices are delivered" in person.text
        await person.type("王五")
        await person.press("enter", "enter")
        await person.type("EMS 1")
        await person.press("enter")
        assert isinstance(person.app.screen, BatchSummary)
        assert "2 of 2 went through" in person.text
    assert len(desk.due_papers.list()) == 1


async def test_findings_are_looked_into_together_and_signed(
    desk: Desk, hall: Hall, open_at: OpenDesk
) -> None:
    audit, there = open_at("audit"), open_at("market", department="market")
    for seed in (3, 4):
        (case_id,) = accept(desk, FOOD, seed=seed)
        grant(desk, there, "market", case_id)
    sweep_watched(hall.central)
    audit.sync.run_once()
    async with at(audit, "auditor", LARGE) as person:
        await person.press("asterisk", "ctrl+a")
        await person.type("当场补齐，无异常")
        await person.press("enter")
        await person.type("wrong-password")
        await person.press("enter", "enter")
        assert "当场补齐，无异常" in person.text, "a wrong password loses no word"
        await person.press("enter")
        await person.type(PASSWORD)
        await person.press("enter")
        assert "2 of 2 went through" in person.text
        await person.press("enter")
        assert "To look into 0" in person.text
    audit.session.sign_in("auditor", PASSWORD)
    assert [len(one.finding.looks) for one in audit.findings.list()] == [1, 1]


async def test_matters_are_handed_on_together(desk: Desk, hall: Hall, open_at: OpenDesk) -> None:
    market = open_at("market", department="market", login="market-handler")
    for kind in (MatterKind.INQUIRY, MatterKind.SUGGESTION):
        desk.matters.take(replace(INQUIRY, kind=kind))
    desk.sync.run_once()
    market.sync.run_once()
    async with at(market, "market-handler", LARGE) as person:
        await person.press("shift+f11", "asterisk", "ctrl+g", "enter")
        assert "Hand 2 matters on" in person.text
        await person.type("属于城管职责")
        await person.press("enter")
        assert "2 of 2 went through" in person.text
    market.sync.run_once()
    assert not market.matters.list().matters, "handed on, they leave this desk"


async def test_holders_are_urged_together_and_supervised(desk: Desk, hall: Hall) -> None:
    cases = accept(desk, FOOD) + accept(desk, FOOD, seed=3)
    sweep_watched(hall.central)
    async with at(desk, "manager", LARGE) as person:
        await person.press("f10", "enter", "asterisk", "ctrl+w")
        await choose(person, "Urge the holder")
        await person.type("请尽快办理")
        await person.press("enter", "enter")
        assert "2 of 2 went through" in person.text
        await person.press("enter", "asterisk", "ctrl+w")
        await choose(person, "Supervise formally")
        assert "Supervise 2 cases formally" in person.text
        await person.type("超期未办")
        await person.press("enter")
        await person.type("书面说明原因")
        await person.press("enter", "enter")
        await person.type(PASSWORD)
        await person.press("enter")
        assert "2 of 2 went through" in person.text
        assert person.read("#batch-cases").count("Its paper:") == 2
    desk.sync.run_once()
    for one in cases:
        told = [type(event) for event in desk.cases.detail(one).record.events]
        assert (told.count(Urged), told.count(Supervised)) == (1, 1)


async def test_slips_and_journals_are_printed_together_and_slips_taken_back(desk: Desk) -> None:
    accept(desk, FOOD)
    for _day in range(2):
        desk.journal.close_day(3, "")
    async with at(desk, "counter", LARGE) as person:
        await person.press("shift+f8", *["space", "ctrl+g", "enter"] * 2)
        assert "Slips given out 2" in person.text
        await person.press("right", "right", "asterisk", "ctrl+l")
        assert "2 of 2 went through" in person.text
        assert person.read("#batch-cases").count("Its paper:") == 2
        await person.press("enter", "asterisk", "ctrl+z")
        assert "2 of 2 went through" in person.text
        await person.press("enter")
        assert "Slips given out 0" in person.text
        await person.press("escape", "shift+f9", "left", "asterisk", "ctrl+l")
        assert "2 of 2 went through" in person.text
        assert person.read("#batch-cases").count("Its paper:") == 2


async def test_a_list_is_kept_under_a_name_as_it_is_shown(desk: Desk) -> None:
    for seed, item in ((1, SIGN), (2, FOOD), (3, SIGN)):
        receive(desk, item, seed=seed)
    name = a_person(1).name
    async with at(desk, "counter", LARGE) as person:
        await person.press("shift+f8")
        await person.type(name)
        await person.press("down", "shift+f7")
        await choose(person, "Group: by Material")
        await person.press("shift+f7")
        await choose(person, "Keep this list")
        await person.type("钱先生的")
        await person.press("enter")
        assert "stands beside the other lists" in person.toasts
        assert desk.saved_lists.all("papers")[0].by == "Material", "whatever stands before it"
        shown = list_of(person).listing.length
        await person.press("right")
        assert list_of(person).typed == "", "another list is narrowed by nothing"
        await person.press("left")
        assert list_of(person).typed == name
    async with at(desk, "counter", LARGE) as person:
        await person.press("shift+f8")
        assert "钱先生的" in person.text, "it outlasts the program"
        assert list_of(person).listing.length > shown
        await person.press("left")
        assert list_of(person).listing.length == shown
        assert list_of(person).listing.columns[0].title == "Material"
        await person.press("shift+f7")
        await choose(person, "Forget the list")
        assert "钱先生的" not in person.text
        assert desk.saved_lists.all("papers") == ()
    async with at(desk, "handler", LARGE) as person:
        assert desk.saved_lists.all("papers") == ()


async def test_what_was_typed_for_several_is_kept_when_the_line_is_down(
    desk: Desk, hall: Hall, open_at: OpenDesk
) -> None:
    """Offered again for the same cases; for another one an opinion is typed anew."""
    cases = [case_id for seed in (1, 2, 3) for case_id in accept(desk, FOOD, seed=seed)]
    market = open_at("market", department="market", login="market-handler")
    market.sync.run_once()
    for case_id in cases:
        market.casework.claim(case_id)
    async with at(market, "market-handler", LARGE) as person:
        await person.press("right", "home", "space", "space", "ctrl+g")
        hall.stop()
        await person.type("材料齐全，符合形式")
        await person.press("enter")
        assert "0 of 2 went through" in person.text
        await person.press("enter", "home", "space", "down", "space", "ctrl+g")
        assert "材料齐全，符合形式" not in person.text, "one of these is another"
        await person.press("escape", "space", "up", "space", "ctrl+g")
        assert "材料齐全，符合形式" in person.text
        hall.start()
        await person.press("enter")
        assert "2 of 2 went through" in person.text
