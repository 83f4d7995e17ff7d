"""A broken line, at the keyboard: the outbox goes to central in a file, the answers come back."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from central.__main__ import main
from clerk.contract.case import Stage
from clerk.locale import use_language
from clerk.rules.numbers import spaced
from services.bootstrap import Desk
from tests.screens.story import Person, at
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, type_walk_in


async def answer(person: Person, path: Path) -> None:
    """Type a path where the dialog suggests another one."""
    person.app.screen.query_one("#ask-path", Input).value = str(path)
    await person.press("ctrl+y")


async def test_there_and_back(hall: Hall, desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file, answers = stick / "outbox.sealed", stick / "outbox.answers"
    hall.stop()
    visit = desk.intake.receive(type_walk_in(desk, FOOD, SIGN))
    async with at(desk, "counter") as person:
        await person.press("f6", "ctrl+x")
        assert person.front == "AskText"
        await answer(person, tmp_path / "no-stick" / "outbox.sealed")
        assert person.front == "ProblemDialog"
        assert "could not be written" in person.text
        assert "Everything is still in the outbox." in person.text
        await person.press("enter", "ctrl+x")
        await answer(person, Path("~nobody-has-this-name/outbox.sealed"))
        assert person.front == "ProblemDialog"
        await person.press("enter", "ctrl+x")
        await answer(person, file)
        assert "2 acts are sealed in" in person.text
        assert "clerk-central outbox import outbox.sealed outbox.answers" in person.text
        assert "Ctrl+U takes in outbox.answers" in person.text
        assert spaced(visit.cases[0].number) in person.text, "the list is still there"
        await person.press("f9", "f9")
        assert "2 acts are sealed in" in person.text
        assert main(["--database", hall.url, "outbox", "import", str(file), str(answers)]) == 0
        use_language("en")
        await person.press("ctrl+u")
        assert person.app.screen.query_one("#ask-path", Input).value == str(answers)
        await person.press("ctrl+y")
        assert "2 answers were taken in." in person.toasts
        assert "clerk-central" not in person.text
        assert "Nothing is waiting" in person.text
        await answer_wrongly(person, file)
        hall.start()
        await person.press("f5")
    assert hall.count("cases") == hall.count("commands") == 2
    assert not desk.sync.outbox()
    for case in visit.cases:
        assert desk.cases.detail(case.case_id).case.stage is Stage.RECEIVED


async def answer_wrongly(person: Person, file: Path) -> None:
    """The desk's own file is no answer."""
    await person.press("ctrl+u")
    await answer(person, file)
    assert "This file was not sealed for here" in person.text
    await person.press("enter")


async def test_with_nothing_waiting_there_is_nothing_to_carry(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("f6", "ctrl+x")
        assert person.front == "SyncScreen"
        assert "there is nothing to carry to central" in person.toasts


async def test_the_next_try_is_told(hall: Hall, desk: Desk) -> None:
    from tests.services.test_sync import Ear

    hall.stop()
    ear = Ear(desk)
    desk.sync.start()
    assert ear.wait(lambda: desk.sync.status().next_try is not None)
    async with at(desk, "counter") as person:
        await person.press("f6")
        assert "Next try" in person.text
        assert "or now with F5" in person.text
    desk.sync.stop()
