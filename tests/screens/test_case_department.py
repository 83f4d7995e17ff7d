"""A case in its department: claimed, passed on, sent back, decided; leases that run out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from clerk.clock import SettableClock
from clerk.contract.case import Delivery, Outcome, Stage
from screens.case.screen import CaseScreen
from screens.dialogs import Choose
from services.bootstrap import Desk
from tests.screens.story import Person, accept, at
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, SIGN, OpenDesk, open_paper
from tests.support.screens import LARGE


@pytest.fixture
def market(desk: Desk, open_at: OpenDesk) -> Desk:
    """The food department's desk, with one case to do."""
    accept(desk, FOOD)
    return open_at("market", department="market")


def the_case(desk: Desk) -> str:
    """The only case that the desk has."""
    return desk.cases.page(desk.cases.query_of(desk.cases.queues()[-1]))[0].id


async def open_only(person: Person) -> None:
    """Open the case under the cursor."""
    await person.press("enter")
    assert isinstance(person.app.screen, CaseScreen)


async def do_step(person: Person, login: str, key: str, opinion: str) -> None:
    """Sign in as somebody, open their case, claim it and act."""
    await person.press("f8")
    await person.sign_in(login)
    await open_only(person)
    await person.press("ctrl+o", key)
    await person.type(opinion)
    await person.press("enter")


async def test_through_three_hands_to_a_decision(market: Desk) -> None:
    async with at(market) as person:
        await person.sign_in("market-handler")
        await open_only(person)
        await person.press("ctrl+g")
        assert "You have not claimed case" in person.toasts
        await person.press("ctrl+o")
        assert "The case is yours until " in person.text
        await person.press("ctrl+g")
        await person.type("complete")
        await person.press("enter")
        assert "The case moved on." in person.text
        await do_step(person, "market-reviewer", "ctrl+g", "agreed")
        await do_step(person, "market-approver", "ctrl+y", "granted")
        assert "The case is granted." in person.text
        case = market.cases.detail(the_case(market)).case
        assert case.outcome is Outcome.GRANTED
        assert [one.opinion for one in case.done] == ["complete", "agreed", "granted"]


async def test_who_works_at_a_window_too_handles_cases_at_the_departments_desk(
    desk: Desk, market: Desk
) -> None:
    async with at(market, "both", LARGE) as person:
        assert "To do 1" in " ".join(person.text.split())
        assert "To accept or decline" not in person.text
        assert "F2" not in person.text
        await person.press("f2")
        assert "That is for another role: Counter clerk." in person.toasts
        await open_only(person)
        await person.press("ctrl+o")
        assert "The case is yours until " in person.text
        await person.press("ctrl+g")
        await person.type("complete")
        await person.press("enter")
        assert "The case moved on." in person.text
    async with at(desk, "both", LARGE) as person:
        assert "To accept or decline" in person.text
        assert "Claimed by me" not in person.text
        assert "F2" in person.text


async def test_refused_with_its_reason_on_paper(market: Desk) -> None:
    async with at(market) as person:
        await person.sign_in("market-handler")
        await open_only(person)
        await person.press("ctrl+o", "ctrl+g")
        await person.type("complete")
        await person.press("enter")
        await do_step(person, "market-reviewer", "ctrl+g", "agreed")
        await person.press("f8")
        await person.sign_in("market-approver")
        await open_only(person)
        await person.press("ctrl+o", "ctrl+n")
        await person.type("unsafe site")
        await person.press("enter")
        await person.type("refused")
        await person.press("enter")
        assert "The case is refused." in person.text
        case = market.cases.detail(the_case(market)).case
        assert (case.stage, case.outcome) == (Stage.DECIDED, Outcome.REFUSED)
        said = str(person.app.screen.query_one("#case-said").render())
        assert "unsafe site" in open_paper(Path(said.partition("The paper is at ")[2].strip()))


async def test_a_lease_that_ran_out_keeps_the_opinion(market: Desk, clock: SettableClock) -> None:
    async with at(market, "market-handler") as person:
        await open_only(person)
        await person.press("ctrl+o", "ctrl+g")
        await person.type("long thought")
        clock.put(clock.now() + timedelta(hours=3))
        await person.press("enter")
        assert person.front == "ProblemDialog"
        assert "Your hold on case" in person.text
        assert "What was typed is kept." in person.text
        assert "Claim the case again" in person.text
        await person.press("enter")
        assert "long thought" in person.text
        await person.press("escape", "ctrl+o", "ctrl+g")
        assert "long thought" in person.text
        await person.press("enter")
        assert "The case moved on." in person.text


