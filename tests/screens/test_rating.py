"""The desk is turned over to a visitor who rates by keys; whoever sits there sees nothing of it."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from central.db import settings
from central.db.engine import Connection
from clerk.clock import SettableClock
from clerk.contract.command import RateVisit
from clerk.contract.rating import Level, Rating, RatingWay
from clerk.contract.setting import RATING_CHOICE, RatingChoice
from screens.case.screen import CaseScreen
from screens.dialogs.problem import ProblemDialog
from screens.home.screen import HomeScreen
from screens.rate.choice import Choice
from screens.rate.screen import QUIET_S, RateScreen
from services.bootstrap import Desk
from tests.screens.story import at, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, open_paper
from tests.support.rated_month import list_ratings


def find_all(hall: Hall) -> tuple[Rating, ...]:
    with hall.central.database.read() as connection:
        return list_ratings(connection)


async def test_rated_by_keys_with_the_line_down_and_never_shown_here(
    desk: Desk, hall: Hall
) -> None:
    receive(desk, FOOD, SIGN)
    desk.sync.run_once()
    hall.stop()
    async with at(desk, "counter") as person:
        await person.press("shift+f5")
        assert isinstance(person.app.screen, RateScreen)
        assert f"{FOOD.name}, {SIGN.name}" in person.text
        await person.press("f1", "f2", "ctrl+p", "f8", "enter", "x", "9", "slash")
        assert isinstance(person.app.screen, RateScreen), "no key of the program is the visitor's"
        await person.press("2")
        assert "Unfriendly service" in person.text
        await person.press("3", "a", "1", "h", "b", "b", "enter")
        assert "Thank you" in person.text
        assert "Rude" not in person.text
        await person.press("1", "enter")
        assert isinstance(person.app.screen, HomeScreen)
        await person.press("f6")
        shown = person.text
        await person.press("enter")
        shown += person.text
        await person.press("escape", "escape", "shift+f5")
        assert isinstance(person.app.screen, ProblemDialog), "a visit is rated once"
    assert "A rating by the applicant" in shown
    (entry,) = (one for one in desk.sync.outbox() if isinstance(one.command, RateVisit))
    readable = msgspec.json.encode(entry.envelope) + shown.encode()
    for code in (b"115", b'"level"', b"Very dissatisfied", b"Rude"):
        assert code not in readable
    hall.start()
    desk.sync.retry_now()
    desk.sync.run_once()
    (kept,) = find_all(hall)
    assert (kept.chosen.level, kept.chosen.indicators) == (Level.VERY_BAD, ("115",))
    assert (kept.way, len(kept.cases), kept.window) == (RatingWay.DESK, 2, "w1")


@pytest.mark.parametrize("way", ["escape", "quiet"])
async def test_given_back_without_a_rating(
    desk: Desk, hall: Hall, clock: SettableClock, way: str
) -> None:
    (case_id,) = receive(desk, FOOD)
    async with at(desk, "counter") as person:
        person.app.open_case(case_id)
        await person.press("shift+f5")
        page = person.app.screen
        assert isinstance(page, RateScreen)
        await person.press("5", "a")
        if way == "escape":
            await person.press("escape")
        else:
            clock.put(clock.now() + timedelta(seconds=QUIET_S - 1))
            page.look()
            await person.press("b")
            clock.put(clock.now() + timedelta(seconds=QUIET_S - 1))
            page.look()
            assert person.front == RateScreen.__name__, "a key keeps it"
            clock.put(clock.now() + timedelta(seconds=1))
            page.look()
            await person.press()
        assert isinstance(person.app.screen, CaseScreen)
    desk.sync.run_once()
    assert not find_all(hall)


async def test_rated_with_the_mouse(desk: Desk, hall: Hall) -> None:
    receive(desk, FOOD)
    async with at(desk, "counter") as person:
        await person.press("shift+f5")
        levels = list(person.app.screen.query("#rate-levels Choice").results(Choice))
        await person.pilot.click(levels[3])
        reasons = list(person.app.screen.query("#rate-reasons Choice").results(Choice))
        await person.pilot.click(reasons[7])
        await person.press("enter", "enter")
    desk.sync.run_once()
    (kept,) = find_all(hall)
    assert (kept.chosen.level, kept.chosen.indicators) == (Level.BAD, ("214",))


async def test_nobody_to_invite(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.press("shift+f5")
        assert isinstance(person.app.screen, ProblemDialog)


def test_the_receipt_bears_a_code_once_the_office_has_a_page(desk: Desk, hall: Hall) -> None:
    receive(desk, FOOD)
    choice = RatingChoice(address="https://rate.example")

    def choose(connection: Connection) -> None:
        from central.db import feed

        change = settings.put(connection, RATING_CHOICE, choice, hall.clock.now())
        feed.announce(connection, (change,))

    (before,) = desk.profile.papers.glob("*-receipt.pdf")
    assert "服务评价" not in open_paper(before)
    hall.central.database.commit(choose)
    desk.sync.run_once()
    receive(desk, FOOD)
    desk.sync.run_once()
    after = next(one for one in desk.profile.papers.glob("*-receipt.pdf") if one != before)
    assert "https://rate.example/rate/" in open_paper(after).replace("\u200b", "")
    assert hall.count("rating_codes") == 1
