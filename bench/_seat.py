"""A seat whose store holds as many cases as a bench asks for, with its line down.

Heads of cases are played through the rules once for each day and stage, and copied under other ids,
numbers, names and moments: a million of them would take an hour. Lists read nothing but heads.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from bench._pty import Terminal
from clerk.clock import SystemClock
from clerk.contract.case import Stage
from clerk.contract.sync import Enrolled
from clerk.contract.user import Role, User
from clerk.rules.numbers import format_case_number
from services.keys import open_key
from services.profile import Profile, Settings, write_settings
from services.session import make_verifier
from storage import entities, identity, meta, sessions
from storage.bulk import write_rows
from storage.case_head import head_of, write_row
from storage.moments import write_moment
from storage.schema import case_head
from storage.sessions import SavedSession
from storage.store import Connection, Store
from tests.support.cases import MONDAY
from tests.support.people import people
from tests.support.storage import case_id, make_record, put_calendar
from tests.support.work_calendar import REAL_CALENDAR

LOGIN, PASSWORD = "bench.counter", "of a benchmark"
PASSPHRASE = "of a benchmark"  # noqa: S105
NOWHERE = "http://127.0.0.1:9"
"""The port of the discard service, where nobody answers."""

_BATCH = 20_000
_PEOPLE = people(seed=7, count=200)
_Row = tuple[Any, ...]


def sign_in(terminal: Terminal, shown: str, *, rest_s: float) -> None:
    """Let the counter sign in; this stands on the screen then, and all is at rest."""
    terminal.wait_for("Login")
    terminal.rest()
    for keys in (LOGIN, "\r", PASSWORD):
        terminal.press(keys)
        terminal.rest()
    terminal.press("\r")
    terminal.wait_for(shown)
    terminal.rest(rest_s)


def make_seat(folder: Path, cases: int) -> dict[str, str]:
    """Enrol a counter's desk in a folder and fill it; answers the environment to start it with."""
    environment = surroundings(folder)
    profile = _profile(folder)
    write_settings(profile, Settings(central=NOWHERE, language="en"))
    store = Store.open(profile.store, open_key(profile, PASSPHRASE))
    with store.begin() as connection:
        _settle_in(connection)
    rows = make_rows(cases)
    while batch := list(islice(rows, _BATCH)):
        with store.begin() as connection:
            write_rows(connection, case_head, batch)
    store.close()
    return environment


def open_seat(folder: Path) -> Store:
    """The store of a seat that was made, while nothing runs there."""
    profile = _profile(folder)
    return Store.open(profile.store, open_key(profile, PASSPHRASE))


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of whatever runs on a seat: all its things in one folder."""
    told = {"CLERK_DATA_DIR": "data", "CLERK_CONFIG_DIR": "config", "CLERK_STATE_DIR": "state"}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("CLERK_")},
        **{name: str(folder / part) for name, part in told.items()},
        "CLERK_RUNTIME_DIR": str(folder / "runtime"),
        "CLERK_PASSPHRASE": PASSPHRASE,
        "CLERK_LANGUAGE": "en",
        "LANG": "C.UTF-8",
    }


def number_of(place: int) -> str:
    """The number of a case; the first case received is the case of place 0."""
    at = MONDAY + timedelta(minutes=place)
    return format_case_number(at.date(), 1, place % 99_999 + 1)


def make_rows(cases: int) -> Iterator[_Row]:
    """The heads, the oldest first; every hundredth waits to be accepted, the others are handled."""
    names = [column.name for column in case_head.columns]
    template = head_of(make_record(0), REAL_CALENDAR, MONDAY)
    received = dict(zip(names, write_row(template), strict=True))
    handled = dict(zip(names, write_row(replace(template, stage=Stage.HANDLING)), strict=True))
    for place in range(cases):
        at = MONDAY + timedelta(minutes=place)
        yield tuple(
            {
                **(handled if place % 100 else received),
                "id": case_id(place),
                "number": number_of(place),
                "application": f"visit-{place}",
                "applicant_name": _PEOPLE[place % len(_PEOPLE)].name,
                "received_at": write_moment(at),
                "promised_due": (at + timedelta(days=14)).date().isoformat(),
            }.values()
        )


def _profile(folder: Path) -> Profile:
    parts = {name: folder / name / "default" for name in ("data", "config", "state")}
    for path in parts.values():
        path.mkdir(parents=True, mode=0o700, exist_ok=True)
    return Profile(name="default", **parts)


def _settle_in(connection: Connection) -> None:
    now = SystemClock().now()
    enrolled = Enrolled(
        device="bench",
        incarnation=1,
        window="w1",
        window_name="综合三号窗",
        window_number=3,
        centre="市政务服务中心",
    )
    identity.keep_private_key(connection, bytes(32))
    identity.keep_enrolled(connection, enrolled)
    entities.write(connection, [put_calendar()])
    user = User(id="u-bench", login=LOGIN, name="窗口甲", roles=(Role.COUNTER,))
    saved = SavedSession(login=LOGIN, user=user, verifier=make_verifier(PASSWORD), signed_in_at=now)
    sessions.save(connection, saved)
    meta.put(connection, "session.user.u-bench", msgspec.json.encode(user))
    meta.put(connection, "contact.last", now.isoformat().encode())
