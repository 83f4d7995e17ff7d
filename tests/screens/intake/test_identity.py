"""Typing an ID number: the kind is recognised, what is wrong is explained, the card comes."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import cast

import pytest
from textual.events import Paste

from clerk.contract.identity import IdKind
from clerk.contract.session import ApplicantCard
from screens.intake.part import Note
from screens.intake.row import FieldRow
from screens.intake.screen import IntakeScreen
from services.bootstrap import Desk
from services.cases import CaseQuery
from services.lookup import Lookup
from tests.screens.intake.conftest import OpenIntake
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, type_walk_in
from tests.support.people import a_person, an_organisation
from tests.support.screens import LARGE, OneScreenApp, Walk, settle, stroke, until


def note(walk: Walk) -> Note:
    return walk.app.screen.query_one("#identity-note", Note)


def mistyped(number: str) -> str:
    """The same number with another check digit."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


async def test_the_box_is_focused_and_the_kind_recognised(intake: OpenIntake) -> None:
    async with intake() as walk:
        assert walk.place == "id_text"
        await walk.scan(a_person().id_number)
        assert walk.read("#identity-kind") == "Resident identity card"
        assert note(walk).text == ""


async def test_an_organisation_is_told_from_a_person(intake: OpenIntake) -> None:
    async with intake() as walk:
        await walk.scan(an_organisation().uscc)
        assert walk.read("#identity-kind") == "Unified social credit code"


async def test_a_wrong_check_digit_is_explained_at_once(intake: OpenIntake) -> None:
    number = a_person().id_number
    async with intake() as walk:
        await walk.type(mistyped(number))
        assert f"character 18, should be {number[-1]}" in note(walk).text
        assert "compare all of them with the document" in note(walk).text
        assert note(walk).has_class("wrong")
        await walk.press("enter")
        assert walk.place == "id_text", "a wrong number holds the clerk"
        await walk.press("backspace", number[-1].lower())
        assert note(walk).text == ""
        await walk.press("home", *"hushizhuce", "enter")
        assert note(walk).text.count("\n") == 1, "many wrong characters are no list of them"


async def test_a_number_being_typed_is_not_complained_about(intake: OpenIntake) -> None:
    async with intake() as walk:
        await walk.type(a_person().id_number[:11])
        assert note(walk).text == "11 characters so far"
        assert not note(walk).has_class("wrong")
        await walk.press("enter")
        assert note(walk).has_class("wrong")


async def test_an_unknown_region_is_only_a_warning(intake: OpenIntake) -> None:
    async with intake() as walk:
        await walk.scan("29010119900101123" + _check_digit("29010119900101123"))
        assert "no region that is known" in note(walk).text
        assert note(walk).has_class("odd")
        assert walk.read("#identity-kind") == "Resident identity card"


def _check_digit(body: str) -> str:
    from stdnum.cn import ric

    return str(ric.calc_check_digit(body + "0"))


async def test_an_ambiguous_number_offers_its_documents(intake: OpenIntake) -> None:
    async with intake() as walk:
        await walk.type("12345678")
        await walk.press("enter")
        assert walk.place == "id_kind"
        assert "1 Mainland travel permit" in walk.text
        assert "2 Passport" in walk.text
        await walk.press("2")
        assert walk.read("#identity-kind") == "Passport"
        assert walk.place == "phone", "the register is asked meanwhile"
        await walk.press("enter")
        assert walk.place == "name", "it holds no passports: the name is asked for"


async def test_the_card_shows_what_the_city_knows_masked(intake: OpenIntake, desk: Desk) -> None:
    desk.intake.receive(type_walk_in(desk, SIGN, seed=2))
    desk.sync.run_once()
    person = a_person(2)
    async with intake(size=LARGE) as walk:
        await walk.scan(person.id_number)
        card = walk.read("#card-beside")
        assert person.name in card
        assert f"{person.id_number[:6]}********{person.id_number[-4:]}" in card
        assert person.id_number not in card
        assert "人口库, as of 2026-06-01 09:30" in card
        assert person.address in card
        assert "✓ 居民身份证  without end" in card
        assert "✗ 健康证明  expired 2025-04-30" in card
        assert f"{SIGN.name}  Received" in card


