"""The stacks that central could have been built on, each serving the same two calls.

`lookup` reads a row by its key; `submit` writes a command, a case, an event and a feed row under
the feed's lock. Litestar and asyncpg are measured where they are installed.
"""

from __future__ import annotations

import asyncio
import importlib
import itertools
import os
import sys
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import uvicorn
from sqlalchemy import Engine, create_engine, event, text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clerk.decoding import decode

PEOPLE = 10_000
TABLES = (
    "create table people (id integer primary key, name text)",
    "create table commands (device text, n integer, body text, primary key (device, n))",
    "create table cases (id text primary key, stage text)",
    "create table events (case_id text, seq integer, body text, primary key (case_id, seq))",
    "create table feed (position {serial}, audience text, entity text)",
)
LOOKUP = "select name from people where id = :id"
SUBMIT = (
    "insert into commands (device, n, body) values (:device, :n, :body) on conflict do nothing",
    "insert into cases (id, stage) values (:id, 'received')",
    "insert into events (case_id, seq, body) values (:id, 1, :body)",
    "insert into feed (audience, entity) values ('window:1', :id)",
)
LOCK = "select pg_advisory_xact_lock(7)"
Act = Callable[[dict[str, Any]], Any]
Acts = tuple[Act, Act]
_BODY = "x" * 2000
_numbers = itertools.count(1)


class Ask(msgspec.Struct):
    """What a caller asks."""

    id: int


def rows() -> dict[str, Any]:
    """A submission nobody made yet."""
    n = next(_numbers)
    return {"device": str(os.getpid()), "n": n, "id": f"{os.getpid()}-{n}", "body": _BODY}


def open_engine(url: str) -> Engine:
    """SQLAlchemy's engine as central sets it up."""
    if url.startswith("postgresql"):
        address = url.replace("postgresql://", "postgresql+psycopg://")
        return create_engine(
            address, connect_args={"prepare_threshold": None}, pool_size=16, max_overflow=0
        )
    engine = create_engine(url, connect_args={"check_same_thread": False}, pool_size=16)

    @event.listens_for(engine, "connect")
    def set_up(raw: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        raw.isolation_level = None
        raw.execute("pragma journal_mode=wal").fetchall()
        raw.execute("pragma synchronous=full").fetchall()

    return engine


def core(url: str) -> Acts:
    """SQLAlchemy Core with blocking drivers: what central does."""
    engine, writing = open_engine(url), threading.Lock()
    on_postgres = url.startswith("postgresql")

    def lookup(asked: dict[str, Any]) -> Any:  # noqa: ANN401 - a row's value
        with engine.connect() as connection:
            return connection.execute(text(LOOKUP), asked).scalar()

    def submit(_asked: dict[str, Any]) -> str:
        row = rows()
        if not on_postgres:
            writing.acquire()
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("begin" if on_postgres else "begin immediate")
                for statement in SUBMIT[:3]:
                    connection.execute(text(statement), row)
                if on_postgres:
                    connection.exec_driver_sql(LOCK)
                connection.execute(text(SUBMIT[3]), row)
                connection.exec_driver_sql("commit")
        finally:
            if not on_postgres:
                writing.release()
        return "applied"

    return lookup, submit


def raw_psycopg(url: str) -> Acts:
    """Psycopg alone, one connection a thread."""
    import psycopg

    own = threading.local()
    lookup_sql, *submit_sql = (_percent(one) for one in (LOOKUP, *SUBMIT))

    def connection() -> psycopg.Connection[Any]:
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(url, prepare_threshold=None)
        found: psycopg.Connection[Any] = own.connection
        return found

    def lookup(asked: dict[str, Any]) -> Any:  # noqa: ANN401 - a row's value
        with connection().transaction():
            row = connection().execute(lookup_sql.encode(), asked).fetchone()
        return row[0] if row else None

    def submit(_asked: dict[str, Any]) -> str:
        row = rows()
        with connection().transaction():
            for statement in submit_sql[:3]:
                connection().execute(statement.encode(), row)
            connection().execute(LOCK.encode())
            connection().execute(submit_sql[3].encode(), row)
        return "applied"

    return lookup, submit


def raw_asyncpg(url: str) -> Acts:
    """Asyncpg alone, with a pool; statements are not prepared, as behind pgbouncer."""
    asyncpg = importlib.import_module("asyncpg")  # measured where it is installed

    pool: list[Any] = []

    async def get_pool() -> Any:  # noqa: ANN401 - comes without types
        if not pool:
            pool.append(await asyncpg.create_pool(url, max_size=16, statement_cache_size=0))
        return pool[0]

    async def lookup(asked: dict[str, Any]) -> Any:  # noqa: ANN401 - a row's value
        async with (await get_pool()).acquire() as connection:
            return await connection.fetchval(LOOKUP.replace(":id", "$1"), asked["id"])

    async def submit(_asked: dict[str, Any]) -> str:
        row = rows()
        async with (await get_pool()).acquire() as connection, connection.transaction():
            await connection.execute(
                "insert into commands values ($1, $2, $3) on conflict do nothing",
                row["device"],
                row["n"],
                row["body"],
            )
            await connection.execute("insert into cases values ($1, 'received')", row["id"])
            await connection.execute("insert into events values ($1, 1, $2)", row["id"], _BODY)
            await connection.execute(LOCK)
            await connection.execute(
                "insert into feed (audience, entity) values ('window:1', $1)", row["id"]
            )
        return "applied"

    return lookup, submit


DRIVERS = {"core": core, "psycopg": raw_psycopg, "asyncpg": raw_asyncpg}
_pool = ThreadPoolExecutor(16)


def starlette_app(acts: Acts) -> Any:  # noqa: ANN401 - an ASGI application
    """Starlette with msgspec by hand."""

    def serve(act: Act) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            asked = decode(await request.body(), Ask)
            found = await _run(act, asked)
            return Response(msgspec.json.encode(found), media_type="application/json")

        return handle

    lookup, submit = acts
    return Starlette(
        routes=[
            Route("/lookup", serve(lookup), methods=["POST"]),
            Route("/submit", serve(submit), methods=["POST"]),
        ]
    )


def litestar_app(acts: Acts) -> Any:  # noqa: ANN401 - an ASGI application
    """Litestar, which decodes and encodes with msgspec itself."""
    litestar = importlib.import_module("litestar")  # measured where it is installed

    def serve(path: str, act: Act) -> Any:  # noqa: ANN401 - Litestar's own
        async def handle(data: Ask) -> str:
            return str(await _run(act, data))

        # Litestar reads annotations at run time, in this module's names.
        handle.__annotations__ = {"data": Ask, "return": str}
        return litestar.post(path)(handle)

    lookup, submit = acts
    return litestar.Litestar([serve("/lookup", lookup), serve("/submit", submit)])


async def _run(act: Act, asked: Ask) -> Any:  # noqa: ANN401 - a row's value
    row = {"id": asked.id}
    if asyncio.iscoroutinefunction(act):
        return await act(row)
    return await asyncio.get_running_loop().run_in_executor(_pool, act, row)


def _percent(statement: str) -> str:
    for name in ("device", "body", "id", "n"):
        statement = statement.replace(f":{name}", f"%({name})s")
    return statement


def main() -> None:
    """Serve one stack: framework, driver, database, open socket."""
    framework, driver, url, descriptor = sys.argv[1:]
    make = {"starlette": starlette_app, "litestar": litestar_app}[framework]
    app = make(DRIVERS[driver](url))
    uvicorn.run(app, fd=int(descriptor), access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
