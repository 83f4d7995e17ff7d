"""Signing in, locking and unlocking; nothing that was open is lost."""

from __future__ import annotations

import threading
from datetime import timedelta

import msgspec
import pytest
from textual import events
from textual.widgets import Input

from clerk.clock import SettableClock
from clerk.errand import Errand, Phase
from clerk.errors import ClerkError, StoreError
from screens.app import ClerkApp
from screens.base import DeskScreen
from screens.dialogs.confirm import Confirm
from screens.errands import run_errand
from screens.keymap import AWAY, VERBS
from services.bootstrap import Desk
from tests.screens.story import at, receive
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, Hall, OpenDesk
from tests.support.screens import settle, until


async def test_a_wrong_password_is_said_and_the_right_one_opens(open_at: OpenDesk) -> None:
    async with at(open_at("w1", window="w1")) as person:
        await person.sign_in("counter", "wrong-one")
        assert person.front == "SignInScreen"
        assert "Login or password are wrong." in person.text
        await person.press("enter")
        assert "Type your password first." in person.text, "nobody is asked about nothing"
        await person.type(PASSWORD)
        await person.press("enter")
        assert person.front == "HomeScreen"
        assert "窗口甲" in person.text


async def test_the_place_is_told(open_at: OpenDesk) -> None:
    async with at(open_at("w1", window="w1")) as person:
        assert "综合三号窗" in person.text
    async with at(open_at("m", department="market")) as person:
        assert "市市场监督管理局" in person.text


