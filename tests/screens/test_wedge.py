"""Scanners and card readers, which are keyboards: whatever has the focus, a scan finds its way."""

from __future__ import annotations

from textual.widgets import Input

from screens.intake.row import Box
from screens.intake.screen import IntakeScreen
from services.bootstrap import Desk
from tests.screens.story import Person, at, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN
from tests.support.people import a_person

LICENCE = "https://city.example/verify?n=%E9%A3%9F-1&c=4711"


def number_of(desk: Desk, case_id: str) -> str:
    """The number on a receipt."""
    return desk.cases.detail(case_id).case.number


async def scan(person: Person, text: str) -> None:
    """As a scanner sends it: all in one instant, with Enter."""
    names = {"/": "slash", ":": "colon", ".": "full_stop", "?": "question_mark"}
    names |= {"=": "equals_sign", "%": "percent_sign", "&": "ampersand", "-": "minus", " ": "space"}
    await person.burst(*(names.get(one, one) for one in text), "enter")


async def test_a_receipt_opens_its_case_from_a_list_and_from_a_case(desk: Desk) -> None:
    first, second = receive(desk, FOOD, seed=1)[0], receive(desk, SIGN, seed=2)[0]
    async with at(desk, "counter") as person:
        await scan(person, number_of(desk, first))
        assert person.front == "CaseScreen"
        assert a_person(1).name in person.text
        await scan(person, number_of(desk, first))
        assert "This is the case of that receipt" in person.toasts
        await scan(person, number_of(desk, second))
        assert a_person(2).name in person.text
        await person.press("escape", "escape")
        assert person.front == "HomeScreen"
        assert person.app.screen.query_one("#filter", Input).value == ""


async def test_a_receipt_scanned_into_a_form_leaves_what_is_typed(desk: Desk) -> None:
    case_id = receive(desk, FOOD, seed=1)[0]
    async with at(desk, "counter") as person:
        await person.press("f2")
        await person.type(a_person(2).id_number)
        await person.press("enter")
        address = next(one for one in person.app.screen.query(Box) if one.place == "address")
        address.focus()
        await person.type("人民路12号")
        await person.press("left")
        await scan(person, number_of(desk, case_id))
        assert person.front == "CaseScreen"
        await person.press("escape")
        assert person.front == "IntakeScreen"
        assert address.value == "人民路12号"
        assert address.cursor_position == len("人民路12")
        await person.type("3")
        assert address.value == "人民路123号"


async def test_an_id_card_begins_the_walk_in_whatever_has_the_focus(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("f2")
        intake = person.app.screen
        assert isinstance(intake, IntakeScreen)
        next(one for one in intake.query(Box) if one.place == "phone").focus()
        await scan(person, a_person(2).id_number)
        assert intake.draft.id_text == a_person(2).id_number
        assert intake.draft.card is not None
        assert not intake.draft.phone
        # The next card is somebody else's, such as whoever came along.
        await scan(person, a_person(3).id_number)
        assert person.front == "LookUpScreen"
        assert intake.draft.id_text == a_person(2).id_number


async def test_an_id_card_anywhere_else_asks_for_a_reason(desk: Desk) -> None:
    receive(desk, FOOD, seed=1)
    async with at(desk, "counter") as person:
        await scan(person, a_person(4).id_number)
        assert person.front == "AskText"
        assert a_person(4).id_number not in person.text


async def test_a_scan_waits_for_a_dialog_and_says_why(desk: Desk) -> None:
    case_id = receive(desk, FOOD, seed=1)[0]
    async with at(desk, "counter") as person:
        await person.press("shift+f2", "tab")
        await person.type("because")
        await scan(person, number_of(desk, case_id))
        assert person.front == "AskText"
        assert "It waits until this is finished" in person.toasts
        assert person.app.screen.query_one("#ask-reason", Input).value == "because"
        # An ID card belongs into the box of this very dialog that asks for it.
        await person.press("shift+tab")
        await scan(person, a_person(4).id_number)
        assert person.app.screen.query_one("#ask-number", Input).value == a_person(4).id_number
        await person.press("escape")
        assert person.front == "CaseScreen"


async def test_a_licence_is_verified(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await scan(person, LICENCE)
        assert person.front == "ProblemDialog", "central knows no such licence, and says so"
        verifying = person.app.screen_stack[-2]
        assert verifying.query_one("#licence", Input).value == LICENCE


async def test_a_typist_is_not_taken_for_a_scanner(desk: Desk) -> None:
    case_id = receive(desk, FOOD, seed=1)[0]
    async with at(desk, "counter") as person:
        await person.press("f2")
        next(one for one in person.app.screen.query(Box) if one.place == "address").focus()
        await person.type(number_of(desk, case_id))
        await person.press("enter")
        assert person.front == "IntakeScreen"
        intake = person.app.screen
        assert isinstance(intake, IntakeScreen)
        assert intake.draft.address == number_of(desk, case_id)
