"""Times the worklist with a million cases on a terminal: python -m bench.listing.

Everything is the real program in a pseudo-terminal of 80 by 24: a counter's desk whose line is
down, "All cases of this window", 1,000,000 heads of cases in an encrypted store. The first frame
is timed from the key that opens the list until its rows stand there, at a desk that holds a million
cases, in turns with the key that leads from a list of one case to an empty one at another desk,
until the frame that says that nothing is there.

A key is timed until the end of the frame that shows the row it leads to, with that row's own
number: a placeholder does not count. The peer is Textual's DataTable of fifty rows under the same
keys, in turns with ours. Jumps leave the pages that are held, and read one. Memory is resident
memory after all that, beside hello-world's. CLERK_BENCH_ROWS takes another number of cases.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bench._pty import Terminal
from bench._seat import make_seat, number_of, sign_in
from bench._town import cpu_s_of
from clerk.rules.numbers import spaced

ROWS = int(os.environ.get("CLERK_BENCH_ROWS", "1000000"))
OPENINGS, ROUNDS, STEPS, PAGINGS = 15, 10, 45, 10
LIMIT_MS, OPEN_LIMIT, MEMORY_LIMIT = 16.0, 1.5, 1.3
UP, DOWN, PAGE_UP, PAGE_DOWN = "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~"
HOME, END, TO_CASES, BACK_UP, ONWARDS = "\x1b[H", "\x1b[F", "\x1bOR", "\x1b[D", "\x1b[C"


def main() -> None:
    """First frames, keys, jumps, memory."""
    with TemporaryDirectory() as name, ExitStack() as open_until_then:
        full = make_seat(Path(name) / "full", ROWS)
        empty = make_seat(Path(name) / "empty", 1)
        many = open_until_then.enter_context(signed_in(full, spaced(number_of(0))))
        none = open_until_then.enter_context(signed_in(empty, spaced(number_of(0))))
        bench_first_frame(many, none)
        table = open_until_then.enter_context(running("bench._fifty", dict(os.environ)))
        table.wait_for(_row(0, 50))
        table.rest()
        bench_keys(many, table)
        bench_jumps(many)
        hello = open_until_then.enter_context(running("bench._hello", dict(os.environ)))
        hello.wait_for("Hello")
        hello.rest()
        bench_memory(many, none, hello)


@contextmanager
def running(module: str, environment: dict[str, str]) -> Iterator[Terminal]:
    """A program on a terminal."""
    terminal = Terminal([sys.executable, "-m", module], environment)
    try:
        yield terminal
    finally:
        terminal.close()


@contextmanager
def signed_in(environment: dict[str, str], shown: str) -> Iterator[Terminal]:
    """The desk with its counter at the worklists."""
    with running("clerk", environment) as terminal:
        sign_in(terminal, shown, rest_s=3.0)
        yield terminal


def bench_first_frame(many: Terminal, none: Terminal) -> None:
    """From the key to the first rows, or to the word that there are none."""
    ours, theirs = [], []
    for _ in range(OPENINGS):
        theirs.append(_open_empty(none))
        ours.append(_open(many, _row(0, ROWS)))
    _tell("first frame of the list", ours)
    _tell("first frame of an empty list", theirs)
    print(f"{'':4}ratio of the medians {median(ours) / median(theirs):.2f}", end="")
    print(f" (goal at most {OPEN_LIMIT})", flush=True)


def bench_keys(many: Terminal, table: Terminal) -> None:
    """Down and up through fifty rows, and two pages on and back, in turns with the table.

    A third page would lead the table to no other row, so that it drew no frame to wait for.
    """
    ours: dict[str, list[float]] = {"moving": [], "scrolling": []}
    peer: dict[str, list[float]] = {"moving": [], "scrolling": []}
    many.press(DOWN)
    many.rest()
    many.press(HOME)
    many.rest()
    spent = {terminal.pid: -cpu_s_of(terminal.pid) for terminal in (many, table)}
    for _ in range(ROUNDS):
        for told, terminal, rows in ((ours, many, ROWS), (peer, table, 50)):
            told["moving"] += _walk(terminal, rows, DOWN, range(1, STEPS))
            told["moving"] += _walk(terminal, rows, UP, range(STEPS - 2, -1, -1))
            for key in (PAGE_DOWN, PAGE_DOWN, PAGE_UP, PAGE_UP) * PAGINGS:
                told["scrolling"].append(_scroll(terminal, key))
            terminal.press(HOME)
            terminal.rest(0.1)
    keys = sum(len(times) for times in ours.values())
    for terminal in (many, table):
        spent[terminal.pid] += cpu_s_of(terminal.pid)
    mine, its = (spent[terminal.pid] / keys * 1e3 for terminal in (many, table))
    for name, times in ours.items():
        _tell(f"{name}, {ROWS:,} rows", times)
        _tell(f"{name}, DataTable of 50", peer[name])
        tail, other = quantiles(times, n=100)[98], quantiles(peer[name], n=100)[98]
        print(f"{'':4}p99 to {LIMIT_MS:.0f} ms {tail / LIMIT_MS:.2f}, to DataTable's", end="")
        print(f" {tail / other:.2f} (goal both at most 1)", flush=True)
    print(f"processor time of a key {mine:.1f} ms, DataTable's {its:.1f} ms", end="")
    print(f", ratio {mine / its:.2f}", flush=True)


def bench_jumps(many: Terminal) -> None:
    """To the end and to the beginning, and far along by many pages at once."""
    times = []
    for _ in range(ROUNDS):
        many.rest(0.1)
        pressed = many.press(END)
        times.append((many.wait_for(_row(ROWS - 1, ROWS)) - pressed) * 1e3)
        many.rest(0.1)
        pressed = many.press(HOME)
        times.append((many.wait_for(_row(0, ROWS)) - pressed) * 1e3)
    _tell("to the end, to the beginning", times)


def bench_memory(many: Terminal, none: Terminal, hello: Terminal) -> None:
    """Resident memory."""
    full, empty, least = (one.memory_mib() for one in (many, none, hello))
    print(f"memory with the list open {full:.0f} MiB, with an empty one {empty:.0f} MiB", end="")
    print(f", hello-world {least:.0f} MiB")
    print(f"{'':4}ratio to hello-world {full / least:.2f} (goal at most {MEMORY_LIMIT})", end="")
    print(f", to the empty list {full / empty:.2f}", flush=True)


def _row(place: int, rows: int) -> str:
    """What stands in a row of a list that begins with the newest."""
    return spaced(number_of(rows - 1 - place))


def _open(terminal: Terminal, shown: str) -> float:
    """Away from "all cases" by the key of the queue before, and back."""
    terminal.press(TO_CASES)
    terminal.rest()
    terminal.press("\x1b[B")  # from the box into the list
    terminal.rest()
    terminal.press(BACK_UP)
    # Laying out what was shown before takes a second or so behind the screen.
    terminal.rest(3.0)
    pressed = terminal.press(ONWARDS)
    return (terminal.wait_for(shown) - pressed) * 1e3


def _open_empty(terminal: Terminal) -> float:
    """From "all cases", where one stands, to the queue before, where none does.

    Between two empty lists the word on emptiness stands there already, and nothing is drawn.
    """
    terminal.press(TO_CASES)
    terminal.rest()
    terminal.press(DOWN)
    terminal.rest(3.0)
    pressed = terminal.press(BACK_UP)
    return (terminal.wait_for("Nothing to do here") - pressed) * 1e3


def _walk(terminal: Terminal, rows: int, key: str, places: range) -> Iterator[float]:
    for place in places:
        pressed = terminal.press(key)
        yield (terminal.wait_for(_row(place, rows)) - pressed) * 1e3


def _scroll(terminal: Terminal, key: str) -> float:
    """A page on: until the frame that draws the whole list."""
    pressed = terminal.press(key)
    took = (terminal.wait_for_frame() - pressed) * 1e3
    terminal.rest(0.03)
    return took


def _tell(name: str, times: list[float]) -> None:
    tail = quantiles(times, n=100)[98]
    print(f"{name:<34} p50 {median(times):6.1f} ms  p99 {tail:6.1f} ms", flush=True)


if __name__ == "__main__":
    main()
