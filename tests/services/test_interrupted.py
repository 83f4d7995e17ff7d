"""Ctrl+C in the middle of a command that takes a while: nothing half done is left, and it says so.

A real signal reaches a real process, which is in the midst of it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from clerk.clock import SystemClock
from clerk.decoding import decode
from clerk.edge import INTERRUPTED
from clerk.errand import Phase
from tests.central.imports.files import GOOD_CODE, write_items
from tests.support.desk import Hall, OpenDesk
from tests.support.interrupted import READY, Ended, Order
from tests.support.seats import MemoryKeyring

_ROOT = Path(__file__).parents[2]
_USERS = "登录名,姓名,角色,部门\nchuangkou.one,窗口癸,counter,\n"
_UNCHANGED = "Nothing was changed, and no file was written."


class Shell:
    """A process that runs one command after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._stdin, self._stdout = process, process.stdin, process.stdout

    def run(self, order: Order) -> Ended:
        """Run a command; Ctrl+C is pressed where it waits for that."""
        self._stdin.write(msgspec.json.encode(order).decode() + "\n")
        self._stdin.flush()
        told = self._stdout.readline().strip()
        if told == READY:
            self._process.send_signal(signal.SIGINT)
            told = self._stdout.readline()
        return decode(told, Ended)


@pytest.fixture(scope="module")
def shell() -> Iterator[Shell]:
    command = [sys.executable, "-m", "tests.support.interrupted"]
    with subprocess.Popen(
        command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Shell(process)
        assert process.stdin is not None
        process.stdin.close()


def _order(
    program: str,
    *arguments: str,
    phase: Phase | None = None,
    passed: int = 0,
    keys: MemoryKeyring | None = None,
) -> Order:
    return Order(
        program=program,
        arguments=("--language", "en", *arguments),
        surroundings={name: told for name, told in os.environ.items() if name[:6] == "CLERK_"},
        keys=tuple((*place, secret) for place, secret in keys.kept.items()) if keys else (),
        phase=phase,
        passed=passed,
    )


def _at(city: Path, *arguments: str, phase: Phase | None = None, passed: int = 0) -> Order:
    place = ("--database", f"sqlite:///{city / 'central.db'}")
    return _order("clerk-central", *place, *arguments, phase=phase, passed=passed)


@pytest.fixture(scope="module")
def mould(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a new database of central, and two lists of items; to be copied."""
    folder = tmp_path_factory.mktemp("mould")
    given = ("--database", f"sqlite:///{folder / 'central.db'}", "init")
    assert shell.run(_order("clerk-central", *given)).status == 0
    (folder / "lists" / "items").mkdir(parents=True)
    write_items(folder / "lists" / "items" / "a.csv", {})
    write_items(folder / "lists" / "items" / "b.csv", {"code": GOOD_CODE, "name": "河道采砂许可"})
    (folder / "lists" / "users.csv").write_text(_USERS, encoding="utf-8")
    shutil.copy(folder / "central.db", folder / "backup.db")
    return folder


@pytest.fixture
def city(mould: Path, tmp_path: Path) -> Path:
    """A folder of this test's own, with all that."""
    return Path(shutil.copytree(mould, tmp_path / "city"))


def _look(folder: Path) -> tuple[set[str], list[str]]:
    """Which files there are, and all that central's database says."""
    with closing(sqlite3.connect(folder / "central.db")) as database:
        told = list(database.iterdump())
    return {str(one) for one in folder.rglob("*") if one.suffix not in {".db-wal", ".db-shm"}}, told


@pytest.mark.parametrize(
    ("arguments", "phase"),
    [
        ("seed --people 70 --organisations 3", Phase.INVENTING),
        ("seed --people 70 --organisations 3", Phase.WRITING),
        ("import items {folder}/lists/items/a.csv", Phase.READING),
        ("import items {folder}/lists/items/a.csv", Phase.WRITING),
        ("import users {folder}/lists/users.csv", Phase.PASSWORDS),
        ("backup {folder}/copy.db", Phase.COPYING),
        ("backup {folder}/copy.db", Phase.CHECKING),
        ("restore {folder}/backup.db", Phase.CHECKING),
        ("restore {folder}/backup.db", Phase.COPYING),
    ],
)
def test_central_is_as_it_was(shell: Shell, city: Path, arguments: str, phase: Phase) -> None:
    before = _look(city)
    ended = shell.run(_at(city, *arguments.format(folder=city).split(), phase=phase))
    assert ended.status == INTERRUPTED, ended.said
    assert _UNCHANGED in ended.said
    assert _look(city) == before


def test_files_before_the_one_that_was_interrupted_stay(shell: Shell, city: Path) -> None:
    importing = ("import", "items", str(city / "lists" / "items"))
    ended = shell.run(_at(city, *importing, phase=Phase.WRITING, passed=2))
    assert ended.status == INTERRUPTED, ended.said
    assert "cancelled at b.csv. What stands before it (files: 1) is imported" in ended.said
    told = "\n".join(_look(city)[1])
    assert "取水许可" in told
    assert "河道采砂许可" not in told


def test_a_report_that_was_called_off_is_made_by_nobody_else(shell: Shell, city: Path) -> None:
    adding = "schedule add workload --span last-month --on every-day --at 07:30 --folder"
    assert shell.run(_at(city, *adding.split(), str(city))).status == 0
    ended = shell.run(_at(city, "schedule", "run", "1", phase=Phase.FETCHING))
    assert ended.status == INTERRUPTED, ended.said
    assert _UNCHANGED in ended.said
    assert not list(city.glob("*report*"))
    listed = shell.run(_at(city, "schedule", "list"))
    assert "not delivered, given up" in listed.said


def test_what_a_desk_has_fetched_is_gone_on_with(
    hall: Hall, open_at: OpenDesk, shell: Shell, memory_keyring: MemoryKeyring
) -> None:
    hall.clock.put(SystemClock().now())
    open_at("w1", window="w1").close()
    given = ("--profile", "w1", "sync")
    ended = shell.run(_order("clerk", *given, phase=Phase.FETCHING, keys=memory_keyring))
    assert ended.status == INTERRUPTED, ended.said
    assert "each act that was sent counts once" in ended.said
    ended = shell.run(_order("clerk", *given, keys=memory_keyring))
    assert ended.status == 0, ended.said