async def test_somebody_else_was_faster(market: Desk, open_at: OpenDesk) -> None:
    other = open_at("market-2", department="market", login="market-handler")
    async with at(market, "market-handler") as person:
        await open_only(person)
        other.session.sign_in("market-handler", PASSWORD)
        other.casework.claim(the_case(other))
        other.casework.pass_step(the_case(other), "done elsewhere")
        await person.press("ctrl+o")
        assert person.front == "ProblemDialog"
        assert "审核" in person.text
        await person.press("enter")
        assert person.front == "CaseScreen"


async def test_back_to_an_earlier_step(market: Desk) -> None:
    async with at(market) as person:
        await person.sign_in("market-handler")
        await open_only(person)
        await person.press("ctrl+o", "ctrl+g")
        await person.type("complete")
        await person.press("enter")
        await person.press("f8")
        await person.sign_in("market-reviewer")
        await open_only(person)
        await person.press("ctrl+o", "ctrl+t", "enter")
        await person.type("look again")
        await person.press("enter")
        assert "The case was sent back." in person.text
        assert market.cases.detail(the_case(market)).case.step == "handle"


async def test_back_to_the_applicant_for_a_supplement(market: Desk, desk: Desk) -> None:
    async with at(market, "market-handler") as person:
        await open_only(person)
        await person.press("ctrl+o", "ctrl+t", "enter", "space", "enter")
        await person.type("unsigned")
        await person.press("enter")
        assert "The supplement notice is given." in person.text
        case_id = the_case(market)
    desk.sync.run_once()
    case = desk.cases.detail(case_id).case
    assert case.stage is Stage.SUPPLEMENTING
    assert case.asked[0].reason == "unsigned"


async def test_only_where_a_case_can_go_back_to_is_offered(market: Desk) -> None:
    """After the department has taken it up there is no supplement any more (Art. 32(4))."""
    async with at(market, "market-handler") as person:
        await open_only(person)
        await person.press("ctrl+o", "ctrl+g")
        await person.type("complete")
        await person.press("enter")
        await person.press("ctrl+t")
        assert person.front == "CaseScreen"
        assert person.toasts
        await person.press("f8")
        await person.sign_in("market-reviewer")
        await open_only(person)
        await person.press("ctrl+o")
        assert "yours until" in person.read("#case-said")
        await person.press("ctrl+t")
        dialog = person.app.screen
        assert isinstance(dialog, Choose)
        assert [key for key, _label in dialog.options] == ["handle"]


async def test_what_was_said_of_one_act_does_not_stand_beside_the_next(market: Desk) -> None:
    async with at(market, "market-handler") as person:
        await open_only(person)
        await person.press("ctrl+o")
        assert "yours until" in person.read("#case-said")
        await person.press("ctrl+o")
        assert "given back" in person.read("#case-said")
        assert "yours until" not in person.text


async def test_a_result_that_has_to_be_made_first(desk: Desk, open_at: OpenDesk) -> None:
    (case_id,) = accept(desk, SIGN)
    there = open_at("construction", department="construction")
    for step in ("handler", "reviewer"):
        there.session.sign_in(f"construction-{step}", PASSWORD)
        there.casework.claim(case_id)
        there.casework.pass_step(case_id, "同意")
    there.session.sign_in("construction-approver", PASSWORD)
    there.casework.claim(case_id)
    there.casework.grant(case_id, "准予")
    async with at(there, "construction-handler") as person:
        assert "Results to make 1" in person.text
        await open_only(person)
        assert "In production" in person.text
        await person.press("ctrl+f")
        assert "The result is at the window." in person.text
        assert there.cases.detail(case_id).case.delivery is Delivery.AT_WINDOW


async def test_a_claim_is_given_back_with_the_same_key(market: Desk) -> None:
    async with at(market, "market-handler") as person:
        await open_only(person)
        await person.press("ctrl+o")
        assert market.cases.detail(the_case(market)).case.claim is not None
        await person.press("ctrl+o")
        assert market.cases.detail(the_case(market)).case.claim is None
        assert "nobody yet" in person.text
