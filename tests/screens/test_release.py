"""Handing out: everything that is ready for one person, and the proof of delivery."""

from __future__ import annotations

import asyncio

import pytest

from clerk.contract.case import Delivery, Released
from clerk.contract.identity import IdKind
from clerk.rules.case import Case
from clerk.rules.numbers import spaced
from screens.release.screen import ReleaseScreen
from services.bootstrap import Desk
from services.release import Collector
from tests.screens.story import Person, accept, at, grant, receive
from tests.support.cases import FOOD
from tests.support.desk import Hall, OpenDesk, open_paper
from tests.support.people import a_person
from tests.support.proxy import Fate, Proxy
from tests.support.screens import LARGE, SMALL

PATHS = "Proof of delivery: "


@pytest.fixture
def ready(desk: Desk, open_at: OpenDesk) -> list[str]:
    """Two results of one person at the window."""
    return grant_two(desk, open_at)


@pytest.fixture
def far_ready(far: Desk, open_at: OpenDesk) -> list[str]:
    """The same at a window whose line can be broken."""
    return grant_two(far, open_at)


def grant_two(desk: Desk, open_at: OpenDesk) -> list[str]:
    found = [*accept(desk, FOOD, seed=2), *accept(desk, FOOD, seed=2)]
    market = open_at("market", department="market")
    for case_id in found:
        grant(desk, market, "market", case_id)
    return found


def case_of(desk: Desk, case_id: str) -> Case:
    return desk.cases.detail(case_id).case


async def scan(person: Person, text: str) -> None:
    """Scan or type into the first line."""
    screen = person.app.screen
    assert isinstance(screen, ReleaseScreen)
    screen.scan.focus()
    screen.scan.value = ""
    await person.type(text)
    await person.press("enter")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_one_of_two_and_then_the_other(
    desk: Desk, ready: list[str], size: tuple[int, int]
) -> None:
    number = case_of(desk, ready[0]).number
    async with at(desk, "counter", size) as person:
        await person.press("f4")
        await scan(person, number)
        assert person.text.count("[×]") == 2
        screen = person.app.screen
        assert isinstance(screen, ReleaseScreen)
        await person.press("ctrl+e")
        await person.type("compared with the card")
        await person.press("enter")
        assert a_person(2).id_number in person.read("#release-note")
        await person.press("ctrl+e")
        assert a_person(2).id_number not in person.text, "hidden again"
        kept = [one.id for one in screen._cases][1]
        await person.press("down", "space")
        assert person.text.count("[×]") == 1
        await person.press("ctrl+y", "enter", "enter", "enter")
        assert "1 result handed out." in person.text
        assert case_of(desk, kept).delivery is Delivery.AT_WINDOW
        await scan(person, a_person(2).id_number)
        assert person.text.count("[×]") == 1
        await person.press("ctrl+y", "enter", "enter", "enter")
        assert case_of(desk, kept).delivery is Delivery.RELEASED


async def test_the_proof_of_delivery_lies_where_it_is_told(desk: Desk, ready: list[str]) -> None:
    async with at(desk, "counter", LARGE) as person:
        await person.press("f4")
        await scan(person, case_of(desk, ready[0]).number)
        await person.press("ctrl+y", "enter", "enter", "enter")
        screen = person.app.screen
        assert isinstance(screen, ReleaseScreen)
        papers = [path for path in desk.profile.papers.iterdir() if "delivery" in path.name]
        assert len(papers) == 2
        assert all(PATHS + str(path) in person.read("#release-note") for path in papers)
        await person.press("f9")
        assert "送达回证：" in person.read("#release-note"), "in the language that is spoken now"
        await person.press("f9")
        assert "送达回证" in open_paper(papers[0]).replace(" ", "")


