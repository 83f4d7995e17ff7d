"""No key is dead over a dialog either: what the dialog does not take is told to wait."""

from __future__ import annotations

from typing import Any

from textual.screen import ModalScreen

from screens.dialogs import AskText, Choose, Confirm, Question
from services.bootstrap import Desk
from tests.screens.story import Person, at
from tests.support.screens import settle

_FINISH = "Finish this first"


async def test_a_key_over_a_dialog_says_that_the_dialog_comes_first(desk: Desk) -> None:
    dialogs: list[ModalScreen[Any]] = [
        Choose("Which?", [("a", "one"), ("b", "two")]),
        Confirm("Sure?"),
        AskText("Why?", [Question("why", "Reason")]),
    ]
    async with at(desk, "counter") as person:
        for dialog in dialogs:
            person.app.push_screen(dialog)
            await settle(person.pilot)
            for key in ("f1", "f4", "shift+f8", "ctrl+r"):
                assert _FINISH in await _told_by(person, key), f"{dialog}: {key}"
            assert person.app.screen is dialog
            await person.press("escape")
            assert person.front == "HomeScreen"


async def test_a_key_that_the_dialog_takes_is_its_own(desk: Desk) -> None:
    answers: list[dict[str, str] | None] = []
    async with at(desk, "counter") as person:
        person.app.push_screen(AskText("Why?", [Question("why", "Reason")]), answers.append)
        await settle(person.pilot)
        await person.type("lost paper")
        assert not await _told_by(person, "ctrl+w")
        assert not await _told_by(person, "ctrl+y")
        assert answers == [{"why": "lost"}]


async def _told_by(person: Person, key: str) -> str:
    """What one key alone is answered with."""
    person.app.clear_notifications()
    await person.press(key)
    return person.toasts