async def test_locked_and_opened_by_the_same_person(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("f2")
        await person.type("41")
        await person.press("f8")
        assert person.front == "SignInScreen"
        assert "Shift+Tab: somebody else" in person.text
        assert "Find" not in person.text, "its foot offers what acts there"
        await person.press("f2", "f3", "f4", "f6", "escape")
        assert person.front == "SignInScreen"
        await person.type("wrong-one")
        await person.press("enter")
        assert person.front == "SignInScreen"
        await person.type(PASSWORD)
        await person.press("enter")
        assert person.front == "IntakeScreen"
        assert "41" in person.text


@pytest.mark.parametrize("typed", ["", "x"])
async def test_no_key_leads_away_from_a_locked_desk(desk: Desk, typed: str) -> None:
    receipt = desk.cases.detail(receive(desk, FOOD)[0]).case.number
    async with at(desk, "counter") as person:
        await person.press("f8")
        await person.type(typed)
        for key in (*(VERBS[verb].key for verb in AWAY), "ctrl+underscore", "slash"):
            await person.press(key)
            assert person.front == "SignInScreen", key
        assert "Sign in first." in person.toasts
        for box in person.app.screen.query(Input):
            box.value = ""
            box.focus()
            await person.burst(*receipt, "enter")
            assert person.front == "SignInScreen", "nor does a scan"
        await person.press("ctrl+p")
        await person.type("print")
        assert "Print queue" not in person.text
        await person.press("escape")
        await person.sign_in("counter")
        assert person.front == "HomeScreen"


async def test_what_ends_in_a_screen_at_a_locked_desk_waits_behind_the_sign_in(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD)
    async with at(desk, "counter") as person:
        await person.press("f8")
        person.app.open_case(case_id)
        await settle(person.pilot)
        assert person.front == "SignInScreen"
        await person.type(PASSWORD)
        await person.press("enter")
        assert person.front == "CaseScreen"
        await person.press("escape")
        assert person.front == "HomeScreen", "and nobody is asked twice"


@pytest.mark.parametrize("ends", ["done", "failed", "progress"])
async def test_what_ends_at_a_locked_desk_is_shown_once_it_is_open(desk: Desk, ends: str) -> None:
    """Its dialog neither lies over the box nor around it, and the password goes into the box."""
    go_on, done = threading.Event(), list[str]()

    def work(errand: Errand) -> str:
        errand.tell(Phase.WRITING, 30, 100)
        go_on.wait()
        if ends == "failed":
            raise ClerkError("desk.unexpected")
        return "written"

    async with at(desk, "counter") as person:
        home = person.app.screen
        assert isinstance(home, DeskScreen)

        def finish(told: str) -> None:
            done.append(told)
            person.app.push_screen(Confirm("It is written. Print it?"))

        run_errand(home, "Writing a book", work, finish)
        if ends == "progress":
            await until(person.pilot, lambda: person.front == "ProgressDialog")
        person.app.action_lock()
        go_on.set()
        await settle(person.pilot)
        assert (person.front, done) == ("SignInScreen", [])
        await person.type(PASSWORD)
        assert "Writing a book" not in person.text
        await person.press("enter")
        front = "ProblemDialog" if ends == "failed" else "Confirm"
        assert person.front == front, "and what showed how far it is has closed"
        assert done == ([] if ends == "failed" else ["written"])
        await person.press("escape")
        assert person.front == "HomeScreen"
        go_on.clear()
        run_errand(home, "Writing a book", work, finish)
        person.app.action_lock()
        go_on.set()
        await person.sign_in("manager")
        assert person.front == "HomeScreen", "nobody else is shown what came of it"


async def test_somebody_else_begins_at_their_own_first_screen(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("f6", "f8")
        await person.sign_in("manager")
        assert person.front == "HomeScreen"
        assert "主任" in person.text
        assert len(person.app.screen_stack) == 2


async def test_opened_again_with_the_line_down(desk: Desk, hall: Hall) -> None:
    async with at(desk, "counter") as person:
        hall.stop()
        await person.press("f8")
        await person.type(PASSWORD)
        await person.press("enter")
        assert person.front == "HomeScreen"


async def test_somebody_unknown_cannot_enter_with_the_line_down(desk: Desk, hall: Hall) -> None:
    async with at(desk) as person:
        hall.stop()
        await person.sign_in("other")
        assert person.front == "SignInScreen"
        assert "nobody of this login" in person.text


async def test_an_idle_desk_locks_itself_and_keeps_everything(
    desk: Desk, clock: SettableClock
) -> None:
    """After as many minutes as it is set to, counted from the last key."""
    file = desk.profile.settings_file
    told = msgspec.json.decode(file.read_bytes()) | {"lock_after_minutes": 3}
    file.write_bytes(msgspec.json.encode(told))
    async with at(desk, "counter", idle_s=None) as person:
        await person.press("f2")
        await person.type("110105")
        for pause, locked in (((2, 59), False), ((2, 59), False), ((3, 0), True)):
            clock.put(clock.now() + timedelta(minutes=pause[0], seconds=pause[1]))
            person.app.idle.look()
            await settle(person.pilot)
            assert desk.session.locked is locked
            if not locked:
                await person.press("1")
        assert person.front == "SignInScreen"
        await person.type(PASSWORD)
        await person.press("enter")
        assert person.front == "IntakeScreen"
        assert person.app.focused is not None
        assert getattr(person.app.focused, "value", "") == "11010511"


@pytest.mark.parametrize("minutes", [0, 241, "long"])
def test_a_time_that_is_none_is_told_at_the_start(desk: Desk, minutes: object) -> None:
    file = desk.profile.settings_file
    file.write_bytes(msgspec.json.encode({"lock_after_minutes": minutes}))
    with pytest.raises(StoreError, match=r"settings\.unreadable"):
        ClerkApp(desk)


async def test_what_is_typed_survives_another_language(open_at: OpenDesk) -> None:
    async with at(open_at("w1", window="w1")) as person:
        await person.type("counter")
        await person.press("f9")
        assert "counter" in person.text
        assert "登录名" in person.text


async def test_no_key_of_a_password_typed_at_once_goes_into_the_login(
    open_at: OpenDesk,
) -> None:
    async with at(open_at("w1", window="w1")) as person:
        app = person.pilot.app
        for key in ("a", "b", "enter", *"secret"):
            app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await settle(person.pilot)
        assert app.screen.query_one("#login", Input).value == "ab"
        assert app.screen.query_one("#password", Input).value == "secret"


async def test_enter_typed_before_the_program_was_there_goes_on_too(open_at: OpenDesk) -> None:
    """A terminal hands it on as a line feed: the password must not land in the login."""
    async with at(open_at("w1", window="w1")) as person:
        await person.type("counter")
        await person.press("ctrl+j")
        await person.type(PASSWORD)
        await person.press("ctrl+j")
        assert person.front == "HomeScreen"
