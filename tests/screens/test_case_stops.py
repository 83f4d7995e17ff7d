"""Special procedures at the screen: proposed by one, approved by another, on paper, ended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from clerk.clock import SettableClock
from clerk.contract.case import ClockState
from clerk.contract.proposal import Procedure, StopPlan
from services.bootstrap import Desk
from tests.screens.story import Person, accept, at
from tests.screens.test_case_department import open_only, the_case
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, Hall, OpenDesk, open_paper
from tests.support.screens import LARGE


@pytest.fixture
def market(desk: Desk, open_at: OpenDesk) -> Desk:
    """The food department's desk, with one case to do."""
    accept(desk, FOOD)
    return open_at("market", department="market")


async def fill(person: Person, *answers: str) -> None:
    """Type the answers of a dialog."""
    for one in answers:
        await person.type(one)
        await person.press("enter")


async def propose_test(person: Person) -> None:
    """Claim the case and propose a stop of five working days for a test."""
    await open_only(person)
    await person.press("ctrl+o", "ctrl+w", "enter", *["down"] * 4, "enter")
    await fill(person, "Act 12", "many", "samples")
    assert "Type a number of days." in person.text
    await person.press(*["backspace"] * 4)
    await fill(person, "5", "")


async def test_proposed_approved_printed_and_ended(market: Desk, clock: SettableClock) -> None:
    async with at(market, size=LARGE) as person:
        await person.sign_in("market-handler")
        await propose_test(person)
        assert "Proposed; somebody else has to approve it." in person.text
        assert "to be approved by: Approver / Head of the body" in person.text
        await person.press("ctrl+a")
        assert "Take back: " in person.text, "one's own, and the dialog says so"
        await fill(person, "not needed")
        assert "The proposal is taken back." in person.text
        await person.press("ctrl+w", "enter", *["down"] * 4, "enter")
        await fill(person, "Act 12", "5", "samples")
        await person.press("f8")
        await person.sign_in("market-approver")
        assert "▸ To approve " in person.text
        await open_only(person)
        await person.press("ctrl+a", "enter")
        assert "Approved." in person.text
        assert "Test until 2026-06-08" in person.text
        assert "‖ Stopped" in person.text
        case_id = the_case(market)
        assert market.cases.detail(case_id).case.clock is ClockState.STOPPED
        said = str(person.app.screen.query_one("#case-said").render())
        paper = open_paper(Path(said.partition("The paper is at ")[2].strip()))
        assert "特别程序告知书" in paper
        assert "Act 12" in paper
        await person.press("f8")
        clock.put(clock.now() + timedelta(days=1))
        await person.sign_in("market-handler")
        await open_only(person)
        await person.press("ctrl+o", "ctrl+w", "down", "down", "enter")
        await fill(person, "as it should be")
        assert "The special procedure has ended." in person.text
        case = market.cases.detail(case_id).case
        assert case.clock is ClockState.RUNNING
        assert "as it should be" in person.text


async def test_prolonged_with_another_approval(market: Desk, hall: Hall) -> None:
    case_id = the_case_stopped(market)
    async with at(market, "market-handler", size=LARGE) as person:
        await open_only(person)
        await person.press("ctrl+w", "down", "enter")
        await fill(person, "2", "once more")
        assert "Proposed; somebody else has to approve it." in person.text
    market.session.sign_in("market-head", PASSWORD)
    proposal = market.cases.detail(case_id).case.proposals[0]
    done = market.proposals.approve(case_id, proposal.n)
    assert done.paper is not None
    assert "特别程序延长告知书" in open_paper(done.paper)
    assert hall.count("document_counters") == 3


async def test_a_stop_past_its_planned_days_is_shown_no_more(
    market: Desk, clock: SettableClock
) -> None:
    """By default it ends by itself: the page says nothing of it, and the light is on again."""
    the_case_stopped(market)
    clock.put(clock.now() + timedelta(days=8))
    async with at(market, "market-handler", size=LARGE) as person:
        await open_only(person)
        assert "Test until" not in person.text
        assert "‖" not in person.text


def the_case_stopped(market: Desk) -> str:
    """The department's only case, stopped for five working days."""
    market.session.sign_in("market-handler", PASSWORD)
    case_id = the_case(market)
    market.casework.claim(case_id)
    plan = StopPlan(procedure=Procedure.TEST, basis="Act 12", planned_days=5, reason="samples")
    market.proposals.propose(case_id, plan)
    market.session.sign_in("market-approver", PASSWORD)
    market.proposals.approve(case_id, market.cases.detail(case_id).case.proposals[0].n)
    return case_id


async def test_extended_by_the_head_on_paper(market: Desk) -> None:
    async with at(market, "market-handler", size=LARGE) as person:
        await open_only(person)
        await person.press("ctrl+o", "ctrl+w", "down", "enter", "enter")
        await fill(person, "too much to look into")
        assert "Proposed; somebody else has to approve it." in person.text
        await person.press("f8")
        await person.sign_in("market-head")
        await open_only(person)
        await person.press("ctrl+a", "enter")
        assert "Approved." in person.text
        said = str(person.app.screen.query_one("#case-said").render())
        paper = open_paper(Path(said.partition("The paper is at ")[2].strip()))
        assert "延长审批期限告知书" in paper
        assert "too much to look into" in paper


async def test_a_hearing_is_set_held_and_ended(market: Desk, clock: SettableClock) -> None:
    """Its notice comes seven working days before it (Art. 48): an earlier day is typed anew."""
    async with at(market, "market-handler", size=LARGE) as person:
        await open_only(person)
        await person.press("ctrl+o", "ctrl+w", "enter", "enter")
        await fill(person, "Act 46", "10", "neighbours object")
        await fill(person, "2026-06-01", "2026-06-01", "2026-06-09", "hall 3")
        assert "2026-06-10" in person.text, "the earliest day that is left is told"
        await person.press("enter")
        assert person.front == "AskText", "all that was typed is offered again"
        await person.press(*["enter"] * 5, "backspace", "backspace")
        await person.type("10")
        await person.press("ctrl+y")
        assert "Proposed; somebody else has to approve it." in person.text
        assert "held on 2026-06-10, hall 3" in person.text
        await person.press("f8")
        await person.sign_in("market-approver")
        await open_only(person)
        await person.press("ctrl+a", "enter")
        said = str(person.app.screen.query_one("#case-said").render())
        paper = "".join(open_paper(Path(said.partition("The paper is at ")[2].strip())).split())
        assert "听证定于2026年6月10日在hall3举行" in paper
        case_id = the_case(market)
        (stop,) = market.cases.detail(case_id).case.stops
        assert stop.hearing is not None
        assert (stop.hearing.held_on.isoformat(), stop.hearing.place) == ("2026-06-10", "hall 3")
        await person.press("f8")
        clock.put(clock.now().replace(day=10, hour=15))
        await person.sign_in("market-handler")
        await open_only(person)
        assert "2026-06-10" in person.text
        await person.press("ctrl+o", "ctrl+w", "down", "down", "enter")
        await fill(person, "held; objections answered")
        assert "The special procedure has ended." in person.text
    case = market.cases.detail(case_id).case
    assert case.clock is ClockState.RUNNING
    assert not case.open_stops