async def test_an_agent_shows_a_right_number(desk: Desk, ready: list[str]) -> None:
    agent = a_person(7)
    wrong = agent.id_number[:-1] + ("0" if agent.id_number[-1] != "0" else "1")
    async with at(desk, "counter") as person:
        await person.press("f4")
        await scan(person, case_of(desk, ready[0]).number)
        await person.press("ctrl+y", "down", "enter")
        await person.type("agent")
        await person.press("enter")
        await person.type(wrong)
        await person.press("ctrl+y")
        assert "The check digit" in person.text
        assert "Ctrl+Y: done" in person.text
        await person.press("end", "backspace")
        await person.type(agent.id_number[-1])
        await person.press("ctrl+y")
        assert "2 results handed out." in person.text
    desk.sync.run_once()
    assert case_of(desk, ready[0]).delivery is Delivery.RELEASED


async def test_a_number_mended_in_a_hurry_is_read_whole(desk: Desk, ready: list[str]) -> None:
    agent = a_person(7)
    wrong = agent.id_number[:-1] + ("0" if agent.id_number[-1] != "0" else "1")
    async with at(desk, "counter") as person:
        await person.press("f4")
        await scan(person, case_of(desk, ready[0]).number)
        await person.press("ctrl+y", "down", "enter")
        await person.burst(
            *("A", "enter", *wrong, "ctrl+y"), *("backspace", agent.id_number[-1], "ctrl+y")
        )
        assert "2 results handed out." in person.text


async def test_an_agent_with_a_home_return_permit(desk: Desk, ready: list[str]) -> None:
    async with at(desk, "counter") as person:
        await person.press("f4")
        await scan(person, case_of(desk, ready[0]).number)
        await person.press("ctrl+y", "down", "enter")
        await person.type("agent")
        await person.press("enter")
        await person.type("H12345678")
        await person.press("ctrl+y")
        assert "Which document is it?" in person.text
        await person.press("escape")
        assert "H12345678" in person.text, "what was typed is there still"
        await person.press("ctrl+y")
        assert "Mainland travel permit" in person.text
        await person.press("enter")
        assert "2 results handed out." in person.text
    desk.sync.run_once()
    record = desk.cases.detail(ready[0]).record
    assert record is not None
    released = record.events[-1]
    assert isinstance(released, Released)
    assert released.collector_id_kind is IdKind.TRAVEL_PERMIT


async def test_a_receipt_scanned_after_release_says_so(desk: Desk, ready: list[str]) -> None:
    number = case_of(desk, ready[0]).number
    async with at(desk, "counter") as person:
        await person.press("f4")
        await scan(person, number)
        await person.press("ctrl+y", "enter", "enter", "enter")
        await scan(person, number)
        assert "has been handed out already" in person.text


async def test_a_receipt_of_a_case_that_is_not_ready(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD)
    async with at(desk, "counter") as person:
        await person.press("f4")
        await scan(person, case_of(desk, case_id).number)
        assert "is not ready yet: it stands at “Received”" in person.text
        await person.press("ctrl+y")
        assert "Nothing is marked" in person.toasts


