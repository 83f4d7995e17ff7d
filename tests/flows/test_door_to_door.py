"""One walk-in from the number to the released result, through the keyboard of everybody in it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from clerk.clock import SettableClock
from clerk.contract.case import DeclineGround, Delivery
from clerk.rules.numbers import spaced
from screens.intake.checklist import Checklist
from tests.exports.workbook.oracle import Oracle
from tests.flows.town import HEALTH, MARKET, OTHER_WINDOW, WINDOW, Town
from tests.flows.walk_ins import (
    FOOD,
    carry_through,
    receive,
    receive_and_accept,
    take_in_restaurant,
)
from tests.support.desk import Hall, open_paper
from tests.support.storyteller import PASSWORD, Clerk, Manager, Official, sit_down

LEGAL_PERSON_ID = "法定代表人（负责人、经营者）身份证"
DAY = timedelta(days=1)
_HEAD_ROW = 5


@pytest.mark.timeout(300)
@pytest.mark.slow
async def test_door_to_door(town: Town, hall: Hall, clock: SettableClock) -> None:
    firm = town.told.organisations[0]
    login = town.told.counter[0]
    first_day = clock.now().date().isoformat()
    window = town.desk(WINDOW, hall)

    async with sit_down(window, Clerk, login) as clerk:
        await take_in_restaurant(clerk, firm)
        assert firm.name in clerk.reads("#card-beside")
        assert firm.uscc not in clerk.reads("#card-beside"), "masked"
        assert_asked_once(clerk)
        assert clerk.reads("#verdict").startswith("✓ Complete")
        numbers = await clerk.receives()
        assert_receipt(clerk, numbers)
        await clerk.accepts()
        await clerk.accepts()
        assert clerk.sees.count("✓ Accepted") == 2
        notices = clerk.papers("#received-cases")
        for notice, number in zip(notices, numbers, strict=True):
            assert number in open_paper(notice).replace(" ", "")

    clock.put(clock.now() + DAY)
    for department, number in ((MARKET, numbers[0]), (HEALTH, numbers[1])):
        await decide(town, hall, department, number)

    clock.put(clock.now() + DAY)
    async with sit_down(window, Clerk, login) as clerk:
        await clerk.fetches()
        await clerk.scans(numbers[0])
        assert all(spaced(number) in clerk.sees for number in numbers), "all that is ready"
        agent = firm.representative
        await clerk.hands_out(name=agent.name, id_number=agent.id_number, signature="已签收")
        proofs = [open_paper(one).replace(" ", "") for one in clerk.papers("#release-note")]
        assert {n for n in numbers for proof in proofs if n in proof} == set(numbers)
        assert all(agent.name in proof for proof in proofs)
        assert not any(agent.id_number in proof for proof in proofs), "masked on paper too"
        await clerk.opens(numbers[0])
        assert clerk.is_told("Released", "#case-states")
        await clerk.begins()
        await clerk.pastes(firm.uscc)
        await clerk.presses("enter")
        assert clerk.is_told("✓ 食品经营许可证", "#card-beside"), "in the library since yesterday"
        assert clerk.is_told("✓ 公共场所卫生许可证", "#card-beside")
        await clerk.goes_back()

    decline_elsewhere(town, hall)
    async with sit_down(window, Manager, town.told.manager) as manager:
        await manager.counts(first_day, clock.now().date().isoformat())
        book = await manager.exports()
    assert_numbers_add_up(book, town)


def assert_asked_once(clerk: Clerk) -> None:
    """One list for both items: the shared paper once, the held licence not at all."""
    lines = clerk.walk.app.screen.query_one(Checklist).lines
    served = {
        one.line.name: [served.item for served in one.line.serves]
        for one in lines
        if one.line.name in {LEGAL_PERSON_ID, "营业执照"}
    }
    assert len(lines) == len({one.line.name for one in lines}), "no paper twice"
    assert all(len(set(items)) == 2 for items in served.values()), served
    assert [one.line.name for one in lines if one.line.exempted] == ["营业执照"]
    assert clerk.is_told("Not needed: 营业执照 held since", "Checklist")


def assert_receipt(clerk: Clerk, numbers: tuple[str, ...]) -> None:
    """The paper that the visitor takes home."""
    (receipt,) = clerk.papers("#received-papers")
    printed = open_paper(receipt).replace(" ", "")
    assert all(number in printed for number in numbers)
    assert LEGAL_PERSON_ID in printed
    told = re.search(r"Query password\s+(\d+)", clerk.reads("#received-papers"))
    assert told, "it is read out"
    assert told[1] in printed, "and stands on paper"


async def decide(town: Town, hall: Hall, department: str, number: str) -> None:
    """Three people of the department, each at the program on their department's desk."""
    desk, staff = town.desk(department, hall), town.told.staff[department]
    for login in (staff.handler, staff.reviewer):
        async with sit_down(desk, Official, login) as official:
            await official.fetches()
            await official.claims(number)
            assert official.is_told("The case is yours", "#case-said")
            await official.passes_on("材料齐全，符合条件")
            assert official.is_told("The case moved on.", "#case-said")
    async with sit_down(desk, Official, staff.approver) as approver:
        await approver.fetches()
        await approver.claims(number)
        assert approver.reads("#case-timeline").count("材料齐全，符合条件") == 2
        await approver.grants("同意")
        (decision,) = approver.papers("#case-said")
        assert number in open_paper(decision).replace(" ", "")
        await approver.reports_made()
        assert approver.is_told("The result is at the window.", "#case-said")
    desk.close()


