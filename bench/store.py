"""Times the desk's store against the bare driver on the same file: python -m bench.store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import msgspec

from clerk.contract.case import CaseRecord, Delivery, Stage
from clerk.contract.sync import BootstrapPage
from clerk.decoding import Reader
from clerk.rules.clock import Light
from clerk.sync.desk import DeskState
from storage import cases, drafts, feed
from storage.bulk import write_rows
from storage.case_filter import select_page
from storage.case_head import head_of, write_row
from storage.cases import CaseKey, CaseQuery, Order
from storage.connection import connect
from storage.moments import write_moment
from storage.schema import case_body, case_head
from storage.store import Store
from tests.support.cases import MONDAY
from tests.support.storage import (
    GENERATION,
    KEY,
    case_id,
    make_draft,
    make_record,
    put_calendar,
    put_case,
)
from tests.support.work_calendar import REAL_CALENDAR

CASES = 100_000
LOOKUPS = 5_000
PAGES = 1_000
SAVES = 300
QUEUE_LIMIT_MS = 50
BOOTSTRAP_PAGE = 1_000
BOOTSTRAPPED = 10_000
KILLED_AFTER = (1, 10, 50, 200, 1_000)
OPEN_LIMIT_S = 1.0

_Rows = list[tuple[Any, ...]]


def show(name: str, ours: float, peer: float, unit: str) -> None:
    """One line: our time, the driver's, and the ratio."""
    print(f"{name:<38} {ours:9.2f} {unit:<3} driver {peer:9.2f} {unit:<3} ratio {ours / peer:.2f}")


def time_us(work: Callable[[int], object], times: int) -> float:
    """Microseconds for one of many."""
    began = perf_counter()
    for turn in range(times):
        work(turn)
    return (perf_counter() - began) / times * 1e6


@contextmanager
def new_store() -> Iterator[Store]:
    """A store in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "desk.db", KEY)
        try:
            yield store
        finally:
            store.close()


def make_rows() -> tuple[_Rows, _Rows]:
    """Heads and bodies of all cases, as the tables hold them."""
    began = perf_counter()
    records = [make_record(place) for place in range(CASES)]
    made = perf_counter()
    heads = [write_row(head_of(record, REAL_CALENDAR, MONDAY)) for record in records]
    derived = perf_counter()
    bodies = [(record.id, msgspec.json.encode(record)) for record in records]
    each = (derived - made) / CASES * 1e6
    print(f"(making {made - began:.1f} s; folding and dating a case {each:.0f} us)")
    return heads, bodies


def insert_ours(store: Store, heads: _Rows, bodies: _Rows) -> float:
    """Seconds to insert everything in one transaction through the store."""
    began = perf_counter()
    with store.begin() as conn:
        write_rows(conn, case_head, heads)
        write_rows(conn, case_body, bodies)
    return perf_counter() - began


def insert_bare(store: Store, heads: _Rows, bodies: _Rows) -> float:
    """The same by the driver alone."""
    driver = connect(store.path, KEY)
    began = perf_counter()
    driver.execute("BEGIN IMMEDIATE")
    for name, rows in (("case_head", heads), ("case_body", bodies)):
        marks = ", ".join("?" * len(rows[0]))
        driver.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608
    driver.execute("COMMIT")
    seconds = perf_counter() - began
    driver.close()
    return seconds


def bench_inserts(store: Store) -> None:
    """All cases into their six indexes."""
    heads, bodies = make_rows()
    with new_store() as bare:
        peer = insert_bare(bare, heads, bodies)
    show(f"insert {CASES} cases", insert_ours(store, heads, bodies), peer, "s")


def bench_lookups(store: Store) -> None:
    """A case by its id, decoded on both sides."""
    chance = Random(1)
    ids = [case_id(chance.randrange(CASES)) for _ in range(LOOKUPS)]
    decode = Reader[CaseRecord](CaseRecord)
    driver = connect(store.path, KEY)
    sql = "SELECT body FROM case_body WHERE id = ?"
    with store.read() as conn:
        for name in ("first", "warm"):
            peer = time_us(lambda n: decode(driver.execute(sql, (ids[n],)).fetchone()[0]), LOOKUPS)
            ours = time_us(lambda n: cases.get(conn, ids[n]), LOOKUPS)
            show(f"look a case up by id, {name}", ours, peer, "us")
    driver.close()


def bench_pages(store: Store) -> None:
    """Fifty rows from anywhere in the list; the driver's stay tuples, ours become rows."""
    chance = Random(2)
    keys = [write_moment(make_record(chance.randrange(CASES)).events[0].at) for _ in range(PAGES)]
    query = CaseQuery(order=Order.NEWEST)
    sql = (
        "SELECT * FROM case_head WHERE (received_at, id) < (?, ?) "
        "ORDER BY received_at DESC, id DESC LIMIT 50"
    )
    driver = connect(store.path, KEY)

    def ours_of(turn: int) -> object:
        after = CaseKey(keys[turn], "~")
        return cases.page(conn, msgspec.structs.replace(query, after=after), MONDAY)

    def tuples_of(turn: int) -> object:
        after = CaseKey(keys[turn], "~")
        page = msgspec.structs.replace(query, after=after)
        return conn.execute(select_page(page, MONDAY)).all()

    with store.read() as conn:
        for name, work in (("page of 50, as tuples", tuples_of), ("page of 50, as rows", ours_of)):
            peer = time_us(lambda n: driver.execute(sql, (keys[n], "~")).fetchall(), PAGES)
            show(name, time_us(work, PAGES), peer, "us")
    driver.close()


