"""kill -9 in the middle of writing: what was told to be kept is there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
import pytest

from clerk.rules.leases import Exhausted
from storage import drafts, leases, outbox
from storage.store import Store
from tests.support.cases import MONDAY
from tests.support.storage import open_store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no fork and no kill -9")

ROOT = Path(__file__).resolve().parent.parent.parent


class Told(msgspec.Struct):
    """What the writer said is kept: drafts by place, and command ids by n."""

    drafts: dict[str, str]
    sent: dict[int, str]

    def hear(self, line: str) -> None:
        """Note one line."""
        kind, place, what = line.split()
        if kind == "draft":
            self.drafts[place] = what
        else:
            self.sent[int(place)] = what


@contextmanager
def writer(path: Path) -> Iterator[tuple[IO[str], IO[str]]]:
    """The program that forks writers, with its ends of the pipes."""
    command = [sys.executable, "-m", "tests.support.dying_writer", str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        yield program.stdin, program.stdout


def play_round(ends: tuple[IO[str], IO[str]], told: Told, acknowledgements: int) -> None:
    """Let a writer write, and kill it after so many words; what is in the pipe counts too."""
    say, listen = ends
    say.write("go\n")
    say.flush()
    child, heard, killed = 0, 0, False
    while (line := listen.readline().strip()) != "dead":
        assert line, "the writer itself failed"
        if line.startswith("child "):
            child = int(line.split()[1])
        else:
            told.hear(line)
            heard += 1
        if child and heard >= acknowledgements and not killed:
            os.kill(child, signal.SIGKILL)
            killed = True


def check(store: Store, told: Told) -> None:
    """Everything that was told is there; one write more may be, that was cut before the word."""
    with store.begin() as conn:
        entries = {one.n: one.envelope.id for one in outbox.entries(conn)}
        kept = {one.id.removeprefix("draft-"): one.name for one in drafts.list_all(conn)}
        assert list(entries) == list(range(1, len(entries) + 1)), "contiguous"
        assert {n: entries.get(n) for n in told.sent} == told.sent
        assert len(entries) - len(told.sent) in {0, 1}
        assert outbox.last_n(conn) == len(entries)
        late = [place for place, typed in told.drafts.items() if kept[place] != typed]
        assert len(late) <= 1
        numbers = [identifier.rpartition("-")[2] for identifier in entries.values()]
        assert len(set(numbers)) == len(numbers), "no case number twice"
        following = leases.take_next(conn, 1, MONDAY.date())
    assert not isinstance(following, Exhausted)
    assert str(following) not in numbers
    told.sent.update(entries)
    told.drafts.update(kept)


def play(tmp_path: Path, rounds: int) -> Told:
    told = Told({}, {})
    chance = random.Random(rounds)
    store = open_store(tmp_path)
    path = store.path
    store.close()
    with writer(path) as ends:
        for _ in range(rounds):
            play_round(ends, told, chance.randint(1, 12))
            store = open_store(tmp_path)
            check(store, told)
            assert store.examine() == ()
            store.close()
    return told


def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    told = play(tmp_path, rounds=20)
    assert len(told.sent) >= 20


@pytest.mark.soak
def test_what_was_acknowledged_outlives_many_kills(tmp_path: Path) -> None:
    told = play(tmp_path, rounds=400)
    assert len(told.sent) >= 400
