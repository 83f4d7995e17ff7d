"""Papers change hands: given at the window, counted in the department, returned to people."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.db import cases
from clerk.clock import SettableClock
from clerk.contract.custody import Holder, HolderKind
from clerk.errors import UnreachableError
from clerk.rules.case import Case, fold
from clerk.rules.custody.ledger import APPLICANT, SlipState
from clerk.rules.custody.places import custody_of
from screens.custody import rows
from screens.custody.screen import CustodyScreen
from services.bootstrap import Desk
from tests.screens.story import accept, at
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, Hall, open_paper

MARKET = Holder(HolderKind.DEPARTMENT, "market")


def case_at(hall: Hall, case_id: str) -> Case:
    """As central has it."""
    with hall.central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    assert record is not None
    return fold(record)


def held(case: Case, holder: Holder) -> dict[str, int]:
    return {one.material: one.count for one in custody_of(case).held_by(holder)}


async def test_many_papers_are_given_with_the_line_down_and_one_is_missing(
    desk: Desk, there: Desk, hall: Hall
) -> None:
    case_ids = [accept(desk, FOOD, seed=seed)[0] for seed in (3, 4)]
    hall.stop()
    async with at(desk, "counter") as window:
        await window.press("shift+f8")
        custody = window.app.screen
        assert isinstance(custody, CustodyScreen)
        assert "Papers here 6" in window.text
        await window.press("end", "f9")
        assert custody.listing.cursor == 5, "another language stays at the row"
        await window.press("right", "right", "f9")
        assert custody.tabs.shown == rows.GIVEN, "and at the list"
        await window.press("left", "left")
        await window.press("asterisk", "right", "left", "ctrl+g")
        assert "Hand 6 papers over: to whom?" in window.text
        assert "市市场监督管理局" in window.text
        await window.press("enter")
        assert "Papers here 0" in window.text
        assert "Slips given out 1" in window.text
        await window.press("right", "right")
        await window.type("window 市场")
        assert custody.listing.length == 1, "whatever a slip says finds it"
    (slip,) = desk.custody.given()
    hall.start()
    desk.sync.run_once()
    there.sync.run_once()
    async with at(there, "market-handler") as official:
        await official.press("shift+f8")
        assert "Slips coming here 1" in official.text
        await official.type(slip.number)
        await official.press("enter")
        assert f"Slip {slip.number}: take the mark away" in official.text
        await official.press("space", "enter")
        assert "What was found out" in official.text
        await official.type("袋中没有")
        await official.press("enter")
        assert "Slips coming here 0" in official.text
        assert "Papers here 5" in official.text
        assert "Return" not in official.text, "no applicant comes to a department"
        await official.press("ctrl+t")
        assert "Papers go back to the applicant at the window." in official.toasts
    both = [case_at(hall, one) for one in case_ids]
    short, whole = sorted(both, key=lambda one: len(held(one, MARKET)))
    assert held(whole, MARKET) == {"m1": 1, "m2": 1, "m3": 1}
    assert held(short, MARKET) == {"m2": 1, "m3": 1}
    ((_slip, lack),) = custody_of(short).differences
    assert (lack.material, lack.reason) == ("m1", "袋中没有")
    desk.sync.run_once()
    assert [(one.material, one.missed) for one in desk.custody.held().papers] == [("m1", True)]


async def test_returned_to_the_applicant_from_the_window(desk: Desk, hall: Hall) -> None:
    (case_id,) = accept(desk, FOOD)
    async with at(desk, "counter") as window:
        await window.press("shift+f8", "space", "ctrl+t", "enter", "enter")
        assert "Papers here 2" in window.text
        assert "Slip, two copies:" in window.text
    desk.sync.run_once()
    case = case_at(hall, case_id)
    (slip,) = custody_of(case).slips
    assert (slip.state, slip.receiver) == (SlipState.RETURNED, case.applicant.name)
    assert sum(held(case, APPLICANT).values()) == 1
    (paper,) = desk.profile.papers.glob("*-slip-*.pdf")
    told = open_paper(paper)
    assert slip.number in told
    assert "材料退还单" in told


def test_taking_needs_the_line_and_another_person(
    desk: Desk, there: Desk, hall: Hall, clock: SettableClock
) -> None:
    accept(desk, FOOD)
    papers = desk.custody.held().papers
    places = desk.custody.destinations(papers)
    handed = desk.custody.give(papers, places[0])
    assert handed.paper is not None
    check_slip(handed.paper, handed.slip)
    desk.sync.run_once()
    there.session.sign_in("market-handler", PASSWORD)
    there.sync.run_once()
    (coming,) = there.custody.coming()
    hall.stop()
    with pytest.raises(UnreachableError):
        there.custody.take(coming, {})
    hall.start()
    assert there.custody.coming() == (coming,), "nothing happened"
    there.custody.take(coming, {})
    desk.sync.run_once()
    assert desk.custody.given() == ()


def check_slip(path: Path, number: str) -> None:
    told = open_paper(path)
    assert told.count(number) == 2, "one copy for each side"
    assert "第一联" in told
    assert "第二联" in told
