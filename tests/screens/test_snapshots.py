"""Every screen in both languages and two sizes, as it was last reviewed: `make snapshots` renews.

A screen is opened once for each language and shown at both sizes; on the way its frames, its wide
characters and the contrast of every theme are looked over.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from central.watching.following import sweep_watched
from clerk.clock import SettableClock
from clerk.contract.case import MaterialState, SupplementLine
from clerk.contract.ids import new_id
from clerk.errand import Errand
from clerk.errors import ClerkError, RefusedError, UnreachableError
from clerk.locale import use_language
from clerk.sync.scope import ADMINISTRATION
from screens.app import ClerkApp
from screens.dialogs.progress import ProgressDialog
from screens.find.item import ItemScreen
from screens.home.batch_summary import BatchSummary, Told
from services import intake, matters
from services.bootstrap import Desk
from tests.screens.story import Person, accept, grant, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, OpenDesk, type_walk_in
from tests.support.matters import INQUIRY, bring
from tests.support.people import a_person
from tests.support.photographer import Photographer, every_screen
from tests.support.screens import SMALL, settle

SHOWN_ELSEWHERE = {"ProjectScreen", "WholeCard"}
"""Screens that are shot in their own stories; they need a town of their own."""


@pytest.fixture(autouse=True)
def _short_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show no path that differs from one run to the next."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLERK_DATA_DIR", "data")


@pytest.fixture(autouse=True)
def _in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the cases of a visit in order; a clock that stands still leaves it to chance."""
    chance = count()

    def follow(now_ms: int, _random: object) -> str:
        return new_id(now_ms, next(chance).to_bytes)

    monkeypatch.setattr(intake, "new_id", follow)
    monkeypatch.setattr(matters, "new_id", follow)


class Town(NamedTuple):
    """A window, a department, and cases by the place where they stand."""

    desk: Desk
    there: Desk
    cases: dict[str, str]


@pytest.fixture
def town(desk: Desk, there: Desk, hall: Hall, clock: SettableClock) -> Town:
    """A case in each of the places where a clerk meets one; some minutes lie between them."""

    def later() -> None:
        clock.put(clock.now() + timedelta(minutes=7))

    found = {}
    found["ready"] = accept(desk, FOOD, seed=2)[0]
    later()
    grant(desk, there, "market", found["ready"])
    sweep_watched(hall.central)
    later()
    desk.session.sign_in("counter", "paper-and-seal")
    bring(desk, there)
    found["deciding"] = accept(desk, FOOD, seed=3)[0]
    later()
    found["asked"] = receive(desk, FOOD, seed=4, m1=MaterialState.MISSING)[0]
    line = SupplementLine("m1", FOOD.materials[0].name, "未提交")
    desk.counter.ask_supplement(found["asked"], (line,))
    later()
    found["refused"] = accept(desk, FOOD, seed=5)[0]
    with pytest.raises(RefusedError):
        desk.counter.accept(found["refused"])
    later()
    found["received"] = receive(desk, SIGN, seed=1)[0]
    later()
    found["draft"] = type_walk_in(desk, FOOD, SIGN, seed=2).id
    later()
    desk.sync.run_once()
    there.sync.run_once()
    desk.session.sign_out()
    return Town(desk, there, found)


@pytest.mark.slow
@pytest.mark.timeout(400)  # a busy machine takes many times the 15 seconds of an idle one
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_every_screen(
    town: Town, open_at: OpenDesk, language: str, request: pytest.FixtureRequest
) -> None:
    use_language(language)
    desk, there, cases = town
    photographer = Photographer(language, renew=request.config.getoption("--renew-snapshots"))
    await at_the_window(photographer, desk, cases)
    await in_the_department(photographer, there, cases)
    await of_the_manager(photographer, desk)
    await of_the_auditor(photographer, open_at("audit"))
    await of_the_administrator(photographer, open_at("administration", department=ADMINISTRATION))
    assert not photographer.faults, "\n".join([*photographer.faults, "", "make snapshots renews"])
    assert photographer.seen >= every_screen() - SHOWN_ELSEWHERE


async def at_the_window(photographer: Photographer, desk: Desk, cases: dict[str, str]) -> None:
    app, shoot = ClerkApp(desk, idle_s=0), photographer.shoot
    async with app.run_test(size=SMALL) as pilot:
        person = photographer.person = Person(pilot, app)
        await settle(pilot)
        await shoot("sign-in")
        await person.sign_in("counter", "wrong")
        await shoot("sign-in-wrong")
        await person.sign_in("counter")
        await shoot("home")
        await person.press("end")
        await shoot("home-empty-list")
        await person.press("f1")
        await shoot("help")
        await person.press("escape", "ctrl+p")
        await person.type("cj")
        await shoot("palette")
        await person.press("escape", "f2")
        await shoot("intake-empty")
        app.open_intake(cases["draft"])
        await settle(pilot)
        await shoot("intake")
        await person.press("ctrl+r")
        await shoot("received")
        app.tell_problem(ClerkError("line.down"))
        await settle(pilot)
        await shoot("problem")
        await person.press("escape", "escape")
        await of_a_case(photographer, cases)
        await handing_out(photographer, cases)
        await in_the_sync_centre(photographer)
        await person.press("escape")
        await finding(photographer)
        await of_papers(photographer)
        await of_matters(photographer)
        await person.press("shift+f2")
        await shoot("look-up-reason")
        await person.type(a_person(1).id_number)
        await person.press("enter")
        await person.type("来电核实")
        await person.press("enter")
        await shoot("look-up")
        await several_at_once(photographer)


