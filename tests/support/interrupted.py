"""Commands that a real Ctrl+C reaches in the middle, one after the other in a process of their own.

Each line on stdin is one command. Where it comes to what it is to be interrupted in, that is told,
and it waits for the signal. Run as `python -m tests.support.interrupted`.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from contextlib import redirect_stderr, redirect_stdout

import keyring
import msgspec
import pytest

from central.__main__ import main as run_central
from clerk.__main__ import main as run_desk
from clerk.decoding import decode
from clerk.errand import Errand, Phase
from tests.support.seats import MemoryKeyring

READY = "ready"
_WAITS_S = 20.0
_PROGRAMS = {"clerk": run_desk, "clerk-central": run_central}


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A command, its surroundings, what the keyring keeps, and where it is interrupted.

    That is where the phase is told of once more than `passed` times; without one it is nowhere.
    """

    program: str
    arguments: tuple[str, ...]
    surroundings: dict[str, str]
    keys: tuple[tuple[str, str, str], ...]
    phase: Phase | None = None
    passed: int = 0


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How a command ended, and what it said of it."""

    status: int
    said: str


def _serve() -> None:
    for line in sys.stdin:
        order = decode(line, Order)
        os.environ.update(order.surroundings)
        backend = MemoryKeyring()
        for kept in order.keys:
            backend.set_password(*kept)
        keyring.set_keyring(backend)
        _tell(msgspec.json.encode(_run(order)).decode())


def _run(order: Order) -> Ended:
    unheard, said, passed = Errand.tell, io.StringIO(), 0

    def tell(errand: Errand, phase: Phase, done: int = 0, total: int = 0) -> None:
        nonlocal passed
        passed += phase is order.phase
        if phase is order.phase and passed == order.passed + 1:
            _tell(READY)
            threading.Event().wait(_WAITS_S)
        unheard(errand, phase, done, total)

    with pytest.MonkeyPatch.context() as patch, redirect_stderr(said), redirect_stdout(said):
        patch.setattr(Errand, "tell", tell)
        status = _PROGRAMS[order.program](order.arguments)
    return Ended(status=status, said=said.getvalue())


def _tell(line: str) -> None:
    sys.__stdout__.write(f"{line}\n")  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]


if __name__ == "__main__":
    _serve()