async def test_what_is_neither_a_receipt_nor_a_number(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("f4")
        await scan(person, a_person(9).id_number)
        assert "Nothing lies ready at this window for this number." in person.text
        right = a_person(9).id_number
        await scan(person, right[:6] + ("1" if right[6] != "1" else "2") + right[7:])
        assert person.front == "ProblemDialog"
        assert "The check digit, character 18, should be" in person.text


async def test_with_the_line_down_the_collector_is_kept(
    desk: Desk, ready: list[str], hall: Hall
) -> None:
    async with at(desk, "counter") as person:
        await person.press("f4")
        await scan(person, case_of(desk, ready[0]).number)
        await person.press("ctrl+y", "enter", "enter")
        await person.type(" twice")
        hall.stop()
        await person.press("enter")
        assert "Central cannot be reached." in person.text
        await person.press("enter")
        assert "手写签名 twice" in person.text
        hall.start()
        await person.press("ctrl+y")
        assert "2 results handed out." in person.text


async def test_another_language_keeps_the_line_that_is_scanned_into(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("f4")
        await person.type("12")
        await person.press("f9", "3", "f9", "4")
        screen = person.app.screen
        assert isinstance(screen, ReleaseScreen)
        assert screen.scan.value == "1234"


async def test_a_mistyped_case_number_is_told_its_check_digit(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("f4")
        await scan(person, "260601001000427")
        assert "The check digit of the case number does not fit" in person.text


async def test_the_next_scan_takes_the_place_of_one_that_found_nothing(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("f4")
        await scan(person, a_person(3).id_number)
        await person.type(a_person(1).id_number)
        screen = person.app.screen
        assert isinstance(screen, ReleaseScreen)
        assert screen.scan.value == a_person(1).id_number


async def test_a_question_whose_answer_is_lost_is_asked_again(
    far: Desk, far_ready: list[str], proxy: Proxy
) -> None:
    """Nothing is done by asking, so nobody is told that something was sent."""
    async with at(far, "counter") as person:
        await person.press("f4")
        proxy.plan("/cases/ready", Fate.ANSWER_LOST)
        await scan(person, case_of(far, far_ready[0]).number)
        assert "Central cannot be reached." in person.text
        assert "Do not do it again" not in person.text
        await person.press("enter", "f5")
        assert person.text.count("[×]") == 2


async def test_of_two_the_one_that_was_sent_is_not_handed_out_again(
    far: Desk, far_ready: list[str], proxy: Proxy
) -> None:
    """Its answer is lost; the other was not tried, and each is told by its number."""
    async with at(far, "counter", LARGE) as person:
        await person.press("f4")
        await scan(person, case_of(far, far_ready[0]).number)
        screen = person.app.screen
        assert isinstance(screen, ReleaseScreen)
        first, second = (one.number for one in screen._shown)
        sent = proxy.count("/sync/push")
        proxy.plan("/sync/push", Fate.ANSWER_LOST)
        await person.press("ctrl+y", "enter", "enter", "enter")
        assert proxy.count("/sync/push") == sent + 1, "nobody waits a second time for a dead line"
        assert "0 of 2 went through" in person.text
        told = person.read("#batch-cases")
        assert f"{spaced(first)}  {FOOD.name}\nIt was sent" in told
        assert f"{spaced(second)}  {FOOD.name}\nCentral cannot be reached." in told
        await person.press("enter")
        assert f"answer is awaited: {spaced(first)}" in person.read("#release-note")
        assert [one.number for one in screen._shown] == [second]
        assert person.text.count("[×]") == 1
        await asyncio.to_thread(far.sync.run_once)
        assert screen.scan.value == case_of(far, far_ready[0]).number, "F5 asks for the same person"
        await person.press("f1", "escape")
        assert f"Central has answered: {spaced(first)}" in person.read("#release-note")
        await person.press("ctrl+y", "enter", "enter", "enter")
        assert "1 result handed out." in person.text
    assert not far.sync.outbox(), "nothing is refused, for nothing was asked for twice"
    assert {case_of(far, one).delivery for one in far_ready} == {Delivery.RELEASED}


async def test_a_result_that_may_be_handed_out_is_not_found_again(
    far: Desk, far_ready: list[str], proxy: Proxy
) -> None:
    """A scan finds it at central, which was not reached by the handing out."""
    number = case_of(far, far_ready[0]).number
    async with at(far, "counter", LARGE) as person:
        await person.press("f4")
        await scan(person, number)
        await person.press("down", "space")
        proxy.plan("/sync/push", Fate.REQUEST_LOST)
        await person.press("ctrl+y", "enter", "enter", "enter")
        assert "It was sent" in person.text
        await person.press("enter")
        assert "Hand out 1 result" not in person.text
        await scan(person, number)
        assert person.text.count("[×]") == 1
        assert "answer is awaited" in person.read("#release-note")


async def test_what_somebody_else_handed_out_leaves_the_list(
    desk: Desk, ready: list[str], open_at: OpenDesk
) -> None:
    async with at(desk, "counter") as person:
        await person.press("f4")
        await scan(person, case_of(desk, ready[0]).number)
        other = open_at("other", window="w1", login="counter")
        other.release.release(ready, Collector(name="甲", signature="签"))
        await person.press("ctrl+y", "enter", "enter", "enter")
        told = person.read("#batch-cases")
        assert told.count("has been handed out already") == 2
        await person.press("enter")
        assert person.front == "ReleaseScreen", "it is not offered once more"
        assert "[×]" not in person.text