async def of_a_case(photographer: Photographer, cases: dict[str, str]) -> None:
    person, shoot = photographer.person, photographer.shoot
    person.app.open_case(cases["received"])
    await settle(person.pilot)
    await shoot("case-received")
    await person.press("enter")
    await shoot("explain")
    await person.press("escape", "ctrl+k")
    await shoot("supplement")
    await person.press("escape", "ctrl+e")
    await shoot("unmask")
    await person.press("escape", "ctrl+l")
    await shoot("print")
    await person.press("escape", "ctrl+z")
    await shoot("withdraw")
    await person.press("escape", "escape")
    person.app.open_case(cases["asked"])
    await settle(person.pilot)
    await shoot("case-supplementing")
    await person.press("escape")


async def handing_out(photographer: Photographer, cases: dict[str, str]) -> None:
    person, shoot = photographer.person, photographer.shoot
    await person.press("f4")
    await shoot("release-empty")
    await person.type(a_person(2).id_number)
    await person.press("enter")
    await shoot("release")
    await person.press("escape")


async def in_the_sync_centre(photographer: Photographer) -> None:
    person, shoot = photographer.person, photographer.shoot
    await person.press("f6")
    await shoot("sync")
    await person.press("enter")
    await shoot("mend")
    await person.press("ctrl+d")
    await shoot("confirm")
    await person.press("escape", "escape", "escape", "shift+f4")
    await shoot("verify")


async def finding(photographer: Photographer) -> None:
    person, shoot = photographer.person, photographer.shoot
    person.app.action_find()
    await settle(person.pilot)
    await person.type("叶和婷")
    await shoot("find")
    person.app.push_screen(ItemScreen(FOOD))
    await settle(person.pilot)
    await shoot("item")
    await person.press("escape", "escape")


async def of_papers(photographer: Photographer) -> None:
    """Who holds which paper, the shift with its journal, and an act that takes a while."""
    person, shoot = photographer.person, photographer.shoot
    await person.press("shift+f8")
    await shoot("custody")
    await person.press("escape", "shift+f9")
    await shoot("shift")
    await person.press("shift+f5")
    await shoot("rate")
    await person.press("2", "b", "h")
    await shoot("rate_reasons")
    await person.press("escape")
    person.app.ways.to_prints()
    await settle(person.pilot)
    await shoot("prints")
    await person.press("escape")
    person.app.push_screen(ProgressDialog(person.app.place(), Errand()))
    await settle(person.pilot)
    await shoot("progress")
    person.app.pop_screen()
    await person.press("escape")


async def of_matters(photographer: Photographer) -> None:
    """What people brought, and how it is taken in."""
    person, shoot = photographer.person, photographer.shoot
    await person.press("escape", "shift+f11")
    await shoot("matters")
    await person.press("ctrl+r", "enter", "enter", "enter")
    await person.type(INQUIRY.text)
    await shoot("matter-taking")
    await person.press("escape", "escape")


async def several_at_once(photographer: Photographer) -> None:
    """An act on all that are marked: what the rules say before, and what came of it."""
    person, shoot = photographer.person, photographer.shoot
    await person.press("escape", "f3")
    await person.type(FOOD.name[:2])
    await person.press("down", "home", "space", "space", "ctrl+y")
    await shoot("batch-forecast")
    await person.press("escape")
    name = a_person(1).name
    lost, paper = UnreachableError("line.down"), Path("papers") / "260601003000013.pdf"
    told = [Told("260601 003 00001 3", name, None, paper), Told("260601 003 00002 1", name, lost)]
    person.app.push_screen(BatchSummary(told))
    await settle(person.pilot)
    await shoot("batch-summary")
    person.app.pop_screen()


async def in_the_department(photographer: Photographer, there: Desk, cases: dict[str, str]) -> None:
    app, shoot = ClerkApp(there, idle_s=0), photographer.shoot
    async with app.run_test(size=SMALL) as pilot:
        person = photographer.person = Person(pilot, app)
        await person.sign_in("market-handler")
        await shoot("home-department")
        app.open_case(cases["deciding"])
        await settle(pilot)
        await shoot("case-department")


async def of_the_manager(photographer: Photographer, desk: Desk) -> None:
    desk.session.sign_out()
    app, shoot = ClerkApp(desk, idle_s=0), photographer.shoot
    async with app.run_test(size=SMALL) as pilot:
        person = photographer.person = Person(pilot, app)
        await person.sign_in("manager")
        await shoot("home-manager")
        await person.press("f7")
        await shoot("report")
        await person.press("escape", "f10")
        await shoot("supervision")


async def of_the_auditor(photographer: Photographer, audit: Desk) -> None:
    app, shoot = ClerkApp(audit, idle_s=0), photographer.shoot
    async with app.run_test(size=SMALL) as pilot:
        person = photographer.person = Person(pilot, app)
        await person.sign_in("auditor")
        await shoot("findings")


async def of_the_administrator(photographer: Photographer, seat: Desk) -> None:
    """The list of desks tells the names of machines, which differ: it is not kept."""
    app, shoot = ClerkApp(seat, idle_s=0), photographer.shoot
    async with app.run_test(size=SMALL) as pilot:
        person = photographer.person = Person(pilot, app)
        await person.sign_in("system")
        await shoot("administration")
        await person.press("right", "right")
        await shoot("administration-users")
