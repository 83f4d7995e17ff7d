"""A fact of a register of others stands for a paper, or it is explained why it does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from central.registers.describing import load
from central.registers.examining import read_descriptions
from clerk.contract.case import MaterialState
from clerk.rules.exemption import Flaw
from screens.intake.checklist import Checklist
from services.bootstrap import Desk
from services.demo.registers import SAFETY, SampleRegisters
from services.demo.server import choose_port
from tests.flows.test_exempted import at_central, case_at_central
from tests.flows.town import WINDOW, Town
from tests.support.cases import MONDAY
from tests.support.desk import Hall
from tests.support.screens import settle
from tests.support.storyteller import Clerk, sit_down

ITEM = "烟花爆竹经营（零售）许可"
PAPER = "主要负责人、销售人员安全知识培训合格证明"
YEAR = timedelta(days=365)
SINCE, UNTIL = (MONDAY - YEAR).date(), (MONDAY + 2 * YEAR).date()


@pytest.fixture
def registers(town: Town) -> Iterator[SampleRegisters]:
    """The registers of the demo city beside this town, described to its central."""
    running = SampleRegisters(town.folder / "registers", slow_s=0)
    running.know(town.told.organisations, MONDAY.date())
    port = choose_port(town.folder / "registers.port")
    assert running.start(port)
    described = read_descriptions(running.describe(port))
    at_central(town, partial(load, loaded=described, now=MONDAY, actor="test"))
    yield running
    running.stop()


@pytest.fixture
def window(town: Town, hall: Hall, registers: SampleRegisters) -> Desk:
    """The desk of the window; the registers run."""
    assert not registers.is_down(SAFETY)
    desk = town.desk(WINDOW, hall)
    desk.sync.run_once()
    return desk


async def take_in(clerk: Clerk, town: Town, place: int = 0) -> None:
    """A firm applies; every register has answered, or not, before the clerk goes on."""
    await clerk.begins()
    await clerk.pastes(town.told.organisations[place].uscc)
    await clerk.presses("enter")
    await clerk.chooses(ITEM)
    await settle(clerk.walk.pilot)
    await clerk.answers(1, 1)
    await clerk.goes_to("line:")


def is_exempted(clerk: Clerk) -> bool:
    lines = clerk.walk.app.screen.query_one(Checklist).lines
    (mine,) = (one.line for one in lines if one.line.name == PAPER)
    return mine.exempted


def told(clerk: Clerk) -> str:
    return " ".join(clerk.reads("Checklist").split())


@pytest.mark.timeout(300)
async def test_held_it_is_told_since_when_and_until_when_and_by_whom(
    town: Town, window: Desk
) -> None:
    async with sit_down(window, Clerk, town.told.counter[0]) as clerk:
        await take_in(clerk, town)
        assert is_exempted(clerk)
        assert (
            f"Not needed: 安全知识培训合格 held since {SINCE}, valid until {UNTIL},"
            " from 安全生产监管信息"
        ) in told(clerk)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"pxyxqz": (MONDAY - timedelta(days=1)).date().isoformat()},
            "Asked for: 安全知识培训合格 in 安全生产监管信息 expired on 2026-05-31",
        ),
        ({"qymc": "另一家公司"}, "another person's data. Asked for meanwhile"),
        ({"tyshxydm": "91620100MA71234567"}, "another person's data. Asked for meanwhile"),
        ({"pxzsh": "", "pxyxqz": ""}, ""),
    ],
)
async def test_what_does_not_hold_is_explained_and_asked_for(
    town: Town,
    window: Desk,
    registers: SampleRegisters,
    changes: dict[str, str],
    why: str,
) -> None:
    registers.records[SAFETY][town.told.organisations[0].uscc].update(changes)
    async with sit_down(window, Clerk, town.told.counter[0]) as clerk:
        await take_in(clerk, town)
        assert not is_exempted(clerk)
        assert why in told(clerk)


@pytest.mark.timeout(300)
async def test_a_register_that_is_down_is_to_be_checked(
    town: Town, window: Desk, registers: SampleRegisters
) -> None:
    registers.set_down(SAFETY, down=True)
    async with sit_down(window, Clerk, town.told.counter[0], size=(80, 24)) as clerk:
        await take_in(clerk, town)
        assert not is_exempted(clerk)
        why = "To be checked: 安全生产监管信息. The register does not answer."
        assert why in told(clerk)


@pytest.mark.timeout(300)
async def test_received_with_the_line_down_it_is_looked_at_again_when_it_arrives(
    town: Town, hall: Hall, window: Desk
) -> None:
    """What the register said in the visit's look stands, as long as it held on that day."""
    async with sit_down(window, Clerk, town.told.counter[0]) as clerk:
        await take_in(clerk, town)
        await clerk.ticks_all()
        hall.stop()
        (number,) = await clerk.receives()
        hall.start()
        await clerk.goes_back()
        await clerk.fetches()
    case = case_at_central(town, number)
    (tick,) = (one for one in case.materials if one.name == PAPER)
    assert tick.state is MaterialState.EXEMPTED, tick.note
    assert tick.note.startswith(f"安全生产监管信息 安全知识培训合格 {SINCE}–{UNTIL}")
    assert tick.note != Flaw.NOT_SURE
