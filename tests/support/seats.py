"""Desks that are enrolled once and copied for each test, and the keyring they leave their keys in.

Enrolling a desk, opening it and fetching its catalogue is the same work in hundreds of tests.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import keyring
import msgspec
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from msgspec.structs import replace

from clerk.clock import SettableClock
from services.bootstrap import enrol_desk, open_desk
from services.profile import Profile, profile_in, read_settings, write_settings
from tests.support.passwords import quick_verifier

GiveCode = Callable[[str, str], str]
"""A one-time code for a desk at this window, or in this department."""

_PLACES = {"w1": ("w1", ""), "market": ("", "market")}
"""The desks that most stories need, by their name: at which window, in which department."""

_Keys = dict[str, dict[tuple[str, str], str]]
_KEYS = "keys.msgpack"
_APART = timedelta(seconds=1)
"""Desks of one moment have ids that begin alike, and are found by how theirs begin."""


class MemoryKeyring(KeyringBackend):
    """A keyring that keeps what it is given, in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class Seats(msgspec.Struct):
    """Desks that were enrolled with a hall when it was set up."""

    folder: Path = Path()
    keys: _Keys = {}
    """What the keyring of each desk holds."""

    def take(self, profile: Profile, window: str, department: str, address: str) -> bool:
        """Sit down at a desk that is ready; False where there is none of this name and place."""
        keys = self.keys.get(profile.name)
        if keys is None or _PLACES[profile.name] != (window, department):
            return False
        shutil.copytree(_seat_in(self.folder, profile.name).data, profile.data, dirs_exist_ok=True)
        for (service, username), secret in keys.items():
            keyring.set_password(service, username, secret)
        write_settings(profile, replace(read_settings(profile), central=address))
        return True


def read_seats(folder: Path) -> Seats:
    """The desks that `enrol_seats` left in a folder."""
    keys = msgspec.msgpack.decode((folder / _KEYS).read_bytes(), type=_Keys)
    return Seats(folder=folder / "seats", keys=keys)


def enrol_seats(folder: Path, address: str, clock: SettableClock, give_code: GiveCode) -> None:
    """Enrol a desk at each place with the central at this address, level with it."""
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    keys: _Keys = {}
    for name, (window, department) in _PLACES.items():
        clock.turn(-_APART)
        profile, known = _seat_in(folder / "seats", name), set(backend.kept)
        enrol_desk(profile, address=address, code=give_code(window, department), clock=clock)
        desk = open_desk(profile, clock, verifier_of=quick_verifier)
        desk.sync.run_once()
        desk.close()
        keys[name] = {at: backend.kept[at] for at in set(backend.kept) - known}
    keyring.set_keyring(before)
    (folder / _KEYS).write_bytes(msgspec.msgpack.encode(keys))


def _seat_in(folder: Path, name: str) -> Profile:
    return profile_in(folder / name, name)
