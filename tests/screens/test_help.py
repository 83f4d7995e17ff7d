"""F1 explains the keys of the screen in front, to whoever is here."""

from __future__ import annotations

import pytest

from central.watching.following import sweep_watched
from screens.keymap import VERBS, bindings, name_key
from screens.widgets.hanging import Hanging
from screens.widgets.key_bar import KeyBar
from services.bootstrap import Desk
from tests.screens.story import accept, at, grant, receive
from tests.support.cases import FOOD
from tests.support.desk import Hall, OpenDesk
from tests.support.screens import LARGE, settle


async def test_the_keys_of_a_screen_are_explained(desk: Desk) -> None:
    receive(desk, FOOD)
    async with at(desk, "counter", (100, 40)) as person:
        await person.press("f1")
        assert "Take in an application" in person.text
        assert "Figures and the Excel workbook" not in person.text
        await person.press("escape", "enter", "f1")
        assert "Ctrl+K" in person.text
        assert "Ask once for everything that is missing" in person.text
        assert "Take the case on" not in person.text, "that is the department's"
        await person.press("f1")
        assert person.front == "CaseScreen"


async def test_it_tells_what_a_key_does_on_this_screen_and_no_other(desk: Desk) -> None:
    told = {
        "f2": "Ask the registers about this number once more",
        "f4": "Ask once more what is ready for this person",
        "f7": "Ask central and count once more",
        "shift+f4": "Verify once more what stands in the box",
    }
    async with at(desk, "counter", LARGE) as person:
        for key, does in told.items():
            await person.press(key, "f1")
            assert does in person.text, key
            assert "Send and fetch now" not in person.text, key
            await person.press("f1", "f3")


async def test_help_speaks_the_language_of_the_screen(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("f9", "f1")
        assert "查找办件" in person.text
        assert "Esc 返回" in person.text, "the whole dialog is in sight"
        await person.press("f9")
        assert "查找办件" in person.text, "what is open stays in its language, and it is said"
        assert "再切换语言" in person.toasts


def test_a_key_is_one_verb_everywhere() -> None:
    keys = [verb.key for verb in VERBS.values()]
    assert len(keys) == len(set(keys))
    assert [one.key for one in bindings("walk_in", "back")] == ["f2", "escape"]


def test_keys_are_written_as_on_the_keyboard() -> None:
    assert [name_key(key) for key in ("ctrl+y", "f2", "escape")] == ["Ctrl+Y", "F2", "Esc"]


@pytest.mark.parametrize(
    ("login", "offered", "never"),
    [
        ("counter", "Accept Decline Supplement Withdraw Ask", "Grant Claim Produced"),
        ("market-handler", "Claim Ask Scan Unmask", "Grant Refuse Accept Supplement"),
        ("market-approver", "Claim Grant Refuse Ask", "Accept Withdraw"),
        ("market-head", "Ask Print Unmask", "Grant Refuse Claim Produced"),
        ("manager", "Ask Print Recording Scan", "Grant Refuse Claim Accept Unmask"),
        ("auditor", "Print Recording Details", "Grant Claim Ask Scan Unmask Accept"),
    ],
)
async def test_only_keys_that_a_role_can_ever_use_are_offered(  # noqa: PLR0917 - cases
    desk: Desk, open_at: OpenDesk, hall: Hall, login: str, offered: str, never: str
) -> None:
    """What cannot be done now is offered all the same: it says why."""
    (case_id,) = accept(desk, FOOD)
    there = open_at("market", department="market")
    grant(desk, there, "market", case_id)
    sweep_watched(hall.central)
    desks = {"counter": desk, "manager": desk}
    sat = desks.get(login) or (open_at("audit") if login == "auditor" else there)
    async with at(sat, login, LARGE) as person:
        person.app.open_case(case_id)
        await settle(person.pilot)
        shown = {one.label for one in person.app.screen.query_one(KeyBar).shown}
        assert set(offered.split()) <= shown
        assert not set(never.split()) & shown
        if login == "market-approver":
            await person.press("ctrl+y")
            assert "That cannot be done now" in person.toasts


async def test_what_a_key_does_stays_apart_from_the_keys(desk: Desk) -> None:
    """Where a line is too long for a small screen, it goes on below its own text."""
    keys = {name_key(verb.key) for verb in VERBS.values()}
    async with at(desk, "counter") as person:
        await person.press("f1")
        hung = person.app.screen.query_one(Hanging)
        columns = [line.plain[:11].strip() for line in hung.render().split("\n")]
        assert {*columns} == (keys & {*columns}) | {""}, "some are too long"
        height = len(columns)
        assert hung.size.height == height
        await person.pilot.click(Hanging, offset=(20, columns.index("") - 1))
        assert person.front != "HelpScreen", "a click is the key"
