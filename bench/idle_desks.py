"""What desks that only wait cost central: python -m bench.idle_desks.

500 enrolled desks hold their long poll at a real central, each on a connection of its own from
another process. Beside them the same central with nobody at it, and the same desks asking each
second instead. Then one change is made that all of them see: how long until the last has it.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench._town import cpu_s_of, make_town, serving
from central.db import devices, feed, offices
from central.db.engine import Connection, Database, open_database
from central.secrets import hash_token, new_token
from central.sync.enrol import enrol as enrol_desk
from central.sync.enrol import give_code
from clerk.clock import SystemClock
from clerk.contract.item import Department
from clerk.contract.sync import PULL_WAIT_MOST_S, Enrol, Page
from clerk.decoding import decode

DESKS = 500
LOOKED_AT_S = 2 * PULL_WAIT_MOST_S
PEERS_LOOKED_AT_S = 15
_Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_Way = Callable[["Waiting"], Coroutine[Any, Any, None]]
_Desks = list["Waiting"]


class Waiting:
    """One desk's connection, and how often it asked."""

    def __init__(self, line: _Line, token: str, cursor: int) -> None:
        """Go on from where the desk's cursor is."""
        self._reader, self._writer = line
        self._token = token
        self.cursor = cursor
        self.asked = self.refused = 0

    async def pull(self, wait_s: int) -> None:
        """Ask as a desk does, and take the page; an overloaded central may refuse."""
        self.asked += 1
        head = f"GET /sync/pull?cursor={self.cursor}&wait={wait_s} HTTP/1.1\r\nHost: bench\r\n"
        self._writer.write(f"{head}Authorization: Bearer {self._token}\r\n\r\n".encode())
        told = await self._reader.readuntil(b"\r\n\r\n")
        length = told.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        body = await self._reader.readexactly(int(length))
        if told.startswith(b"HTTP/1.1 503"):
            self.refused += 1
            return
        assert told.startswith(b"HTTP/1.1 200"), told
        self.cursor = decode(body, Page).end

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


def main() -> None:
    """Idle, nobody, asking each second, and one change."""
    with TemporaryDirectory() as name:
        database = make_town(Path(name), {})
        with serving(database) as (address, process):
            central = open_database(f"sqlite:///{database}")
            known = [enrol(central) for _ in range(DESKS)]
            asyncio.run(measure(central, address, process, known))
            central.close()


def enrol(central: Database) -> tuple[str, int]:
    """A desk's token, and its cursor with its bootstrap done."""
    return central.commit(_enrol)


def _enrol(connection: Connection) -> tuple[str, int]:
    now, token = SystemClock().now(), new_token()
    code = give_code(connection, window="w1", department="", now=now)
    key = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    device = enrol_desk(connection, Enrol(code=code, public_key=key), now).device
    devices.give_token(connection, hash_token(token), device, now, now + timedelta(hours=1))
    return token, feed.head(connection)


async def measure(
    central: Database, address: str, process: int, known: list[tuple[str, int]]
) -> None:
    """Each way in turn at one central."""
    nobody, _ = await cost_of([], process, PEERS_LOOKED_AT_S)
    async with asking(address, known, _ask_each_second) as desks:
        storm, storm_asked = await cost_of(desks, process, PEERS_LOOKED_AT_S)
    async with asking(address, known, _wait) as desks:
        idle, idle_asked = await cost_of(desks, process, LOOKED_AT_S)
        woken_s = await time_change(central, desks)
        assert not any(desk.refused for desk in desks), "nobody who waits is refused"
    tell("nobody", nobody, 0)
    tell(f"{DESKS} desks wait", idle, idle_asked)
    tell(f"{DESKS} desks ask each second", storm, storm_asked)
    print(f"waiting to asking: CPU {idle / storm:.3f}, requests {idle_asked / storm_asked:.3f}")
    print(f"a change that all {DESKS} see is at the last of them after {woken_s:.2f} s")


@asynccontextmanager
async def asking(address: str, known: list[tuple[str, int]], way: _Way) -> AsyncIterator[_Desks]:
    """Desks that go on asking in one way, each on its own connection."""
    port = int(address.rpartition(":")[2])
    desks = [Waiting(await asyncio.open_connection("127.0.0.1", port), *one) for one in known]
    tasks = [asyncio.create_task(way(desk)) for desk in desks]
    yield desks
    for task in tasks:
        task.cancel()
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        assert isinstance(ended, asyncio.CancelledError), ended
    for desk in desks:
        desk.close()


async def cost_of(desks: _Desks, process: int, seconds: float) -> tuple[float, float]:
    """CPU seconds of central in a minute, and requests in a second, once all have asked."""
    while any(not desk.asked for desk in desks):  # noqa: ASYNC110 - as below
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    before, asked_before = cpu_s_of(process), sum(desk.asked for desk in desks)
    began = perf_counter()
    await asyncio.sleep(seconds)
    took = perf_counter() - began
    cpu_s, asked = cpu_s_of(process) - before, sum(desk.asked for desk in desks) - asked_before
    return cpu_s * 60 / took, asked / took


async def time_change(central: Database, desks: _Desks) -> float:
    """Seconds from a commit in another process until every desk has what it changed."""
    department = Department(id="market", name="市市场监督管理局", short_name="市场")
    began = perf_counter()
    position = await asyncio.to_thread(central.commit, partial(_change, department=department))
    while any(desk.cursor < position for desk in desks):  # noqa: ASYNC110 - 500 of them tell nobody
        await asyncio.sleep(0.01)
    return perf_counter() - began


def _change(connection: Connection, department: Department) -> int:
    feed.announce(connection, (offices.put_department(connection, department),))
    return feed.head(connection)


async def _wait(desk: Waiting) -> None:
    # Desks are not switched on in one second.
    await asyncio.sleep(random() * PULL_WAIT_MOST_S)
    while True:
        await desk.pull(PULL_WAIT_MOST_S)


async def _ask_each_second(desk: Waiting) -> None:
    await asyncio.sleep(random())
    while True:
        await desk.pull(0)
        await asyncio.sleep(1)


def tell(name: str, cpu_s: float, asked: float) -> None:
    """One line."""
    print(f"{name:<32} central's CPU {cpu_s:6.2f} s a minute   {asked:6.1f} requests/s", flush=True)


if __name__ == "__main__":
    main()
