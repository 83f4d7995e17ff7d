"""kill -9 while scans are kept and sent: what was told to be kept opens whole, and no more lies."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage import scans
from storage.vault import vault_of
from tests.support.storage import open_store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no fork and no kill -9")

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 8


def play(path: Path, chance: random.Random) -> dict[str, int]:
    """Kill a child in each round, after some words or in the middle of the next; what they told."""
    told: dict[str, int] = {}
    command = [sys.executable, "-m", "tests.support.dying_scanner", str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        for _round in range(ROUNDS):
            program.stdin.write("go\n")
            program.stdin.flush()
            child, left = 0, chance.randint(1, 12)
            while (line := program.stdout.readline().strip()) != "dead":
                assert line, "the scanner itself failed"
                if line.startswith("child "):
                    child = int(line.split()[1])
                else:
                    _kept, sha256, done = line.split()
                    told[sha256] = int(done)
                    left -= 1
                if child and left <= 0:
                    os.kill(child, signal.SIGKILL)
                    child = 0
        program.stdin.close()
    return told


def test_every_scan_that_was_kept_is_whole(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    path = tmp_path / "profile" / "desk.db"
    told = play(path, random.Random(7))
    assert len(told) >= ROUNDS
    store, vault = open_store(tmp_path), vault_of(path)
    with store.read() as conn:
        kept = scans.list_of(conn, told)
        files = scans.files(conn)
        assert len(scans.outgoing(conn)) == len(files)
    vault.sweep(files)
    assert {one.name for one in vault.folder.iterdir()} == files
    for sha256, done in told.items():
        assert kept[sha256].done >= done
        data = b"".join(vault.read(kept[sha256]))
        assert hashlib.sha256(data).hexdigest() == sha256
    store.close()