class HeldUp:
    """The real look-up, which answers only once it is let go."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self.section = lookup.section
        self.gate = threading.Event()
        self.asked: list[str] = []

    def card(self, id_kind: IdKind, id_number: str, draft_id: str) -> ApplicantCard:
        self.asked.append(draft_id)
        assert self.gate.wait(30), "nobody let it go"
        return self._lookup.card(id_kind, id_number, draft_id)


async def test_typing_goes_on_while_the_register_is_asked(desk: Desk) -> None:
    lookup = HeldUp(desk.lookup)
    held_up = replace(desk, lookup=cast("Lookup", lookup))
    app = OneScreenApp(held_up, lambda: IntakeScreen(keep_after_s=0.01))
    async with app.run_test(size=LARGE) as pilot:
        walk = Walk(pilot, app)
        await settle(pilot)
        app.post_message(Paste(a_person(2).id_number))
        for key in ("enter", "1", "5", "4"):
            app.post_message(stroke(key))
        screen = app.screen
        assert isinstance(screen, IntakeScreen)
        try:
            await until(pilot, lambda: screen.draft.phone == "154")
            assert walk.read("#card-beside") == "Asking the register…"
            assert walk.place == "phone"
        finally:
            lookup.gate.set()
        await settle(pilot)
        assert a_person(2).name in walk.read("#card-beside")
        assert len(lookup.asked) == 1, "a look-up is recorded: one number, one look"


async def test_the_card_of_another_number_goes(intake: OpenIntake) -> None:
    async with intake(size=LARGE) as walk:
        await walk.scan(a_person(2).id_number)
        await walk.press("backspace")
        assert a_person(2).name not in walk.read("#card-beside")


async def test_a_stranger_is_typed_by_hand(intake: OpenIntake) -> None:
    async with intake(size=LARGE) as walk:
        await walk.scan(a_person(77).id_number)
        told = "No register holds this number: type the name by hand."
        assert walk.read("#card-beside") == told
        await walk.press("enter")
        assert walk.place == "name"


async def test_with_the_line_down_the_applicant_is_typed_by_hand(
    intake: OpenIntake, hall: Hall
) -> None:
    hall.stop()
    async with intake(size=LARGE) as walk:
        await walk.scan(a_person().id_number)
        assert "The line is down" in walk.read("#card-beside")
        assert "To be checked by central" in walk.read("#card-beside")
        await walk.press("enter")
        assert walk.place == "name"
        await walk.type("wang")
        await walk.press("enter")
        assert walk.place == "phone"
        await walk.scan("15400001111")
        await walk.press("enter")
        assert walk.place == "address"
        await walk.press("enter")
        assert walk.place == "items"


async def test_an_agent_is_whole_or_not_there(intake: OpenIntake, desk: Desk) -> None:
    draft = type_walk_in(desk, FOOD)
    async with intake(draft.id, size=LARGE) as walk:
        rows = {row.place_name: row for row in walk.app.screen.query(FieldRow)}
        rows["agent_name"].box.focus()
        await walk.type("li")
        assert rows["agent_id"].note.text == "Needed: the agent's ID number"
        assert "the agent's ID number" in walk.read("#verdict")
        await walk.press("enter")
        assert walk.place == "agent_id"
        number = a_person(3).id_number
        await walk.scan(number[:-1] + ("0" if number[-1] != "0" else "1"))
        assert "check" in rows["agent_id"].note.text, "a slip is told for what it is"
        rows["agent_id"].box.value = ""
        await walk.scan(number)
        assert rows["agent_id"].note.text == ""


async def test_an_agent_with_a_home_return_permit(intake: OpenIntake, desk: Desk) -> None:
    draft = type_walk_in(desk, FOOD)
    async with intake(draft.id, size=LARGE) as walk:
        rows = {row.place_name: row for row in walk.app.screen.query(FieldRow)}
        rows["agent_name"].box.focus()
        await walk.type("li")
        await walk.press("enter")
        await walk.type("H12345678")
        await walk.press("enter")
        assert walk.place == "agent_id_kind"
        assert "1 Mainland travel permit" in walk.text
        await walk.press("1")
        assert walk.place == "agent_phone"
        assert rows["agent_id"].note.text == ""
        await walk.press("ctrl+r")
    (case,) = desk.cases.page(CaseQuery())
    agent = desk.cases.detail(case.id).case.agent
    assert agent is not None
    assert agent.id_kind is IdKind.TRAVEL_PERMIT


@pytest.mark.parametrize("text", ["１１０", " 1 1-0 "])
async def test_what_is_scanned_oddly_is_read_all_the_same(intake: OpenIntake, text: str) -> None:
    async with intake() as walk:
        await walk.type(text)
        assert note(walk).text == "3 characters so far"
