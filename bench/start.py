"""Times a cold start on a terminal against a Textual hello-world: python -m bench.start.

Each start is a new process in a pseudo-terminal of 80 by 24, `clerk` on a desk with 100,000 cases
and hello-world in turns; the peer is always hello-world's first frame of the same turn.

- First frame: the first that a person can read, here the sign-in box with all its words.
- First usable screen: a letter is typed as soon as the box is there; timed until the frame that
  shows it there. A person signs in first in reality, so this is the first screen that can be used.
- Worklist: from Enter behind the password to the first case in the list. A password costs what
  argon2id makes it cost, on purpose, and a person types before; so it is told and not compared.

The desk's key is wrapped with a passphrase from the environment, which is unwrapped behind the
first frame as well; a desk whose passphrase is typed shows its window after that.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench._pty import Terminal
from bench._seat import LOGIN, PASSWORD, make_seat, number_of
from clerk.rules.numbers import spaced

CASES, STARTS = 100_000, 11
FIRST_LIMIT, USABLE_LIMIT = 1.25, 1.5
_BOX = ("╭", "Login", "F9", "╯")
"""The whole sign-in box: its frame, and words from first to last."""

_LETTER = "Q"


def main() -> None:
    """Start both, so many times in turns."""
    with TemporaryDirectory() as name:
        environment = make_seat(Path(name), CASES)
        start_hello()
        start_desk(environment)  # once for the caches of files and of compiled modules
        turns = [(start_hello(), *start_desk(environment)) for _ in range(STARTS)]
    hellos, firsts, usables, lists = zip(*turns, strict=True)
    print(f"hello-world, first frame           {median(hellos):5.0f} ms")
    _tell("first frame", firsts, hellos, FIRST_LIMIT)
    _tell("first usable screen", usables, hellos, USABLE_LIMIT)
    print(f"worklist after the password        {median(lists):5.0f} ms (argon2id is part of it)")


def start_hello() -> float:
    """Milliseconds to the first frame."""
    terminal = Terminal([sys.executable, "-m", "bench._hello"], dict(os.environ))
    try:
        return (terminal.wait_for_text() - terminal.began) * 1e3
    finally:
        terminal.close()


def start_desk(environment: dict[str, str]) -> tuple[float, float, float]:
    """Milliseconds to the first frame, to the first letter in it, and to the list after Enter."""
    terminal = Terminal([sys.executable, "-m", "clerk"], environment)
    try:
        first = terminal.wait_for(*_BOX)
        terminal.press(_LETTER)
        usable = terminal.wait_for(_LETTER)
        for keys in ("\x7f", LOGIN, "\r", PASSWORD):
            terminal.press(keys)
            terminal.rest()
        entered = terminal.press("\r")
        listed = terminal.wait_for(spaced(number_of(0)))
    finally:
        terminal.close()
    began = terminal.began
    return (first - began) * 1e3, (usable - began) * 1e3, (listed - entered) * 1e3


def _tell(name: str, times: tuple[float, ...], peer: tuple[float, ...], limit: float) -> None:
    ratio = median(ours / theirs for ours, theirs in zip(times, peer, strict=True))
    print(f"{name:<34} {median(times):5.0f} ms  to hello-world {ratio:.2f}", end="")
    print(f" (goal at most {limit})", flush=True)


if __name__ == "__main__":
    main()
