"""Types are learnt one at a time: a process whose threads learnt one together ended at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from clerk.contract.case import CaseRecord
from clerk.contract.command import AcceptCase, AnyCommand
from clerk.decoding import Reader, convert, decode

ROOT = Path(__file__).resolve().parents[2]

ALL_AT_ONCE = """
import sys, threading

sys.setswitchinterval(1e-6)
from msgspec import ValidationError
from clerk.contract.case import CaseRecord
from clerk.decoding import convert, decode

together = threading.Barrier(8)

def read(way, what):
    together.wait()
    for _time in range(20):
        try:
            way(what, CaseRecord)
        except ValidationError:
            pass

happened = {"kind": "accepted", "at": "2026-01-01T00:00:00Z", "by": {"user": "a", "name": "b"}}
record = {"id": "a", "version": 1, "events": [happened]}
import json
ways = [(decode, json.dumps(record)), (convert, record)] * 4
threads = [threading.Thread(target=read, args=one) for one in ways]
for one in threads:
    one.start()
for one in threads:
    one.join()
"""


def test_many_threads_read_a_type_that_nobody_has_read() -> None:
    """Without a lock it ended by a null pointer each time."""
    for _time in range(3):
        done = subprocess.run([sys.executable, "-c", ALL_AT_ONCE], cwd=ROOT, check=False)
        assert done.returncode == 0


def test_what_is_read_and_what_is_refused() -> None:
    command = Reader[AnyCommand](AnyCommand)(b'{"kind":"accept.1"}')
    assert command == AcceptCase()
    assert decode("[1, 2]", tuple[int, ...]) == (1, 2)
    assert convert([1, 2], tuple[int, ...]) == (1, 2)
    with pytest.raises(msgspec.ValidationError):
        decode(b'{"id": 3}', CaseRecord)
    with pytest.raises(msgspec.ValidationError):
        convert({"id": 3}, CaseRecord)
