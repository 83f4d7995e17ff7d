"""Times sync against the bare driver and against central itself: python -m bench.sync.

A desk bootstraps over HTTP from a central in a process of its own; the peer is the driver alone,
which puts the very same rows into the very same tables in one transaction. CLERK_BENCH_ROWS takes
another number of rows than a million.

Two speeds are told: by the wall clock, which counts central and whatever else the machine does at
that time, and by the processor time of the desk alone, which does not.

The peak of memory is measured at three tenths of the rows as well. Both must be more rows than the
page caches take, or what is seen is a cache filling up: a desk writes with one of 32 MiB meanwhile,
and the heads alone of some 108,000 cases fill it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from msgspec.structs import replace

from bench._desk import PASSPHRASE, Took, profile_of
from bench._town import ITEMS, SHARES, cpu_s_of, give_desk_code, make_town, serving
from central.db import devices
from central.db.devices import Device
from central.db.engine import Database, open_database
from central.sync.push import push
from clerk.clock import SettableClock, SystemClock
from clerk.contract.command import Envelope, ReceiveCase
from clerk.contract.ids import new_id
from clerk.contract.sync import PUSH_MOST_COMMANDS, Push
from clerk.decoding import decode
from clerk.rules.numbers import format_case_number
from services.bootstrap import Desk, open_desk
from services.keys import open_key
from storage import outbox
from storage.connection import connect
from storage.store import Store
from tests.support.cases import CLERK, receive_command
from tests.support.central import TalkingDesk
from tests.support.people import people
from tests.support.storage import KEY

ROWS = int(os.environ.get("CLERK_BENCH_ROWS", "1000000"))
AT_ONCE = 1_000
ROUNDS = 3
WINDOW, FEW = "w1", "w2"
_CACHES_FULL_ROWS = 108_000
_CHUNK = 20_000
_COUNTED = ("entity", "item", "case_head")
_TABLES = ("entity", "item", "item_entry", "case_head", "case_body")
_PEOPLE = people(seed=7, count=200)


def main() -> None:
    """Every line, on one central that is made first."""
    with TemporaryDirectory() as name:
        folder, cases = Path(name), ROWS - ITEMS
        shares = ", ".join(map(str, SHARES))
        print(f"{cases} cases, of twenty {shares} (see bench._town), and {ITEMS} items", flush=True)
        began = perf_counter()
        database = make_town(folder, {WINDOW: cases, FEW: ROWS * 3 // 10 - ITEMS})
        print(f"(making them {perf_counter() - began:.0f} s)", flush=True)
        with serving(database) as (address, process):
            bench_bootstrap(folder, database, address, process)
            bench_changes(folder, database, address)


def bench_bootstrap(folder: Path, database: Path, address: str, central: int) -> None:
    """Everything that a window sees, against the driver alone."""
    central_before_s = cpu_s_of(central)
    took = bootstrap(folder, database, address, WINDOW)
    central_s = cpu_s_of(central) - central_before_s
    seconds, cpu_s, rows = insert_bare(folder)
    each = {
        name: round(one / rows * 1e6) for name, one in (("desk", took.cpu_s), ("driver", cpu_s))
    }
    print(f"bootstrap of {rows} rows   clerk {took.seconds:.1f} s   driver {seconds:.1f} s")
    print(f"{'':4}speed against the driver {seconds / took.seconds:.2f} (goal at least 0.5)")
    print(f"{'':4}the same by processor time {cpu_s / took.cpu_s:.2f}", end="")
    print(f": desk {each['desk']} us a row, driver {each['driver']} us", end="")
    print(f" (central, beside the desk, {central_s / rows * 1e6:.0f} us)", flush=True)
    bench_memory(took, bootstrap(folder, database, address, FEW), rows)


def bench_memory(many: Took, few: Took, rows: int) -> None:
    """The most memory of a desk that fetches all, beside one that fetches three tenths."""
    fewer = rows * 3 // 10
    print(f"memory of {rows} rows at most {many.peak_mib:.0f} MiB", end="")
    print(f", of {fewer} rows {few.peak_mib:.0f} MiB")
    ratio = many.peak_mib / few.peak_mib
    each = (many.peak_mib - few.peak_mib) * 2**20 / (rows - fewer)
    print(f"{'':4}ratio of the peaks {ratio:.2f} (goal 1), {each:.1f} bytes a row more")
    full = "both are" if fewer >= _CACHES_FULL_ROWS else "THE SMALLER IS NOT"
    print(f"{'':4}{full} beyond the {_CACHES_FULL_ROWS} rows that fill the page caches", flush=True)


def bench_changes(folder: Path, database: Path, address: str) -> None:
    """A thousand changes pulled, and a thousand commands pushed."""
    clock = SettableClock(SystemClock().now())
    central = open_database(f"sqlite:///{database}")
    talking = TalkingDesk(address, clock)
    desk = open_desk(profile_of(folder / WINDOW), passphrase=PASSPHRASE)
    with talking.http, bare_store(folder) as bare:
        talking.enrol(give_desk_code(database, WINDOW))
        talking.hello()
        desk.sync.run_once()
        other = Numbered(central, talking.enrolled.device)
        own = Numbered(central, desk.enrolled.device)
        pulls, pushes = [], []
        for _ in range(ROUNDS):
            sent = [talking.envelope(other.command(), CLERK) for _ in range(AT_ONCE)]
            in_process = push_in_process(central, other.device, sent)
            pulls.append(pull(desk, bare, [one.case_id for one in sent]))
            pushes.append((push_from(desk, own), in_process))
            desk.sync.run_once()
        tell_pull(pulls)
        tell_push(pushes)
    desk.close()
    central.close()


def tell_pull(rounds: list[tuple[float, float]]) -> None:
    """The best of the rounds."""
    ours, peer = (min(one) for one in zip(*rounds, strict=True))
    print(f"pull of {AT_ONCE} changes   clerk {ours * 1e3:.0f} ms   driver {peer * 1e3:.0f} ms")
    print(f"{'':4}time against the driver {ours / peer:.2f} (goal at most 3)", flush=True)


def tell_push(rounds: list[tuple[float, float]]) -> None:
    """The best of the rounds."""
    ours, peer = (min(one) for one in zip(*rounds, strict=True))
    print(f"push of {AT_ONCE} commands  clerk {ours:.2f} s   central in process {peer:.2f} s")
    print(f"{'':4}speed against central's limit {peer / ours:.2f} (goal at least 0.3)", flush=True)


class Numbered:
    """Receipts of a desk, under numbers that central has lent it."""

    def __init__(self, central: Database, device: str) -> None:
        """Borrow as many as all the rounds take."""
        now = SystemClock().now()
        with central.read() as connection:
            found = devices.find(connection, device)
        assert found is not None, "it is enrolled"
        self.device = found
        lending = partial(
            devices.lend_numbers, window=1, amount=ROUNDS * AT_ONCE, device=found, at=now
        )
        lease = central.commit(lending)
        assert lease is not None, "a new central may lend a week's numbers"
        self.lease = lease
        self._used = 0

    def command(self) -> ReceiveCase:
        """The receipt under the next number."""
        person = _PEOPLE[self._used % len(_PEOPLE)]
        number = format_case_number(
            SystemClock().now().date(), self.lease.window, self.lease.first + self._used
        )
        self._used += 1
        asked = receive_command()
        applicant = replace(asked.applicant, id_number=person.id_number, name=person.name)
        return replace(asked, number=number, applicant=applicant, window=WINDOW)


def push_in_process(central: Database, device: Device, sent: list[Envelope]) -> float:
    """Seconds that central takes for these commands where nothing lies between."""
    began = perf_counter()
    for start in range(0, len(sent), PUSH_MOST_COMMANDS):
        commands = tuple(sent[start : start + PUSH_MOST_COMMANDS])
        message = Push(device=device.id, incarnation=device.incarnation, commands=commands)
        pushed = push(central, device, message, None, SystemClock().now())
        assert all(answer.refusal is None for answer in pushed.answers), pushed.answers
    return perf_counter() - began


def push_from(desk: Desk, numbered: Numbered) -> float:
    """Seconds in which a desk's outbox is pushed and answered."""
    store = desk._store  # noqa: SLF001 - what is queued is queued by no clerk
    now, ids = SystemClock().now(), []
    with store.begin() as connection:
        for _ in range(AT_ONCE):
            ids.append(new_id(int(now.timestamp() * 1000), os.urandom))
            outbox.append(
                connection,
                command_id=ids[-1],
                case_id=ids[-1],
                base_version=0,
                command=numbered.command(),
                user=CLERK.id,
                at=now,
                window=WINDOW,
            )
    began = perf_counter()
    answered = desk.sync._pusher.push_queued()  # noqa: SLF001 - without the pull that follows
    seconds = perf_counter() - began
    assert answered == AT_ONCE, answered
    assert not desk.sync.status().refused, "all were taken"
    return seconds


