"""A program that is killed while it writes: drafts and outbox rows, each told once it is kept.

For each line on stdin it forks a child that opens the store and writes until it is killed, so
that a round costs no start of Python. Run as `python -m tests.support.dying_writer FILE`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from clerk.contract.command import AcceptCase
from clerk.contract.numbers import NumberLease
from storage import drafts, leases, outbox
from storage.store import Store
from tests.support.cases import MONDAY
from tests.support.storage import KEY, case_id, make_draft

DRAFTS = 3


def write_until_killed(path: Path, round_: int) -> None:
    """Write and tell, for ever."""
    store = Store.open(path, KEY)
    step = 0
    while True:
        step += 1
        typed = f"{round_}-{step}"
        with store.begin() as conn:
            drafts.save(conn, make_draft(step % DRAFTS, typed))
        tell(f"draft {step % DRAFTS} {typed}")
        with store.begin() as conn:
            leases.add(conn, NumberLease(1, 1, 90_000), MONDAY.date())
            number = leases.take_next(conn, 1, MONDAY.date())
            n = outbox.append(
                conn,
                command_id=f"{typed}-{number}",
                case_id=case_id(step),
                base_version=1,
                command=AcceptCase(),
                user="u",
                at=MONDAY,
            ).n
        tell(f"sent {n} {typed}-{number}")


def tell(line: str) -> None:
    """Say that it is kept, in one write that no kill can halve."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """One child after the other, each named by its process id."""
    path = Path(sys.argv[1])
    for round_, _line in enumerate(sys.stdin):
        child = os.fork()
        if child == 0:
            write_until_killed(path, round_)
        tell(f"child {child}")
        os.waitpid(child, 0)
        tell("dead")


if __name__ == "__main__":
    main()