def bench_queues(store: Store) -> None:
    """What desks ask for all day, among all these cases, to a limit of our own."""
    asked = {
        "received at the window": CaseQuery(stages=(Stage.RECEIVED,), window="w1"),
        "a department's worklist": CaseQuery(step_department="market", order=Order.DUE),
        "ready at the window": CaseQuery(deliveries=(Delivery.AT_WINDOW,)),
        "red ones": CaseQuery(lights=(Light.RED,), order=Order.DUE),
        "a name": CaseQuery(text="欧阳"),
    }
    with store.read() as conn:
        for name, query in asked.items():
            page = time_us(lambda _, q=query: cases.page(conn, q, MONDAY), 20) / 1e3  # type: ignore[misc]
            count = time_us(lambda _, q=query: cases.count(conn, q, MONDAY), 5) / 1e3  # type: ignore[misc]
            print(
                f"{name:<38} page {page:7.2f} ms  count {count:7.2f} ms  "
                f"page to {QUEUE_LIMIT_MS} ms {page / QUEUE_LIMIT_MS:.2f}"
            )


def bench_saves(store: Store) -> None:
    """One keystroke of a draft, on the disk when it returns."""
    typed = [make_draft(1, name) for name in ("王", "王小")]
    bodies = [msgspec.json.encode(draft) for draft in typed]
    driver = connect(store.path, KEY)
    sql = (
        'INSERT INTO draft (id, "user", updated_at, body) VALUES (?, ?, ?, ?) '
        "ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at, body = excluded.body"
    )

    def save_bare(turn: int) -> None:
        driver.execute("BEGIN IMMEDIATE")
        driver.execute(sql, ("draft-1", "u", 1, bodies[turn % 2]))
        driver.execute("COMMIT")

    def save(turn: int) -> None:
        with store.begin() as conn:
            drafts.save(conn, typed[turn % 2])

    peer = time_us(save_bare, SAVES)
    driver.close()
    show("save a draft, durably", time_us(save, SAVES), peer, "us")


def bench_bootstrap() -> None:
    """A whole scope in pages, its swap apart: while that runs, drafts wait."""
    state = DeskState(generation=GENERATION, bootstrapping=True)
    puts = [put_calendar(), *(put_case(make_record(place)) for place in range(BOOTSTRAPPED))]
    with new_store() as store:
        began = perf_counter()
        for start in range(0, len(puts), BOOTSTRAP_PAGE):
            items = tuple(puts[start : start + BOOTSTRAP_PAGE])
            page = BootstrapPage(generation=GENERATION, position=1, next_key="k", items=items)
            with store.begin() as conn:
                state = feed.apply_bootstrap(conn, state, page, MONDAY).state
        filled = perf_counter()
        last = BootstrapPage(generation=GENERATION, position=1, next_key="", items=())
        with store.begin() as conn:
            feed.apply_bootstrap(conn, state, last, MONDAY)
        swapped = perf_counter()
    pages, swap = filled - began, swapped - filled
    print(f"bootstrap of {BOOTSTRAPPED} cases: pages {pages:.2f} s, swap {swap:.2f} s")


def bench_opening() -> None:
    """Opening a file that is there."""
    with new_store() as store:
        store.close()
        peer = time_us(lambda _: connect(store.path, KEY).close(), 50)
        ours = time_us(lambda _: Store.open(store.path, KEY).close(), 50)
    show("open the store", ours, peer, "us")


def bench_opening_after_kill() -> None:
    """Opening a file with all cases whose writer was killed in the middle."""
    with new_store() as store:
        insert_ours(store, *make_rows())
        store.close()
        took = sorted(open_after_kill(store.path, writes) for writes in KILLED_AFTER)
    worst = took[-1]
    print(
        f"{f'open {CASES} cases after kill -9':<38} worst of {len(took)} {worst * 1e3:7.0f} ms, "
        f"to {OPEN_LIMIT_S} s ratio {worst / OPEN_LIMIT_S:.2f}"
    )


def open_after_kill(path: Path, writes: int) -> float:
    """Kill a writer after so many words of it; seconds until the store is open and answers."""
    command = [sys.executable, "-m", "tests.support.dying_writer", str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write("go\n")
        writer.stdin.close()
        child = 0
        for heard, line in enumerate(writer.stdout):
            child = int(line.split()[1]) if line.startswith("child ") else child
            if child and heard >= writes:
                os.kill(child, signal.SIGKILL)
                break
        writer.stdout.read()
    began = perf_counter()
    store = Store.open(path, KEY)
    with store.read() as conn:
        cases.count(conn, CaseQuery(stages=(Stage.RECEIVED,), window="w1"), MONDAY)
        drafts.list_all(conn)
    seconds = perf_counter() - began
    store.close()
    return seconds


def main() -> None:
    """Print every line."""
    with new_store() as store:
        bench_inserts(store)
        bench_lookups(store)
        bench_pages(store)
        bench_queues(store)
        bench_saves(store)
    bench_bootstrap()
    bench_opening()
    bench_opening_after_kill()


if __name__ == "__main__":
    main()
