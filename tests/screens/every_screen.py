"""Every screen of the desk, and how whoever works there gets to it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import pytest
from msgspec.structs import replace

import screens
from central.catalogue.bundles import publish_bundles
from central.db import feed
from central.db.engine import Connection
from central.watching.following import sweep_watched
from clerk.contract.item import Bundle, BundleNode, Option
from clerk.errors import RefusedError
from clerk.rules.identifiers.reading import read_identifier
from clerk.sync.scope import ADMINISTRATION
from screens.app import ClerkApp
from screens.base import DeskScreen
from screens.find.screen import FindScreen
from screens.home.several import SeveralRows
from screens.in_memory import InMemoryScreen
from screens.intake.received import ReceivedScreen
from screens.lookup.asking import look_up_draft
from screens.narrowing import NarrowedScreen
from screens.sign_in.screen import SignInScreen
from screens.sorting import SortedScreen
from screens.sync.mend import MendScreen
from services.bootstrap import Desk
from tests.screens.story import accept
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, OpenDesk, type_walk_in
from tests.support.people import a_person

Open = Callable[[ClerkApp], None]
_BASES: set[type[object]] = {DeskScreen, SeveralRows, SortedScreen, NarrowedScreen, InMemoryScreen}
_BEFORE_ANYBODY: set[type[object]] = {SignInScreen}
"""Shown before anybody can go anywhere; its own stories look it over."""

_BUNDLE = Bundle(
    id="shop",
    version=1,
    name="开办餐馆一件事",
    lead_department="market",
    stages=(Option("s1", "登记"),),
    nodes=(
        BundleNode(item="food", stage="s1", main=True),
        BundleNode(item="sign", stage="s1", main=False, after=("food",)),
    ),
)


class Place(NamedTuple):
    """A desk, who sits there, and the screens that they open, each by its name."""

    desk: Desk
    login: str
    screens: dict[str, Open]


def every_screen() -> set[str]:
    """The name of each screen that somebody can stand on."""
    for found in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(found.name)
    return {one.__name__ for one in _below(DeskScreen)} - {
        one.__name__ for one in _BASES | _BEFORE_ANYBODY
    }


def _below(kind: type[object]) -> Iterator[type[object]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("screens."):
            yield one
        yield from _below(one)


def every_place(desk: Desk, open_at: OpenDesk, hall: Hall) -> tuple[Place, ...]:
    """Window, manager, auditor and administrator come to every screen between them."""
    window = _at_the_window(desk, hall)
    sweep_watched(hall.central)
    manager: dict[str, Open] = {
        "ReportScreen": lambda app: app.ways.to_report(),
        "SupervisionScreen": lambda app: app.ways.to_supervision(),
    }
    seat = open_at("administration", department=ADMINISTRATION)
    return (
        Place(desk, "counter", window),
        Place(desk, "manager", manager),
        Place(open_at("audit"), "auditor", {"FindingsScreen": _stay}),
        Place(seat, "system", {"AdministrationScreen": _stay}),
    )


def _stay(_app: ClerkApp) -> None:
    """The first screen is there already."""


def _at_the_window(desk: Desk, hall: Hall) -> dict[str, Open]:
    case_id, refused = accept(desk, FOOD, seed=1)[0], _refuse(desk)
    project, received = _apply(desk, hall), _receive(desk)
    reading = read_identifier(a_person(1).id_number, today=desk.today)
    return {
        "HomeScreen": _stay,
        "CaseScreen": lambda app: app.open_case(case_id),
        "ProjectScreen": lambda app: app.open_project(project),
        "IntakeScreen": lambda app: app.open_intake(),
        "ReceivedScreen": lambda app: app.push_screen(received()),
        "ReleaseScreen": lambda app: app.ways.to_release(),
        "SyncScreen": lambda app: app.ways.to_sync(),
        "MendScreen": lambda app: app.push_screen(MendScreen(refused)),
        "CustodyScreen": lambda app: app.ways.to_papers(),
        "ShiftScreen": lambda app: app.ways.to_shift(),
        "MattersScreen": lambda app: app.ways.to_matters(),
        "PrintsScreen": lambda app: app.ways.to_prints(),
        "FindScreen": lambda app: app.push_screen(FindScreen()),
        "LookUpScreen": lambda app: look_up_draft(front(app), reading, "draft"),
        "VerifyScreen": lambda app: app.ways.to_verification(),
    }


def _refuse(desk: Desk) -> int:
    """An act that central refused, and nobody has dealt with."""
    (case_id,) = accept(desk, FOOD, seed=4)
    with pytest.raises(RefusedError):
        desk.counter.accept(case_id)
    return next(one.n for one in desk.sync.outbox() if one.is_refused)


def _apply(desk: Desk, hall: Hall) -> str:
    """A bundle application with one item received."""

    def lay(connection: Connection) -> None:
        feed.announce(connection, [*publish_bundles(connection, [_BUNDLE])])

    hall.central.database.commit(lay)
    desk.sync.run_once()
    project = desk.projects.begin(desk.catalogue.bundle("shop"), "corner house", together=False)
    draft = desk.projects.put_into(type_walk_in(desk, FOOD, seed=5), project, (FOOD.id,))
    desk.intake.receive(desk.drafts.save(draft))
    desk.sync.run_once()
    return project.id


def _receive(desk: Desk) -> Callable[[], ReceivedScreen]:
    """What the counter sees after the receipt."""
    draft = type_walk_in(desk, SIGN, seed=6)
    view = desk.intake.view(draft)
    received = desk.intake.receive(draft)
    desk.sync.run_once()
    return partial(ReceivedScreen, received, view, replace(draft))


def front(app: ClerkApp) -> DeskScreen:
    """The screen in front."""
    assert isinstance(app.screen, DeskScreen)
    return app.screen
