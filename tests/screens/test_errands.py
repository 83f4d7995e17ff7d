"""Something that takes a while shows how far it is, and Escape calls it off at once."""

from __future__ import annotations

import threading

import pytest

from clerk.errand import Errand, Phase, Progress
from clerk.locale.progress import tell_progress
from clerk.rules.time_left import seconds_left
from screens.base import DeskScreen
from screens.dialogs.progress import ProgressDialog, draw_bar
from screens.errands import run_errand
from screens.home.batch_summary import BatchSummary
from services.bootstrap import Desk
from tests.screens.story import at
from tests.support.cases import FOOD
from tests.support.desk import type_walk_in
from tests.support.screens import ring, settle, until


@pytest.mark.parametrize(
    ("done", "total", "elapsed_s", "left_s"),
    [(0, 9, 5, None), (1, 0, 5, None), (3, 9, 0.5, None), (3, 9, 2, 4), (2, 3, 2, 1), (9, 9, 7, 0)],
)
def test_time_left(done: int, total: int, elapsed_s: float, left_s: int | None) -> None:
    assert seconds_left(done, total, elapsed_s) == left_s


@pytest.mark.parametrize(
    ("progress", "elapsed_s", "told"),
    [
        (Progress(Phase.FETCHING), 9, "Fetching from central · One moment…"),
        (Progress(Phase.WRITING, 0, 9), 9, "Writing · 0 of 9"),
        (
            Progress(Phase.WRITING, 3000, 9000),
            9,
            "Writing · 3,000 of 9,000 · about 18 seconds left",
        ),
        (Progress(Phase.WRITING, 1, 9), 90, "Writing · 1 of 9 · about 12 minutes left"),
        (Progress(Phase.SETTING, 40, 100, 2), 0, "Making the paper · 40 % · about 2 seconds left"),
    ],
)
def test_it_is_told_in_words(progress: Progress, elapsed_s: float, told: str) -> None:
    assert tell_progress(progress, elapsed_s) == told


def test_the_bar_is_as_full_as_the_work() -> None:
    assert draw_bar(Progress(Phase.WRITING, 1, 4)) == "█" * 10 + "░" * 30
    assert not draw_bar(Progress(Phase.FETCHING))


async def test_shown_and_called_off(desk: Desk) -> None:
    go_on = threading.Event()
    done: list[str] = []

    def work(errand: Errand) -> str:
        errand.tell(Phase.WRITING, 30, 100)
        go_on.wait()
        errand.make_sure()
        return "written"

    async with at(desk, "counter") as person:
        screen = person.app.screen
        assert isinstance(screen, DeskScreen)
        run_errand(screen, "Writing a book", work, done.append)
        await until(person.pilot, lambda: "30 of 100" in person.text)
        assert "Writing a book" in person.text
        await person.pilot.press("escape")
        await until(person.pilot, lambda: person.app.screen is screen)
        assert "Cancelled. Nothing was written." in person.toasts
        run_errand(screen, "Reading a book", work, done.append)
        still = "“Writing a book” still goes on."
        await until(person.pilot, lambda: still in person.toasts)
        go_on.set()
        await settle(person.pilot)
        assert not done
        run_errand(screen, "Writing a book", work, done.append)
        await settle(person.pilot)
        assert done == ["written"]
        assert person.app.screen is screen


async def test_too_late_is_said_and_the_dialog_closes_at_the_end(desk: Desk) -> None:
    go_on = threading.Event()
    done: list[str] = []

    def work(errand: Errand) -> str:
        errand.make_sure()
        go_on.wait()
        return "written"

    async with at(desk, "counter") as person:
        screen = person.app.screen
        assert isinstance(screen, DeskScreen)
        run_errand(screen, "Writing a book", work, done.append)
        await until(person.pilot, lambda: person.front == "ProgressDialog")
        await person.pilot.press("escape")
        await until(person.pilot, lambda: "Too late to cancel" in person.text)
        go_on.set()
        await settle(person.pilot)
        assert done == ["written"]
        assert person.app.screen is screen


async def test_what_was_signed_stands_when_its_print_is_called_off(desk: Desk) -> None:
    go_on = threading.Event()
    done: list[str] = []

    def work(errand: Errand) -> str:
        errand.make_sure()
        errand.go_on()
        errand.expect(Phase.SETTING, 60)
        go_on.wait()
        return "signed"

    async with at(desk, "counter") as person:
        screen = person.app.screen
        assert isinstance(screen, DeskScreen)
        run_errand(screen, "Closing the day", work, done.append, kept="Signed, not printed.")
        await until(person.pilot, lambda: "seconds left" in person.text)
        await person.pilot.press("escape")
        await until(person.pilot, lambda: person.app.screen is screen)
        assert "Signed, not printed." in person.toasts
        go_on.set()
        await settle(person.pilot)
        assert done == ["signed"], "what stands is gone on with"


async def test_a_dialog_that_closed_as_it_came_closes_nothing_else(desk: Desk) -> None:
    """An errand of just over half a second: what it has to tell stays in front."""
    async with at(desk, "counter") as person:
        dialog, summary = ProgressDialog("Pass 2 cases on", Errand()), BatchSummary([])
        person.app.push_screen(dialog)
        dialog.end()
        person.app.push_screen(summary)
        await settle(person.pilot)
        assert person.app.screen is summary


async def test_an_exchange_with_central_is_called_off(desk: Desk) -> None:
    """Another push has its turn: what would be sent after it is not, once nobody waits for it."""
    desk.intake.receive(type_walk_in(desk, FOOD))
    async with at(desk, "counter") as person:
        screen = person.app.screen
        with desk.sync._pusher.turn():
            await person.pilot.press("f5")
            await until(person.pilot, lambda: "Sending to central" in person.text)
            await person.pilot.press("escape")
            await until(person.pilot, lambda: person.app.screen is screen)
        assert "each act that was sent counts once" in person.toasts
        await settle(person.pilot)
        assert desk.sync.status().waiting == 1
        await person.press("f5")
        assert desk.sync.status().waiting == 0
        assert "level" in person.toasts


async def test_an_act_on_a_slow_line_says_that_it_goes_on(desk: Desk) -> None:
    go_on = threading.Event()
    async with at(desk, "counter") as person:
        screen = person.app.screen
        assert isinstance(screen, DeskScreen)
        try:
            screen.do(go_on.wait)
            await ring(screen._slow)
            await until(person.pilot, lambda: "… one moment  ● online" in person.text)
            screen.do(go_on.set)
            await until(person.pilot, lambda: "What was begun before goes on." in person.toasts)
        finally:
            go_on.set()
        await settle(person.pilot)
        assert "one moment" not in person.text


async def test_what_central_is_asked_for_says_that_it_takes_its_time(desk: Desk) -> None:
    """Until the last of several answers is there."""
    answers = [threading.Event(), threading.Event()]
    shown: list[bool] = []
    async with at(desk, "counter") as person:
        screen = person.app.screen
        assert isinstance(screen, DeskScreen)
        try:
            for place, one in enumerate(answers):
                screen.load(one.wait, shown.append, group=f"central {place}", central=True)
            await until(person.pilot, lambda: len(screen._late) == len(answers))
            await ring(screen._late[0])
            await until(person.pilot, lambda: "… one moment  ● online" in person.text)
            answers[0].set()
            await until(person.pilot, lambda: len(shown) == 1)
            assert "… one moment" in person.text
        finally:
            for one in answers:
                one.set()
        await settle(person.pilot)
        assert shown == [True, True]
        assert "one moment" not in person.text