def decline_elsewhere(town: Town, hall: Hall) -> None:
    """Another window takes an application in and declines it, so that windows differ."""
    other = town.enrol("other", OTHER_WINDOW, hall)
    other.session.sign_in(town.told.counter[1], PASSWORD)
    case = receive(other, town.told.organisations[2], FOOD)
    other.counter.decline(case.case_id, DeclineGround.NOT_ELIGIBLE, "场所不符合规定。")


def assert_numbers_add_up(book: Path, town: Town) -> None:
    """Two readers find what was done: one takes the stored values, one counts by the formulas."""
    oracle = Oracle(book.read_bytes())
    market, health = (town.told.names[one] for one in (MARKET, HEALTH))
    done = {"Received": 1, "Accepted": 1, "Declined": 0, "Decided": 1, "On time": 1, "In hand": 0}
    both = {name: 2 * count for name, count in done.items()}
    declined = {**dict.fromkeys(done, 0), "Received": 1, "Declined": 1}
    with_declined = {name: done[name] + declined[name] for name in done}
    everything = {name: both[name] + declined[name] for name in done}
    assert read_rows(oracle, "By department") == {
        market: with_declined,
        health: done,
        "Total": everything,
    }
    assert read_rows(oracle, "By window") == {
        town.told.names[WINDOW]: both,
        "综合窗口二": declined,
        "Total": everything,
    }
    cases = oracle.sheets["Cases"]
    assert len(cases) == 1 + everything["Received"]


def read_rows(oracle: Oracle, sheet: str) -> dict[str, dict[str, int]]:
    """The figures of a sheet by row; what is stored is what its formula comes to."""
    rows = oracle.sheets[sheet]
    head = [str(one) for one in rows[_HEAD_ROW]]
    found: dict[str, dict[str, int]] = {}
    for number, row in enumerate(rows[_HEAD_ROW + 1 :], _HEAD_ROW + 2):
        figures = found.setdefault(str(row[1]), {})
        for place, label in enumerate(head):
            if label in {"Received", "Accepted", "Declined", "Decided", "On time", "In hand"}:
                cell = oracle.book[sheet].cell(number, place + 1).coordinate
                assert oracle.value_of(sheet, cell) == row[place], (label, cell)
                figures[label] = int(str(row[place]).partition(".")[0])
    return found


async def test_a_licence_that_was_handed_out_exempts_at_the_next_visit(
    town: Town, hall: Hall
) -> None:
    """A certificate of the fire brigade stands for itself where the next item asks for it."""
    firm = town.told.organisations[0]
    window = town.desk(WINDOW, hall)
    window.session.sign_in(town.told.counter[0], PASSWORD)
    fire = town.enrol("fire", "xiaofang", hall)
    case = receive_and_accept(window, firm, "公众聚集场所投入使用、营业前消防安全检查")
    carry_through(fire, town.told.staff["xiaofang"], case.case_id)
    window.sync.run_once()
    assert window.cases.detail(case.case_id).case.delivery is Delivery.AT_WINDOW
    async with sit_down(window, Clerk, town.told.counter[0]) as clerk:
        await clerk.scans(firm.uscc)
        agent = firm.representative
        await clerk.hands_out(name=agent.name, id_number=agent.id_number, signature="已签收")
        assert len(clerk.papers("#release-note")) == 1
        await clerk.presses("f3")
        await clerk.begins()
        await clerk.pastes(firm.uscc)
        await clerk.presses("enter")
        await clerk.chooses("娱乐场所从事娱乐场所经营活动审批")
        await clerk.answers(1)
        assert clerk.is_told("⊘ 消防安全检查合格文件", "Checklist")
