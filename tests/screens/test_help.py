"""F1 explains the keys of the screen in front, to whoever is here."""

from __future__ import annotations

from screens.keymap import VERBS, bindings, name_key
from services.bootstrap import Desk
from tests.screens.story import at, receive
from tests.support.cases import FOOD


async def test_the_keys_of_a_screen_are_explained(desk: Desk) -> None:
    receive(desk, FOOD)
    async with at(desk, "counter", (100, 40)) as person:
        await person.press("f1")
        assert "Take in an application" in person.text
        assert "Figures and the Excel workbook" not in person.text
        await person.press("escape", "enter", "f1")
        assert "Ctrl+B" in person.text
        assert "Ask once for everything that is missing" in person.text
        assert "Take the case on" not in person.text, "that is the department's"
        await person.press("f1")
        assert person.front == "CaseScreen"


async def test_help_speaks_the_language_of_the_screen(desk: Desk) -> None:
    async with at(desk, "counter", (100, 40)) as person:
        await person.press("f9", "f1")
        assert "查找办件" in person.text


def test_a_key_is_one_verb_everywhere() -> None:
    keys = [verb.key for verb in VERBS.values()]
    assert len(keys) == len(set(keys))
    assert [one.key for one in bindings("walk_in", "back")] == ["f2", "escape"]


def test_keys_are_written_as_on_the_keyboard() -> None:
    assert [name_key(key) for key in ("ctrl+y", "f2", "escape")] == ["Ctrl+Y", "F2", "Esc"]
