"""Every screen of the desk, and how whoever works there gets to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from central.watching.following import sweep_watched
from screens.app import ClerkApp
from screens.base import DeskScreen
from services.bootstrap import Desk
from tests.screens.story import receive
from tests.support.cases import FOOD
from tests.support.desk import Hall, OpenDesk

Open = Callable[[ClerkApp], None]


class Place(NamedTuple):
    """A desk, who sits there, and the screens that they open, each by its name."""

    desk: Desk
    login: str
    screens: dict[str, Open]


def every_place(desk: Desk, open_at: OpenDesk, hall: Hall) -> tuple[Place, ...]:
    """Window, manager and auditor come to every screen between them."""
    (case_id,) = receive(desk, FOOD)
    sweep_watched(hall.central)
    home: Open = lambda _app: None  # noqa: E731 - one of a table
    window: dict[str, Open] = {
        "HomeScreen": home,
        "CaseScreen": lambda app: app.open_case(case_id),
        "IntakeScreen": lambda app: app.open_intake(),
        "ReleaseScreen": lambda app: app.ways.to_release(),
        "SyncScreen": lambda app: app.ways.to_sync(),
        "MattersScreen": lambda app: app.ways.to_matters(),
        "VerifyScreen": lambda app: app.ways.to_verification(),
    }
    manager: dict[str, Open] = {
        "ReportScreen": lambda app: app.ways.to_report(),
        "SupervisionScreen": lambda app: app.ways.to_supervision(),
    }
    return (
        Place(desk, "counter", window),
        Place(desk, "manager", manager),
        Place(open_at("audit"), "auditor", {"FindingsScreen": home}),
    )


def front(app: ClerkApp) -> DeskScreen:
    """The screen in front."""
    assert isinstance(app.screen, DeskScreen)
    return app.screen
