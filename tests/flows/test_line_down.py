"""Central is killed, as a power cut would, and the window goes on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk.clock import SystemClock
from clerk.contract.case import Stage
from clerk.rules.numbers import spaced
from services.bootstrap import Desk
from services.cases import ListedCase
from services.demo.server import CentralProcess
from tests.flows.town import HEALTH, MARKET, WINDOW, Mould, Town
from tests.flows.walk_ins import FOOD, carry_through, receive, take_in_restaurant
from tests.support.desk import open_paper
from tests.support.proxy import Fate, Proxy, run_proxy
from tests.support.seats import MemoryKeyring
from tests.support.storyteller import PASSWORD, Clerk, Official, sit_down

PUSH = "/sync/push"


@pytest.fixture
def town(mould: Mould, tmp_path: Path, memory_keyring: MemoryKeyring) -> Iterator[Town]:
    """A city in which central is a process of its own, so the time is the machine's."""
    town = Town(mould, tmp_path / "city", memory_keyring, SystemClock())
    yield town
    town.close()


@pytest.fixture
def central(town: Town) -> Iterator[CentralProcess]:
    """The process, which serves."""
    central = CentralProcess(town.folder)
    central.start()
    yield central
    town.close()
    central.stop()


async def test_received_without_central_and_accepted_with_it(
    town: Town, central: CentralProcess
) -> None:
    window, login = town.desk(WINDOW, central), town.told.counter[0]
    async with sit_down(window, Clerk, login) as clerk:
        await clerk.fetches()
        await take_in_restaurant(clerk, town.told.organisations[0])
        central.kill()
        numbers = await clerk.receives()
        assert clerk.is_told("The line is down.", "#received-line")
        (receipt,) = clerk.papers("#received-papers")
        assert all(number in open_paper(receipt).replace(" ", "") for number in numbers)
        await clerk.accepts()
        assert "Central cannot be reached." in await clerk.reads_problem()
        assert {one.stage for one in cases_of(window, numbers)} == {Stage.RECEIVED}
        await assert_shown_as_waiting(clerk, numbers)

        await asyncio.to_thread(central.start)
        await clerk.fetches()
        assert "Nothing is waiting" in clerk.sees
        for number in numbers:
            await clerk.opens(number)
            await clerk.accepts()
            assert clerk.is_told("The case is accepted.", "#case-said")
            assert number in open_paper(clerk.papers("#case-said")[0]).replace(" ", "")
    for seat, case in zip((MARKET, HEALTH), cases_of(window, numbers), strict=True):
        desk = town.desk(seat, central)
        carry_through(desk, town.told.staff[seat], case.id)
    window.sync.run_once()
    assert {one.stage for one in cases_of(window, numbers)} == {Stage.DECIDED}


async def assert_shown_as_waiting(clerk: Clerk, numbers: tuple[str, ...]) -> None:
    """On the first screen and in the sync centre."""
    await clerk.goes_back()
    assert "○ line down  2 waiting" in clerk.sees
    assert re.search(r"Only on this machine yet\s+2", clerk.reads("#queues")), clerk.sees
    await clerk.presses("right")
    assert all(spaced(number) in clerk.sees for number in numbers)
    assert clerk.sees.count("… waiting") == 2
    await clerk.presses("f6")
    assert clerk.sees.count("Receive an application") >= 2, clerk.sees
    assert all(spaced(number) in clerk.sees for number in numbers)


async def test_an_accept_that_central_did_before_it_was_killed_is_done_once(
    town: Town, central: CentralProcess
) -> None:
    """Its answer is lost on the way; afterwards the desk fetches the stored one."""
    with run_proxy(central.address) as proxy:
        window = town.desk(WINDOW, proxy)
        window.session.sign_in(town.told.counter[0], PASSWORD)
        case = receive(window, town.told.organisations[0], FOOD)
        async with sit_down(window, Clerk, town.told.counter[0], background=False) as clerk:
            await clerk.opens(case.number)
            await assert_answer_is_awaited(clerk, proxy, central)
            await asyncio.to_thread(central.start)
            await clerk.presses("f5")
            assert "Nothing is waiting" in clerk.sees
            await clerk.opens(case.number)
            timeline = clerk.reads("#case-timeline")
            assert timeline.count("Accepted at the window") == 1
            assert "Waiting for central" not in clerk.reads("#case-troubles")
        town.close()


async def assert_answer_is_awaited(clerk: Clerk, proxy: Proxy, central: CentralProcess) -> None:
    """It was done, nobody here knows, and it is not asked for again."""
    proxy.plan(PUSH, Fate.ANSWER_LOST)
    await clerk.accepts()
    central.kill()
    told = await clerk.reads_problem()
    assert "central's answer did not come back" in told
    assert "never be done twice" in told
    assert clerk.is_told("Waiting for central", "#case-troubles")
    sent = proxy.count(PUSH)
    await clerk.accepts()
    assert proxy.count(PUSH) == sent, "what is under way is not asked for a second time"
    await clerk.presses("f6")
    assert "↑ awaiting its answer" in clerk.sees


async def test_a_department_says_why_it_cannot_act(town: Town, central: CentralProcess) -> None:
    """Handling needs the line: nothing happens, and the opinion is kept."""
    window = town.desk(WINDOW, central)
    window.session.sign_in(town.told.counter[0], PASSWORD)
    case = receive(window, town.told.organisations[0], FOOD)
    window.counter.accept(case.case_id)
    desk, staff = town.desk(MARKET, central), town.told.staff[MARKET]
    async with sit_down(desk, Official, staff.handler) as official:
        await official.fetches()
        await official.claims(case.number)
        central.kill()
        await official.passes_on("材料齐全")
        assert "Central cannot be reached." in await official.reads_problem()
        assert "材料齐全" in official.sees, "offered again"
        await asyncio.to_thread(central.start)
        await official.presses("ctrl+y")
        assert official.is_told("The case moved on.", "#case-said")


def cases_of(desk: Desk, numbers: tuple[str, ...]) -> list[ListedCase]:
    """The cases as the desk lists them."""
    return [one for number in numbers if (one := desk.cases.find_by_number(number))]
