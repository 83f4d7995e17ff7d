"""Between HTTP and the handlers: request ids, errors, the long poll, what is measured."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Awaitable, Callable
from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from central.access import scope_of
from central.db.devices import Device
from central.http.answering import Encoded, encode, respond
from central.http.asked import Asked, read_request
from central.http.endpoint import Endpoint
from central.http.problems import RETRIED, describe, status_of
from central.service import Central
from central.sync.pull import pull
from clerk.contract.ids import new_id
from clerk.contract.sync import PULL_WAIT_MOST_S, Page, Problem
from clerk.errors import ClerkError, InputError
from clerk.log import set_request, write_event, write_failure

RETRY_AFTER_S = 3
POLLS_READ_AT_ONCE = 8
"""Half the threads: one commit may wake every desk, and the others' work goes on beside that."""

_REQUEST_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST_CURSOR = 2**53
_log = logging.getLogger(__name__)

Serve = Callable[[Request], Awaitable[Response]]


def make_serve(central: Central, endpoint: Endpoint) -> Serve:
    """What Starlette calls for an endpoint; the one place that catches everything."""
    turns = asyncio.Semaphore(POLLS_READ_AT_ONCE)

    async def serve(request: Request) -> Response:
        request_id = _request_id(request, central)
        set_request(request_id)
        began = central.clock.monotonic_ms()
        try:
            encoded = await _answer(central, endpoint, request, turns)
            response = respond(encoded, encoded.status, request_id)
        except ClerkError as error:
            response = refuse(error, request_id)
        except Exception as error:  # noqa: BLE001 - the boundary: nobody above can do more
            write_failure(_log, "request.failed", error, path=endpoint.path)
            problem = Problem(code="central.unexpected", request_id=request_id)
            response = respond(Encoded(msgspec.json.encode(problem)), 500, request_id)
        _measure(central, endpoint, response, central.clock.monotonic_ms() - began)
        return response

    return serve


def refuse(error: ClerkError, request_id: str) -> Response:
    """An error as an HTTP answer."""
    status = status_of(error)
    problem = describe(error, request_id)
    response = respond(Encoded(msgspec.json.encode(problem)), status, request_id)
    response.headers["Clerk-Problem"] = error.code  # an answer to HEAD has no body
    if status in RETRIED:
        response.headers["Retry-After"] = str(error.parameters.get("retry_after_s", RETRY_AFTER_S))
    return response


async def _answer(
    central: Central, endpoint: Endpoint, request: Request, turns: asyncio.Semaphore
) -> Encoded:
    asked = await read_request(request, central.clock, endpoint.most_bytes)
    accepted = asked.headers.get("accept-encoding", "")
    if endpoint.asking is not None:
        return encode(await endpoint.asking(central, asked), accepted)
    if endpoint.handler is None:
        return await _long_poll(central, asked, accepted, turns)
    handler = endpoint.handler
    return await central.workers.run(lambda: encode(handler(central, asked), accepted))


async def _long_poll(
    central: Central, asked: Asked, accepted: str, turns: asyncio.Semaphore
) -> Encoded:
    """The next page at once if there is something in it, else when there is, or in the end.

    Desks that were woken together take turns, and are not refused for being many.
    """
    cursor = _read_whole(asked, "cursor", _MOST_CURSOR)
    wait_s = _read_whole(asked, "wait", PULL_WAIT_MOST_S)
    loop = asyncio.get_running_loop()
    until = loop.time() + wait_s
    with central.wakeups.listen() as waiter:
        while True:
            waiter.rest()
            async with turns:
                reading = partial(_read_page, central, asked, cursor, accepted)
                device, page, encoded = await central.workers.run(reading)
            waiter.audiences = scope_of(device)
            left = until - loop.time()
            if page.items or left <= 0 or central.wakeups.closed:
                return encoded
            if not await waiter.wait(left):
                return encoded  # nothing changed: it is the same page still


def _read_page(
    central: Central, asked: Asked, cursor: int, accepted: str
) -> tuple[Device, Page, Encoded]:
    """A page, and it as bytes; the desk is asked for anew, for it may be out by now."""
    with central.database.read() as connection:
        device = asked.get_device(connection)
        page = pull(connection, device, cursor)
    return device, page, encode(page, accepted)


def _read_whole(asked: Asked, name: str, most: int) -> int:
    text = asked.query.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        raise InputError("pull.cursor_invalid")
    return min(int(text), most)


def _request_id(request: Request, central: Central) -> str:
    """The desk's name for the request, or a new one."""
    told = request.headers.get("clerk-request", "")
    if _REQUEST_ID.fullmatch(told):
        return told
    return new_id(int(central.clock.now().timestamp() * 1000), os.urandom)


def _measure(central: Central, endpoint: Endpoint, response: Response, took_ms: int) -> None:
    route, status = endpoint.path, str(response.status_code)
    central.metrics.count("clerk_requests_total", route=route, status=status)
    central.metrics.observe("clerk_request_seconds", took_ms / 1000, route=route)
    write_event(_log, "request.answered", path=route, status=status, elapsed_ms=took_ms)
