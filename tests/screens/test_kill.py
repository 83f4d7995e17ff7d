"""kill -9 of a desk at which somebody works: what was typed and what was received is there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from clerk.clock import SystemClock
from clerk.contract.command import AnyCommand, Envelope, ReceiveCase
from clerk.decoding import Reader, decode
from services.bootstrap import Desk, open_desk
from services.keys import open_key
from services.profile import get_profile
from storage import drafts, outbox, schema
from storage.store import Connection, Store
from tests.support.desk import Hall, OpenDesk
from tests.support.seats import MemoryKeyring

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="Windows knows no fork and no kill -9"),
    pytest.mark.timeout(7200),
]

ROOT = Path(__file__).resolve().parent.parent.parent
SECOND_NS = 1_000_000_000
WORKED_AT_MOST_S = 1.8


class Told(msgspec.Struct):
    """What the clerk saw. Keys: text and moment by draft; receipts: case number by case."""

    keys: dict[str, list[tuple[str, int]]] = {}
    receipts: dict[str, str] = {}

    def hear(self, line: str) -> None:
        """Note one line."""
        kind, place, what, at = line.split()
        if kind == "typed":
            self.keys.setdefault(place, []).append((what, int(at)))
        else:
            self.receipts[place] = what

    def settled(self, killed_at: int) -> dict[str, str]:
        """The text of each draft as it was a second before the kill."""
        old = {
            draft: [text for text, at in texts if at <= killed_at - SECOND_NS]
            for draft, texts in self.keys.items()
        }
        return {draft: texts[-1] for draft, texts in old.items() if texts}


class Program:
    """The program that forks desks, and what it tells."""

    def __init__(self, process: subprocess.Popen[str], keys: MemoryKeyring) -> None:
        """Hand over what the keyring keeps."""
        assert process.stdin is not None
        assert process.stdout is not None
        self._say, self._hear = process.stdin, process.stdout
        self._send(msgspec.json.encode([(*of, kept) for of, kept in keys.kept.items()]).decode())

    def play(self, told: Told, pause: float) -> int:
        """Let a clerk work for so long, then kill the desk; the moment of it."""
        self._send("go")
        child = int(self._listen().removeprefix("child "))
        assert self._listen() == "ready"
        killed: list[int] = []

        def kill() -> None:
            killed.append(time.monotonic_ns())
            os.kill(child, signal.SIGKILL)

        timer = threading.Timer(pause, kill)
        timer.start()
        while (line := self._listen()) != "dead":
            told.hear(line)
        timer.cancel()
        assert killed, "the desk ended by itself"
        return killed[0]

    def _send(self, line: str) -> None:
        self._say.write(f"{line}\n")
        self._say.flush()

    def _listen(self) -> str:
        line = self._hear.readline().strip()
        assert line, "the desk itself failed"
        return line


@contextmanager
def program(profile: str, keys: MemoryKeyring) -> Iterator[Program]:
    """The program, ready to fork."""
    command = [sys.executable, "-m", "tests.support.dying_clerk", profile]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Program(process, keys)
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [3, pytest.param(400, marks=pytest.mark.soak)])
def test_nothing_typed_and_nothing_received_is_lost(
    hall: Hall, open_at: OpenDesk, memory_keyring: MemoryKeyring, rounds: int
) -> None:
    hall.clock.put(SystemClock().now())
    open_at("w1", window="w1").close()
    told, chance = Told(), random.Random(rounds)
    with program("w1", memory_keyring) as running:
        for _round in range(rounds):
            killed_at = running.play(told, chance.uniform(0.1, WORKED_AT_MOST_S))
            check_store(told, killed_at)
        longer = WORKED_AT_MOST_S
        while not (told.keys and told.receipts):  # a busy machine gets less far in that time
            longer *= 2
            check_store(told, running.play(told, longer))
    desk = open_desk(get_profile("w1"), SystemClock())
    check_central(hall, desk, told)
    desk.close()


def check_store(told: Told, killed_at: int) -> None:
    """Keys older than a second, and every receipt that was seen, with a number of its own."""
    profile = get_profile("w1")
    store = Store.open(profile.store, open_key(profile))
    with store.read() as connection:
        kept = {one.id: one.id_text for one in drafts.list_all(connection)}
        for draft, text in told.settled(killed_at).items():
            assert kept.get(draft, "").startswith(text), "a keystroke older than a second"
        told.keys = {draft: [(kept[draft], 0)] for draft in told.keys}
        numbers = numbers_in(connection)
        assert {case: numbers.get(case) for case in told.receipts} == told.receipts
        assert len(set(numbers.values())) == len(numbers), "no case number twice"
    store.close()


def numbers_in(connection: Connection) -> dict[str, str]:
    """The numbers by case, of all that was ever received here; the outbox has no gap."""
    rows = connection.execute(select(schema.outbox.c.envelope).order_by(schema.outbox.c.n))
    kept = [decode(body, Envelope) for body in rows.scalars()]
    assert [one.n for one in kept] == list(range(1, outbox.last_n(connection) + 1))
    read: Reader[AnyCommand] = Reader(AnyCommand)
    commands = {one.case_id: read(one.body) for one in kept}
    return {case: one.number for case, one in commands.items() if isinstance(one, ReceiveCase)}


def check_central(hall: Hall, desk: Desk, told: Told) -> None:
    """Once all is sent, central has each receipt once, and desk and central are level."""
    desk.sync.run_once()
    with desk._store.read() as connection:
        numbers = numbers_in(connection)
    assert desk.sync.outbox() == ()
    assert set(told.receipts) <= set(numbers)
    assert hall.count("cases") == hall.count("commands") == len(numbers)
    assert sorted(hall.list_audit("receive.1")) == sorted(numbers)
    assert desk.sync.compare().value == "same"
