"""The demo city for stories: seeded and enrolled once, then copied for each test.

Copying a seeded database and four encrypted stores takes a few milliseconds; seeding a city and
fetching its catalogue to each desk takes seconds.
"""

from __future__ import annotations

import random
import shutil
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec.structs import replace

from central.db import users
from central.db.engine import Connection, open_database
from central.running import running
from central.seed.city import DemoCity, Size, demo_city
from central.service import Central
from central.sync.enrol import give_code
from clerk.clock import Clock, SettableClock
from services.bootstrap import Desk, enrol_desk, open_desk
from services.profile import Profile, profile_in, read_settings, write_settings
from tests.support.cases import MONDAY
from tests.support.passwords import quick_hash, quick_verifier
from tests.support.seats import MemoryKeyring
from tests.support.storyteller import PASSWORD

WINDOW, OTHER_WINDOW = "zonghe-1", "zonghe-2"
MARKET, HEALTH = "shichang-jianguan", "weijian"
SEATS = (WINDOW, MARKET, HEALTH)
_SIZE = Size(people=40, organisations=4)
_SEED = 1


class Service(Protocol):
    """A central that runs somewhere: in a thread, or as a process of its own."""

    @property
    def address(self) -> str:
        """Where desks find it."""


class Mould(msgspec.Struct, frozen=True):
    """The city as it was founded: what the tests copy, and what each of them may know of it."""

    folder: str
    told: DemoCity
    keys: dict[tuple[str, str], str]


def found_mould(folder: Path, keyring: MemoryKeyring) -> Mould:
    """Found it in this folder, with a desk at each seat that is level with central."""
    told = found_city(folder / "central.db")
    clock = SettableClock(MONDAY)
    central = Central.open(f"sqlite:///{folder / 'central.db'}", clock)
    with running(central) as address:
        for seat in SEATS:
            code = central.database.commit(partial(code_for, seat=seat, clock=clock))
            enrol_desk(profile_at(folder, seat), address=address, code=code, clock=clock)
            desk = open_desk(profile_at(folder, seat), clock, verifier_of=quick_verifier)
            desk.sync.run_once()
            desk.close()
    central.close()
    return Mould(str(folder), told, dict(keyring.kept))


def found_city(database: Path) -> DemoCity:
    """Seed the demo city of one Monday into a new database."""
    central = Central.open(f"sqlite:///{database}", SettableClock(MONDAY))
    central.init()

    def seed(connection: Connection) -> DemoCity:
        return demo_city(connection, MONDAY, random.Random(_SEED), _SIZE, PASSWORD)

    told = central.database.commit(seed)
    central.database.commit(_cheapen)
    central.close()
    return told


def _cheapen(connection: Connection) -> None:
    """The same password for all, at a cost that a story can pay often."""
    for user in users.list_all(connection):
        users.set_password(connection, user.id, quick_hash(PASSWORD))


def code_for(connection: Connection, seat: str, clock: Clock) -> str:
    """A one-time code for a desk at a window or in a department."""
    at_window = seat.startswith("zonghe")
    return give_code(
        connection,
        window=seat if at_window else "",
        department="" if at_window else seat,
        now=clock.now(),
    )


class Town:
    """A copy of the city for one test: the desks that are opened in it are closed in the end."""

    def __init__(self, mould: Mould, folder: Path, keyring: MemoryKeyring, clock: Clock) -> None:
        """Copy everything; nothing runs yet."""
        shutil.copytree(mould.folder, folder)
        keyring.kept.update(mould.keys)
        self.folder = folder
        self.told = mould.told
        self.clock = clock
        self.database = folder / "central.db"
        self._opened = ExitStack()

    def desk(self, seat: str, central: Service) -> Desk:
        """The desk of a seat, which finds central where it is now."""
        return self.open(profile_at(self.folder, seat), central)

    def enrol(self, name: str, seat: str, central: Service) -> Desk:
        """One more desk at a seat, under a name of its own."""
        database = open_database(f"sqlite:///{self.database}")
        code = database.commit(partial(code_for, seat=seat, clock=self.clock))
        database.close()
        profile = profile_at(self.folder, name)
        enrol_desk(profile, address=central.address, code=code, clock=self.clock)
        desk = self.open(profile, central)
        desk.sync.run_once()
        return desk

    def open(self, profile: Profile, central: Service) -> Desk:
        """The desk of a profile; it is closed with the town, if nobody does before."""
        settings = replace(read_settings(profile), central=central.address)
        write_settings(profile, settings)
        desk = open_desk(profile, self.clock, verifier_of=quick_verifier)
        self._opened.callback(desk.close)
        return desk

    def close(self) -> None:
        """Close every desk."""
        self._opened.close()


def profile_at(folder: Path, seat: str) -> Profile:
    """The profile of a seat, all in one folder."""
    return profile_in(folder / "desks" / seat, seat)
