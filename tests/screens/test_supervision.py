"""A case goes yellow, then red; it is urged, answered, escalated, supervised: by keys alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

import central.__main__ as program
from central.jobs.escalation import sweep_escalations
from central.watching.following import sweep_watched
from clerk.clock import SettableClock
from clerk.contract.asking import AskAnswered, Escalated, Supervised, Urged
from clerk.contract.item import Window
from screens.case.screen import CaseScreen
from screens.supervision.screen import SupervisionScreen
from services.bootstrap import Desk
from tests.screens.story import Person, accept, at, grant, receive
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, SIGN, WINDOWS, Hall, OpenDesk, open_paper
from tests.support.screens import LARGE, settle


def wait(clock: SettableClock, days: int) -> None:
    """Let days pass."""
    clock.put(clock.now() + timedelta(days=days))


async def open_board(person: Person) -> SupervisionScreen:
    """The board, its first case under the cursor."""
    await person.press("f10")
    screen = person.app.screen
    assert isinstance(screen, SupervisionScreen)
    screen.listing.focus()
    return screen


async def open_case(person: Person, case_id: str) -> None:
    """The page of a case."""
    person.app.open_case(case_id)
    await settle(person.pilot)


async def urge(person: Person, note: str) -> None:
    """Urge the case under the cursor."""
    await person.press("ctrl+w", "enter")
    await person.type(note)
    await person.press("enter", "enter")


def events_of(desk: Desk, case_id: str) -> list[type]:
    """The kinds of what happened."""
    desk.sync.run_once()
    return [type(event) for event in desk.cases.detail(case_id).record.events]


async def test_the_cursor_stays_on_its_department(desk: Desk, hall: Hall) -> None:
    accept(desk, FOOD)
    async with at(desk, "manager", LARGE) as person:
        screen = await open_board(person)
        sweep_watched(hall.central)
        await person.press("f5")
        screen.groups.focus()
        await person.press("home", "down", "down")
        here = screen.groups.here
        assert screen.listing.length == 1
        desk.session.sign_in("counter", PASSWORD)
        for seed in (2, 3):
            accept(desk, SIGN, seed=seed)
        desk.session.sign_in("manager", PASSWORD)
        desk.sync.run_once()
        sweep_watched(hall.central)
        await person.press("f5")
        assert screen.groups.here == here
        assert screen.groups.cursor == 3, "more is open in another one, which stands before it"
        assert screen.listing.length == 1


async def test_yellow_then_red_on_the_board(desk: Desk, clock: SettableClock) -> None:
    accept(desk, FOOD)
    wait(clock, 8)
    async with at(desk, "manager", LARGE) as person:
        await open_board(person)
        assert "▲ Due soon" in person.text
        assert "Overdue 0" in person.text
        assert "Promised ■ Overdue 0  ▲ Due soon 1  ‖ Stopped 0  ● In time 0" in person.text
    wait(clock, 3)
    async with at(desk, "manager", LARGE) as person:
        await open_board(person)
        assert "■ Overdue" in person.text
        assert "Overdue 1" in person.text
        assert "Statutory ■ 0  ▲ 0  ‖ 0  ● 1" in person.text


async def test_what_is_not_handed_over_is_late_on_the_board_and_in_the_list(
    desk: Desk, there: Desk, clock: SettableClock
) -> None:
    (case_id,) = accept(desk, FOOD)
    grant(desk, there, "market", case_id)
    wait(clock, 15)  # the tenth working day after Monday 1 June was the 15th
    async with at(desk, "manager", LARGE) as person:
        await open_board(person)
        assert "■ Overdue" in person.text
        assert "At the window" in person.text
        assert person.text.count("综合三号窗") == 2, "the desk's own name, and the result there"
        await urge(person, "the licence is due")
        assert "The holder is urged." in person.toasts
    async with at(there, "market-handler", LARGE) as person:
        await person.press("f5")
        assert "Due soon or overdue 1" in " ".join(person.text.split())
    async with at(desk, "counter", LARGE) as person:
        assert "Urged: answer 1" in " ".join(person.text.split())
        await open_case(person, case_id)
        await person.press("ctrl+a")
        await person.type("called them today")
        await person.press("enter")
        assert "The answer is given." in person.text


async def test_urged_answered_and_escalated(
    desk: Desk, there: Desk, clock: SettableClock, hall: Hall
) -> None:
    first, second = accept(desk, FOOD), accept(desk, FOOD, seed=3)
    wait(clock, 8)
    async with at(desk, "manager") as person:
        screen = await open_board(person)
        assert screen.listing.length == 2
        await urge(person, "why is it still here")
        assert "The holder is urged." in person.toasts
        await person.press("down")
        await urge(person, "this one too")
        assert "Urged 2" in person.text
    async with at(there, "market-handler") as person:
        await person.press("f5")
        assert "Urged: answer 2" in person.text
        while "Urged: answer" not in there.cases.queues()[shown_queue(person)].title:
            await person.press("right")
        await person.press("enter")
        assert isinstance(person.app.screen, CaseScreen)
        assert "why is it still here" in person.text or "this one too" in person.text
        await person.press("ctrl+a")
        await person.type("an inspection is under way")
        await person.press("enter")
        assert "The answer is given." in person.text
    (answered,) = [one for one in (*first, *second) if AskAnswered in events_of(there, one)]
    (silent,) = {*first, *second} - {answered}
    wait(clock, 2)
    assert sweep_escalations(hall.central) == 1
    assert sweep_escalations(hall.central) == 0
    assert Escalated not in events_of(there, answered)
    (step,) = [
        one for one in there.cases.detail(silent).record.events if isinstance(one, Escalated)
    ]
    assert (step.matter, step.level, step.to) == ("urge", 1, "approver")
    async with at(there, "market-approver", LARGE) as person:
        screen = await open_board(person)
        assert "Gone up 1" in person.text
        await person.press("left", "enter")
        assert isinstance(person.app.screen, CaseScreen)
        assert "The urge was not answered in time: now before the Approver" in person.text


def shown_queue(person: Person) -> int:
    """The place of the queue that the first screen shows."""
    return int(person.app.screen.query_one("#queues").shown)  # type: ignore[attr-defined]


async def test_supervised_formally_from_another_window(
    desk: Desk, there: Desk, open_at: OpenDesk, clock: SettableClock
) -> None:
    """The supervisor sits where the case is out of sight: the board shows it all the same."""
    (case_id,) = accept(desk, FOOD)
    wait(clock, 11)
    elsewhere = open_at("w2", window="w2")
    async with at(elsewhere, "manager", LARGE) as person:
        await open_board(person)
        await person.press("enter")
        assert isinstance(person.app.screen, CaseScreen)
        assert FOOD.name in person.text
        await person.press("ctrl+w", "down", "enter")
        await person.type("overdue without a word")
        await person.press("enter")
        await person.type("say what keeps it")
        await person.press("enter", "enter")
        assert "The case is supervised formally." in person.text
    (notice,) = elsewhere.profile.papers.glob("*-supervision.pdf")
    told = "".join(open_paper(notice).split())
    for words in ("督办单", "市监督〔2026〕1号", "overduewithoutaword", "saywhatkeepsit"):
        assert words in told
    assert "市市场监督管理局：" in told
    assert "（已超期）" in told
    there.sync.run_once()
    events = there.cases.detail(case_id).record.events
    event = next(one for one in events if isinstance(one, Supervised))
    assert event.document == "市监督〔2026〕1号"
    async with at(there, "market-handler", LARGE) as person:
        await person.press("f5", "enter", "ctrl+a")
        assert "The answer is for this role where the case stood: Approver" in person.toasts
        await person.press("f8")
        await person.sign_in("market-approver")
        await person.press("f5")
        assert "Supervised: answer" in person.text
        there.sync.run_once()
        await open_case(person, case_id)
        await person.press("ctrl+a")
        await person.type("staff is short, done by Friday")
        await person.press("enter")
        assert "The answer is given." in person.text
    assert events_of(there, case_id)[-1] is AskAnswered


async def test_the_head_answers_a_supervision_from_the_own_list(desk: Desk, there: Desk) -> None:
    (case_id,) = accept(desk, FOOD)
    desk.session.sign_in("manager", PASSWORD)
    desk.supervision.supervise(case_id, "overdue", "say why", 2)
    there.sync.run_once()
    async with at(there, "market-head", LARGE) as person:
        assert "Supervised: answer 1" in " ".join(person.text.split())
        assert "Urged: answer" not in person.text
        await person.press("enter", "ctrl+a")
        await person.type("done by Friday")
        await person.press("enter")
        assert "The answer is given." in person.text
    assert events_of(there, case_id)[-1] is AskAnswered


@pytest.mark.parametrize("login", ["market-reviewer", "market-head"])
async def test_whom_a_case_may_go_up_to_has_the_board(desk: Desk, there: Desk, login: str) -> None:
    accept(desk, FOOD)
    async with at(there, login, LARGE) as person:
        screen = await open_board(person)
        assert screen.listing.length == 1


async def test_the_window_urges_its_own_cases_and_no_others(desk: Desk) -> None:
    (case_id,) = accept(desk, FOOD)
    async with at(desk, "counter") as person:
        await open_case(person, case_id)
        await person.press("ctrl+w", "enter")
        await person.type("the applicant asks")
        await person.press("enter", "enter")
        assert "The holder is urged." in person.text
        await person.press("ctrl+w", "enter")
        assert "That was asked already" in person.toasts
    assert events_of(desk, case_id)[-1] is Urged


async def test_the_board_says_who_holds_a_case(desk: Desk, there: Desk) -> None:
    receive(desk, FOOD, seed=3)
    (case_id,) = accept(desk, FOOD)
    there.sync.run_once()
    there.session.sign_in("market-handler", PASSWORD)
    there.casework.claim(case_id)
    async with at(desk, "manager", LARGE) as person:
        await open_board(person)
        assert "市监 · 市监handler" in person.text
        assert person.text.count("综合三号窗") == 2, "the desk's own name, and the case there"


async def test_the_board_speaks_both_languages_and_narrows_as_one_types(desk: Desk) -> None:
    accept(desk, FOOD, seed=3)
    async with at(desk, "manager") as person:
        screen = await open_board(person)
        await person.press("f9")
        assert "部门或环节" in person.text
        assert FOOD.name in person.text
        await person.press("f9")
        screen.listing.focus()
        await person.type("9")
        assert "No case in this list." in person.text
        await person.press("backspace")
        await person.type("26")
        assert FOOD.name in person.text


async def test_the_window_answers_what_it_is_urged_about(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD)
    async with at(desk, "manager") as person:
        await open_board(person)
        await urge(person, "papers are there since the morning")
        await person.press("f8")
        await person.sign_in("counter")
        assert "Urged: answer 1" in person.text
        await open_case(person, case_id)
        await person.press("ctrl+a")
        await person.type("accepted in an hour")
        await person.press("enter")
        assert "The answer is given." in person.text
    assert events_of(desk, case_id)[-1] is AskAnswered


async def test_a_handler_has_no_board(there: Desk) -> None:
    async with at(there, "market-handler") as person:
        await person.press("f10")
        assert person.front == "HomeScreen"
        assert "That is for another role: Supervisor." in person.toasts


async def test_with_the_line_down_the_board_says_so(desk: Desk, hall: Hall) -> None:
    accept(desk, FOOD)
    async with at(desk, "manager", LARGE) as person:
        await open_board(person)
        hall.stop()
        await person.press("f10")
        person.app.screen.reload()  # type: ignore[attr-defined]
        await person.press("left")
        assert "Central cannot be reached" in person.text
        assert FOOD.name in person.text


def test_what_was_decided_within_a_minute_is_found(
    desk: Desk, there: Desk, hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    (case_id,) = accept(desk, FOOD)
    grant(desk, there, "market", case_id)
    sweep_escalations(hall.central)
    sweep_watched(hall.central)
    sweep_watched(hall.central)
    options = ["--language", "en", "--database", hall.url]
    asked = ["findings", "--since", "2026-06-01", "--until", "2026-06-01", "--rule", "R04"]
    assert program.main([*options, *asked]) == 0
    told = capsys.readouterr().out
    number = desk.cases.detail(case_id).case.number
    assert told.count("R04") == 1
    assert number in told.replace(" ", "")
    assert "Decided 0 s after acceptance" in told


async def test_a_link_to_the_recording_is_shown_and_copied(desk: Desk, hall: Hall) -> None:
    (case_id,) = accept(desk, FOOD)
    template = "https://video.example/play?w={window}&from={from}&to={to}"
    window: Window = WINDOWS[0]
    arguments = [
        "--language",
        "en",
        "--database",
        hall.url,
        "window",
        "recording",
        window.id,
        template,
    ]
    assert program.main(arguments) == 0
    desk.sync.run_once()
    async with at(desk, "manager", LARGE) as person:
        await open_case(person, case_id)
        await person.press("shift+f12")
        link = (
            "https://video.example/play?w=w1&from=2026-06-01T09%3A00%3A00%2B08%3A00"
            "&to=2026-06-01T09%3A35%3A00%2B08%3A00"
        )
        assert person.app.clipboard == link
        assert "video.example" in person.text
    async with at(desk, "counter", LARGE) as person:
        await open_case(person, case_id)
        await person.press("shift+f12")
        assert "video.example" not in person.text