def pull(desk: Desk, bare: Any, ids: list[str]) -> tuple[float, float]:  # noqa: ANN401 - the driver
    """Seconds in which a desk has these cases, and in which the driver writes their rows."""
    began = perf_counter()
    desk.sync.run_once()
    seconds = perf_counter() - began
    rows = {}
    marks = ", ".join("?" * len(ids))
    with desk._store.read() as connection:  # noqa: SLF001 - to write the very same rows
        for table in ("case_head", "case_body"):
            found = connection.exec_driver_sql(
                f"SELECT * FROM {table} WHERE id IN ({marks})",  # noqa: S608 - our own names
                tuple(ids),
            )
            rows[table] = [tuple(row) for row in found]
            assert len(rows[table]) == len(ids), "all of them came"
    began = perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    for table, some in rows.items():
        insert(bare, table, some)
    bare.execute("COMMIT")
    return seconds, perf_counter() - began


def bootstrap(folder: Path, database: Path, address: str, window: str) -> Took:
    """Enrol a desk at a window, in a process of its own, and let it fetch everything."""
    home = folder / window
    home.mkdir()
    code = give_desk_code(database, window)
    command = [sys.executable, "-m", "bench._desk", str(home), address, code]
    done = subprocess.run(command, check=True, capture_output=True)
    return decode(done.stdout, Took)


