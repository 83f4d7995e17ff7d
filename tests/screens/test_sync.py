"""The sync centre: what is only on this machine, what was refused, and what was typed for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from clerk.clock import SettableClock
from clerk.contract.case import SupplementLine
from clerk.contract.command import AskSupplement
from clerk.rules.numbers import spaced
from screens.commands import typed_for
from screens.home.screen import HomeScreen
from screens.sync.screen import SyncScreen
from services.bootstrap import Desk
from services.changes import Changed
from tests.screens.story import accept, at, grant
from tests.support.cases import FOOD
from tests.support.desk import Hall, OpenDesk, type_walk_in
from tests.support.people import a_person
from tests.support.screens import LARGE, SMALL, settle


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_waits_is_read_and_sent(desk: Desk, hall: Hall, size: tuple[int, int]) -> None:
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD, seed=1))
    async with at(desk, "counter", size) as person:
        await person.press("f6")
        assert "… waiting" in person.text
        assert "Receive an application" in person.text
        assert a_person(1).name in person.text
        assert a_person(1).id_number not in person.text
        await person.press("ctrl+d")
        assert "Only what central refused can be cleared away" in person.toasts
        await person.press("f5")
        assert "Central cannot be reached." in person.text
        await person.press("enter")
        assert "○ line down" in person.text
        assert "Retry now" in person.text
        assert "What waits is kept on this machine" in " ".join(person.text.split())
        hall.start()
        await person.press("f5")
        assert "Nothing is waiting" in person.text
        assert "level" in person.toasts


async def test_what_was_refused_keeps_what_was_typed(desk: Desk, open_at: OpenDesk) -> None:
    (case_id,) = accept(desk, FOOD, seed=2)
    market = open_at("market", department="market")
    async with at(desk, "counter", LARGE) as person:
        await person.press("enter")
        await person.press("ctrl+z")
        await person.type("moves away")
        for_market = open_at("market-2", department="market")
        decide_behind(for_market, case_id)
        await person.press("enter")
        assert person.front == "ProblemDialog"
        assert "Decided" in person.text
        assert "市监approver has changed the case" in person.text
        await person.press("enter", "escape")
        assert "Not done: Withdraw the application" in person.text
        await person.press("f6")
        assert "! refused" in person.text
        assert "moves away" in person.text
        assert "! 1 refused" in person.text
        await person.press("enter", "enter")
        assert person.front == "CaseScreen"
        await person.press("escape", "escape", "ctrl+d", "y")
        assert "Nothing is waiting" in person.text
        assert not desk.sync.outbox()
    assert market.enrolled.department == "market"


def decide_behind(market: Desk, case_id: str) -> None:
    """The department decides before the counter has heard of it."""
    grant(market, market, "market", case_id)


async def test_with_the_line_down_nobody_is_level(desk: Desk, hall: Hall) -> None:
    hall.stop()
    async with at(desk, "counter") as person:
        await person.press("f6", "f5", "enter")
        assert "What central has for this desk comes with the line." in person.text
        assert "are level" not in person.text


async def test_ages_grow_while_somebody_looks(desk: Desk, hall: Hall, clock: SettableClock) -> None:
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD, seed=1))
    async with at(desk, "counter") as person:
        await person.press("f6")
        assert "< 1 min" in person.text
        for later, age in ((timedelta(minutes=3), "3 min"), (timedelta(days=2), "2 days")):
            clock.put(clock.now() + later)
            assert isinstance(person.app.screen, SyncScreen)
            person.app.screen._tick()
            await person.pilot.pause()
            assert age in person.text


@pytest.mark.parametrize("keys", [(), ("f6",)])
async def test_what_comes_by_itself_finds_a_screen_half_drawn(
    desk: Desk, hall: Hall, keys: tuple[str, ...]
) -> None:
    """Another language draws the screen anew; a second, a change or a size comes at any moment."""
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD, seed=1))
    async with at(desk, "counter") as person:
        await person.press(*keys)
        screen = person.app.screen
        assert isinstance(screen, SyncScreen if keys else HomeScreen)
        drawing = asyncio.create_task(screen.recompose())
        moments = 0
        while not drawing.done():
            person.app._tell_screens(Changed(kinds=frozenset({"outbox"})))
            if isinstance(screen, SyncScreen):
                screen._tick()
            else:
                screen.on_resize()
            await asyncio.sleep(0)
            moments += 1
        await drawing
        assert moments > 1
        await settle(person.pilot)
        assert "1 waiting" in person.text


async def test_a_long_outbox_scrolls(desk: Desk, hall: Hall) -> None:
    """The refused first, then what waits, in order; the cursor reaches the last."""
    hall.stop()
    numbers = [
        desk.intake.receive(type_walk_in(desk, FOOD, seed=seed)).cases[0].number
        for seed in range(3, 18)
    ]
    async with at(desk, "counter") as person:
        await person.press("f6")
        assert spaced(numbers[0]) in person.text
        assert spaced(numbers[-1]) not in person.text
        await person.press("end")
        assert spaced(numbers[-1]) in person.text
        assert "15 waiting" in person.text
        await person.press("enter")
        assert person.front == "CaseScreen"
        assert spaced(numbers[-1]) in person.text


async def test_level_says_so(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("f6")
        assert "Nothing is waiting: this desk and central are level." in person.text
        assert "Last heard of central" in person.text
        assert "Case numbers left" in person.text


def test_what_was_asked_for_is_parted_by_one_mark() -> None:
    """Its reasons are sentences; “。；” stood between them."""
    lines = (
        SupplementLine("a", "住址", "没有填写“住址”。"),
        SupplementLine("b", "申请的残疾类别", "没有填写“申请的残疾类别”。"),
    )
    ((_label, text),) = typed_for(AskSupplement(lines=lines))
    assert "没有填写“住址”; 申请的残疾类别" in text
