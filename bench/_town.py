"""A central with as many cases as a bench asks for, and a process that serves it.

The cases of one day are played through the rules and written as central writes them; that day's
rows are then copied under other ids, numbers and names, for a million of them would take an hour.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
from msgspec.structs import replace

from central.catalogue.publishing import publish
from central.db import cases
from central.db.engine import Connection
from central.service import Central
from central.sync.enrol import give_code
from clerk.clock import SystemClock
from clerk.contract.case import CaseRecord, Outcome
from clerk.contract.command import AcceptCase, AnyCommand, ClaimCase, DecideCase, PassStep
from clerk.contract.user import User
from clerk.rules.case import fold
from clerk.rules.case.timing import timing_of
from clerk.rules.numbers import format_case_number
from clerk.sync.scope import audiences_of
from tests.support.cases import (
    APPROVER,
    CASE,
    CLERK,
    FOOD,
    HANDLER,
    MONDAY,
    REVIEWER,
    CaseStory,
    receive_command,
)
from tests.support.central import furnish
from tests.support.people import people
from tests.support.work_calendar import REAL_CALENDAR

ITEMS = 2_000
SHARES = (10, 2, 3, 3, 2)
"""Of twenty cases: decided, at the approver, at the reviewer, accepted, received."""

_ACTS = (7, 5, 3, 1, 0)
_WAY: tuple[tuple[AnyCommand, User], ...] = (
    (AcceptCase(), CLERK),
    (ClaimCase(), HANDLER),
    (PassStep(opinion="材料齐全，现场核查合格。"), HANDLER),
    (ClaimCase(), REVIEWER),
    (PassStep(opinion="同意。"), REVIEWER),
    (ClaimCase(), APPROVER),
    (DecideCase(outcome=Outcome.GRANTED, opinion="准予。"), APPROVER),
)
"""How far each of them came: so many of these acts."""

_ASKED = receive_command()

_DAYS = 60
_BATCH = 20_000
_PEOPLE = people(seed=7, count=200)
_TABLES = {"cases": "id", "events": "case_id", "case_audiences": "case_id"}
_Row = list[Any]
_Story = dict[str, list[_Row]]


def make_town(folder: Path, amounts: dict[str, int]) -> Path:
    """The database of a central, with so many cases received at each window."""
    path = folder / "central.db"
    central = Central.open(f"sqlite:///{path}", SystemClock())
    central.init()
    central.database.commit(furnish)
    items = [replace(FOOD, id=f"item-{n}", name=f"{FOOD.name}第{n}类") for n in range(ITEMS)]
    central.database.commit(partial(publish, items=items, at=MONDAY))
    driver = sqlite3.connect(path, isolation_level=None)
    driver.execute("PRAGMA synchronous=OFF")
    first = 0
    for window, amount in amounts.items():
        stories = [_write_day(central, driver, window, day) for day in range(_DAYS)]
        _copy(driver, stories, first, amount)
        first += amount
    driver.close()
    central.close()
    return path


def give_desk_code(path: Path, window: str) -> str:
    """A one-time code for a desk at a window."""
    central = Central.open(f"sqlite:///{path}", SystemClock())
    giving = partial(give_code, window=window, department="", now=SystemClock().now())
    code = central.database.commit(giving)
    central.close()
    return code


@contextmanager
def serving(path: Path) -> Iterator[tuple[str, int]]:
    """The address and the process id of `clerk-central serve` on a database."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "central", "--database", f"sqlite:///{path}"]
    log = (path.parent / "central.log").open("wb")
    process = subprocess.Popen(
        [*command, "serve", "--port", str(port)], stdout=log, stderr=log, env=dict(os.environ)
    )
    address = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=9), trust_env=False) as client:
            client.get(f"{address}/ready", timeout=30).raise_for_status()
        yield address, process.pid
    finally:
        process.terminate()
        process.wait()
        log.close()


def cpu_s_of(process: int) -> float:
    """The CPU seconds that a process has taken so far."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _write_day(central: Central, driver: sqlite3.Connection, window: str, day: int) -> list[_Story]:
    """The rows of a day's cases as central writes them, in the order of their shares."""
    stories: list[_Story] = []
    for acts, share in zip(_ACTS, SHARES, strict=True):
        record = _play(window, MONDAY - timedelta(days=_DAYS - day), acts)
        central.database.commit(partial(_write, record=record))
        story: _Story = {}
        for table, key in _TABLES.items():
            where = f"FROM {table} WHERE {key} = ?"
            story[table] = [list(row) for row in driver.execute(f"SELECT * {where}", (CASE,))]
            driver.execute(f"DELETE {where}", (CASE,))
        stories += [story] * share
    return stories


def _play(window: str, at: datetime, acts: int) -> CaseRecord:
    """A case that began then and came so far, by the rules."""
    story = CaseStory()
    story.window, story.now = window, at
    story.do(replace(_ASKED, window=window), CLERK)
    for command, user in _WAY[:acts]:
        story.later(hours=1).do(command, user)
    assert story.record is not None, "it was received"
    return story.record


def _write(connection: Connection, record: CaseRecord) -> None:
    case = fold(record)
    timing = timing_of(case, REAL_CALENDAR, MONDAY)
    dates = cases.Dates(promised_due=timing.promised_due, statutory_due=timing.statutory_due)
    cases.add(connection, case, dates, "")
    cases.append_events(connection, record.id, 0, record.events)
    cases.set_audiences(connection, record.id, frozenset(), audiences_of(case))


def _copy(driver: sqlite3.Connection, days: list[list[_Story]], first: int, amount: int) -> None:
    """So many cases, the days in turn from the oldest to the newest."""
    each = -(-amount // len(days))
    made = ((place, days[place // each][place % each % len(days[0])]) for place in range(amount))
    while batch := list(islice(made, _BATCH)):
        driver.execute("BEGIN IMMEDIATE")
        for table in _TABLES:
            rows = [row for place, story in batch for row in _renamed(story[table], first + place)]
            marks = ", ".join("?" * len(rows[0]))
            driver.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
        driver.execute("COMMIT")


def _renamed(rows: list[_Row], place: int) -> Iterator[_Row]:
    """A case's rows under another id, number and name."""
    person = _PEOPLE[place % len(_PEOPLE)]
    changes = (
        (CASE, f"0197f100-0000-7000-8000-{place:012}"),
        (_ASKED.number, format_case_number(MONDAY.date(), place // 90_000 + 2, place % 90_000 + 1)),
        (_ASKED.application, f"visit-{place}"),
        (_ASKED.applicant.id_number, person.id_number),
        (_ASKED.applicant.name, person.name),
    )
    whole = dict(changes)
    parts = [(old.encode(), new.encode()) for old, new in changes]
    for row in rows:
        yield [_changed(value, whole, parts) for value in row]


def _changed(value: Any, whole: dict[str, str], parts: list[tuple[bytes, bytes]]) -> Any:  # noqa: ANN401 - a row's value
    if isinstance(value, bytes):
        for old, new in parts:
            value = value.replace(old, new)
        return value
    return whole.get(value, value) if isinstance(value, str) else value