def insert_bare(folder: Path) -> tuple[float, float, int]:
    """Seconds, CPU seconds and rows: the desk's rows by the driver alone, in one transaction.

    The full-text index of the items cannot be read back; the driver is spared it.
    """
    source = connect(profile_of(folder / WINDOW).store, _key(folder))
    seconds, cpu_s, count = 0.0, 0.0, 0
    with bare_store(folder) as bare:
        bare.execute("BEGIN IMMEDIATE")
        for table in _TABLES:
            rows = source.execute(f"SELECT * FROM {table} ORDER BY rowid")  # noqa: S608
            while some := rows.fetchmany(_CHUNK):
                began, began_cpu = perf_counter(), process_time()
                insert(bare, table, some)
                seconds += perf_counter() - began
                cpu_s += process_time() - began_cpu
                count += len(some) if table in _COUNTED else 0
        began, began_cpu = perf_counter(), process_time()
        bare.execute("COMMIT")
        seconds += perf_counter() - began
        cpu_s += process_time() - began_cpu
    source.close()
    return seconds, cpu_s, count


@contextmanager
def bare_store(folder: Path) -> Iterator[Any]:
    """The driver's own connection to a store like a desk's."""
    path = folder / "bare" / "desk.db"
    Store.open(path, KEY).close()
    driver = connect(path, KEY)
    try:
        yield driver
    finally:
        driver.close()


def insert(driver: Any, table: str, rows: list[tuple[Any, ...]]) -> None:  # noqa: ANN401 - the driver
    """As many rows as there are, by the driver's own means."""
    marks = ", ".join("?" * len(rows[0]))
    driver.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names


def _key(folder: Path) -> bytes:
    return open_key(profile_of(folder / WINDOW), PASSPHRASE)


if __name__ == "__main__":
    main()
