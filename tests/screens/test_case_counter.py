"""A case at the window: accepted, supplemented, declined, withdrawn, and its papers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Static

from central.catalogue.publishing import publish
from central.db import feed
from central.jobs.deemed import sweep_deemed
from clerk.clock import SettableClock
from clerk.contract.case import MaterialState, Stage
from clerk.contract.item import Field, FieldKind, Option
from clerk.rules.identifiers import mask_phone
from screens.app import ClerkApp
from screens.case.screen import CaseScreen
from services.bootstrap import Desk
from tests.screens.story import Person, at, receive
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import PASSWORD, Hall, open_paper, type_walk_in
from tests.support.people import a_person
from tests.support.screens import LARGE, SMALL, ring, settle


async def open_only(person: Person) -> None:
    """Open the case under the cursor."""
    await person.press("enter")
    assert isinstance(person.app.screen, CaseScreen)


def paper_of(person: Person) -> Path:
    """The path that the screen tells."""
    said = str(person.app.screen.query_one("#case-said").render())
    return Path(said.partition("The paper is at ")[2].strip())


async def test_accepted_with_its_paper(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD)
    async with at(desk, "counter") as person:
        await open_only(person)
        await person.press("ctrl+y")
        assert "The case is accepted." in person.text
        assert desk.cases.detail(case_id).case.stage is Stage.ACCEPTED
        assert "受理" in open_paper(paper_of(person))


async def test_what_cannot_be_done_now_is_told_in_passing(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD, m1=MaterialState.MISSING)
    async with at(desk, "counter") as person:
        await open_only(person)
        await person.press("ctrl+y")
        assert "Materials still missing (1): 申请书" in person.toasts
        assert "○ 申请书  Missing" in person.text
        await person.press("ctrl+o")
        assert "That is for another role: Handler." in person.toasts
        assert desk.cases.detail(case_id).case.stage is Stage.RECEIVED


async def test_what_lacks_is_put_right_at_the_counter(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD, m1=MaterialState.MISSING)
    async with at(desk, "counter", LARGE) as person:
        await open_only(person)
        await person.press("ctrl+u", "space", "enter")
        assert "What came in is taken in." in person.text
        assert "Put right at the counter" in person.text
        await person.press("ctrl+u")
        assert "Nothing of this case is still to come in." in person.toasts
        await person.press("ctrl+y")
    case = desk.cases.detail(case_id).case
    assert (case.stage, case.supplements_asked) == (Stage.ACCEPTED, 0)


async def test_what_the_law_did_without_is_handed_in(desk: Desk, hall: Hall) -> None:
    (case_id,) = receive(desk, FOOD, m1=MaterialState.MISSING)
    hall.clock.put(hall.clock.now() + timedelta(days=8))
    assert sweep_deemed(hall.central) == 1
    desk.sync.run_once()
    async with at(desk, "counter", LARGE) as person:
        await open_only(person)
        assert "○ 申请书  Missing" in person.text
        await person.press("ctrl+u", "space", "enter")
        assert "What came in is taken in." in person.text
        case = desk.cases.detail(case_id).case
        assert (case.stage, case.deemed, case.missing) == (Stage.ACCEPTED, True, ())


async def test_one_supplement_notice_and_what_comes_in(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD, m1=MaterialState.MISSING)
    async with at(desk, "counter") as person:
        await open_only(person)
        await person.press("ctrl+k")
        assert "[×] 申请书" in person.text
        await person.press("space")
        assert "“申请书” lacks: a notice tells everything" in person.toasts
        assert "[×] 申请书" in person.text
        await person.press("down", "space", "enter")
        assert "未提交" in person.text
        await person.press("enter")
        await person.type("expired")
        await person.press("enter")
        case = desk.cases.detail(case_id).case
        assert case.stage is Stage.SUPPLEMENTING
        assert [(one.name, one.reason) for one in case.asked] == [
            ("申请书", "未提交"),
            ("身份证", "expired"),
        ]
        assert "申请书" in open_paper(paper_of(person))
        await person.press("ctrl+k")
        assert "Supplementing" in person.toasts
        await person.press("ctrl+u", "enter")
        assert "Nothing is marked." in person.toasts
        await person.press("space", "down", "space", "enter")
        case = desk.cases.detail(case_id).case
        assert case.stage is Stage.RECEIVED
        assert not case.missing


async def test_declined_to_the_right_body(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD)
    async with at(desk, "counter") as person:
        await open_only(person)
        await person.press("ctrl+n", "down", "enter")
        await person.type("not ours")
        await person.press("enter", "enter")
        assert "“Which body it belongs to” is needed." in person.text
        await person.type("county")
        await person.press("enter")
        assert "The case is declined." in person.text
        assert desk.cases.detail(case_id).case.stage is Stage.DECLINED
        assert "county" in open_paper(paper_of(person))


async def test_only_grounds_that_can_be_are_offered(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD, m1=MaterialState.MISSING)
    async with at(desk, "counter") as person:
        await open_only(person)
        await person.press("ctrl+n")
        assert "The applicant may not apply for this" in person.text
        assert "Not corrected after the notice" not in person.text
        await person.press("escape", "ctrl+k", "enter", "enter")
        await person.press("ctrl+n", "down", "down")
        assert "Not corrected after the notice" in person.text
        await person.press("enter")
        await person.type("never came back")
        await person.press("enter")
        assert desk.cases.detail(case_id).case.stage is Stage.DECLINED
        assert "never came back" in open_paper(paper_of(person))


async def test_a_reason_that_was_left_is_offered_again(desk: Desk) -> None:
    first, second = receive(desk, FOOD), receive(desk, FOOD, seed=2)
    async with at(desk, "counter", LARGE) as person:
        person.app.open_case(first[0])
        await settle(person.pilot)
        await person.press("ctrl+z")
        await person.type("moves aw")
        await person.press("escape", "ctrl+z")
        assert "moves aw" in person.text
        await person.press("escape", "escape")
        person.app.open_case(second[0])
        await settle(person.pilot)
        await person.press("ctrl+z")
        assert "moves aw" not in person.text, "that was about another case"


async def test_withdrawn_in_the_words_of_the_applicant(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD)
    async with at(desk, "counter", LARGE) as person:
        await open_only(person)
        await person.press("ctrl+z")
        await person.type("moves away")
        await person.press("enter")
        assert desk.cases.detail(case_id).case.stage is Stage.WITHDRAWN
        assert "moves away" in person.text


async def test_a_paper_is_printed_again(desk: Desk) -> None:
    receive(desk, FOOD)
    async with at(desk, "counter") as person:
        await open_only(person)
        await person.press("ctrl+l")
        assert "Receipt of materials" in person.text
        await person.press("enter")
        assert paper_of(person).suffix == ".pdf"
        assert paper_of(person).exists()


async def test_a_number_is_shown_whole_for_a_reason_and_a_while(desk: Desk, hall: Hall) -> None:
    receive(desk, FOOD, seed=1)
    number = a_person(1).id_number
    async with at(desk, "counter") as person:
        await open_only(person)
        assert number not in person.text
        await person.press("ctrl+e", "enter")
        assert "is needed" in person.text
        await person.type("call back")
        await person.press("enter")
        assert number in person.text
        screen = person.app.screen
        assert isinstance(screen, CaseScreen)
        await person.press("ctrl+e")
        assert number not in person.text
    assert hall.count("lookups") == 1


async def test_all_numbers_of_a_case_are_shown_whole_and_hidden_again(desk: Desk) -> None:
    """Who came for somebody is called back as well, and shows a card of their own."""
    person_id, agent = a_person(1), a_person(7)
    draft = type_walk_in(desk, FOOD, seed=1)
    draft = replace(draft, agent_name=agent.name, agent_id=agent.id_number, agent_phone=agent.phone)
    desk.intake.receive(desk.drafts.save(draft))
    desk.sync.run_once()
    numbers = (person_id.id_number, person_id.phone, agent.id_number, agent.phone)
    async with at(desk, "counter") as person:
        await open_only(person)
        assert agent.name in person.text
        assert mask_phone(agent.phone) in person.text
        assert not [one for one in numbers if one in person.text]
        await person.press("ctrl+e")
        await person.type("call back")
        await person.press("enter")
        assert not [one for one in numbers if one not in person.text]
        await person.press("ctrl+e")
        assert not [one for one in numbers if one in person.text]


async def test_a_number_that_is_shown_whole_hides_by_itself(
    desk: Desk, clock: SettableClock
) -> None:
    """After its time, whatever else can no longer be read; and at once where the desk locks."""
    receive(desk, FOOD, seed=1)
    number = a_person(1).id_number
    async with at(desk, "counter") as person:
        await open_only(person)
        for hides in ("lock", "time"):
            await person.press("ctrl+e")
            await person.type("call back")
            await person.press("enter")
            assert number in person.text
            if hides == "lock":
                await person.press("f8")
                await person.type(PASSWORD)
                await person.press("enter")
                assert person.front == "CaseScreen"
                assert number not in person.text
        screen = person.app.screen
        assert isinstance(screen, CaseScreen)
        clock.put(clock.now() + timedelta(hours=25))
        await ring(screen._whole.hiding)
        await settle(person.pilot)
        assert number not in person.text, "though the case is locked by now"


async def test_with_the_line_down_nothing_happens_and_nothing_is_lost(
    desk: Desk, hall: Hall
) -> None:
    (case_id,) = receive(desk, FOOD)
    async with at(desk, "counter") as person:
        await open_only(person)
        hall.stop()
        await person.press("ctrl+z")
        await person.type("moves away")
        await person.press("enter")
        assert person.front == "ProblemDialog"
        assert "Central cannot be reached." in person.text
        assert "Nothing was done" in person.text
        await person.press("enter")
        assert person.front == "AskText"
        assert "moves away" in person.text
        hall.start()
        await person.press("enter")
        assert desk.cases.detail(case_id).case.stage is Stage.WITHDRAWN


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_four_states_and_the_dates_are_told(desk: Desk, size: tuple[int, int]) -> None:
    receive(desk, FOOD)
    async with at(desk, "counter", size) as person:
        await open_only(person)
        text = person.text
        for label in ("Stage Received", "Clock Not started", "Outcome Not decided"):
            assert label in text
        assert "Delivery No result yet" in text
        assert "To accept by 2026-06-08, 5 working days left" in text
        assert "Promised ≈2026-06-11" in text
        assert a_person(1).id_number not in text


async def test_a_case_that_left_sight_closes_its_page(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        app = person.app
        assert isinstance(app, ClerkApp)
        app.open_case("0197f000-0000-7000-8000-00000000dead")
        await person.press("shift")
        assert "not among those" in person.text
        await person.press("enter")
        assert person.front == "HomeScreen"


FORM = (
    Field(key="phone", label="联系电话", kind=FieldKind.PHONE),
    Field(
        key="trade",
        label="业态",
        kind=FieldKind.CHOICE,
        options=(Option("shop", "销售"), Option("kitchen", "餐饮")),
    ),
)


def publish_with_form(hall: Hall, desk: Desk) -> None:
    """A newer version of the food item, which has a form to fill in."""
    form = (replace(FOOD, fields=FORM),)
    hall.central.database.commit(
        lambda connection: feed.announce(connection, publish(connection, form, MONDAY).changes)
    )
    desk.sync.run_once()


async def test_a_field_that_was_asked_for_is_filled_in_when_it_comes_in(
    desk: Desk, hall: Hall
) -> None:
    publish_with_form(hall, desk)
    (case_id,) = receive(desk, FOOD)
    async with at(desk, "counter") as person:
        await open_only(person)
        form = str(person.app.screen.query_one("#case-form", Static).content)
        assert "○ 业态  Missing" in form
        await person.press("ctrl+y")
        assert "Fields of the form that are empty or wrong (2): 联系电话, 业态" in person.toasts
        await person.press("ctrl+k")
        assert "[×] Form: 联系电话" in person.text
        await person.press("enter", "enter", "enter")
        assert desk.cases.detail(case_id).case.stage is Stage.SUPPLEMENTING
        assert "表单：联系电话" in open_paper(paper_of(person))
        await person.press("ctrl+u", "space", "down", "space", "enter")
        await person.type("12")
        await person.press("enter")
        await person.type("2")
        await person.press("enter")
        assert "联系电话: " in person.text
        await person.press("end", "ctrl+u")
        await person.type("13800000000")
        await person.press("ctrl+y")
        case = desk.cases.detail(case_id).case
        assert (case.stage, case.fields["trade"]) == (Stage.RECEIVED, "kitchen")
        await person.press("ctrl+y")
        assert desk.cases.detail(case_id).case.stage is Stage.ACCEPTED
