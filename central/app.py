"""The ASGI application: the routes, and what runs beside them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib.metadata import version

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from central.db.listening import Listener
from central.http.answering import Encoded, respond
from central.http.edge import make_serve, refuse
from central.http.endpoints import ENDPOINTS
from central.http.openapi import describe_interface
from central.jobs.coming import sweep_coming
from central.jobs.deemed import sweep_deemed
from central.jobs.escalation import sweep_escalations
from central.jobs.lapsing import sweep_lapsed
from central.jobs.licence_ends import sweep_licence_ends
from central.jobs.looks import sweep_looks
from central.jobs.old_answers import sweep_old_answers
from central.jobs.rated import sweep_ratings
from central.jobs.reminding import sweep_reminders
from central.jobs.renewing import sweep_renewals
from central.jobs.scheduled_reports import sweep_scheduled_reports
from central.jobs.sealing import sweep_sealing
from central.jobs.silence import sweep_silence
from central.jobs.unfinished import sweep_unfinished
from central.jobs.usual_times import sweep_usual_times
from central.service import Central
from central.watching.following import sweep_watched
from clerk.errors import InputError
from clerk.log import write_failure

WATCH_EVERY_S = 1.0
"""How often a process looks whether another one has fed the desks that wait here."""

SWEEP_EVERY_S = 60.0
SWEEP_BLOBS_EVERY_S = 3600.0
REMIND_EVERY_S = 3600.0
COUNT_EVERY_S = 1800.0
_SWEEPS: tuple[Callable[[Central], int], ...] = (
    sweep_deemed,
    sweep_lapsed,
    sweep_silence,
    sweep_licence_ends,
    sweep_coming,
)
"""What time asks for, in turn."""
_WATCHING: tuple[Callable[[Central], int], ...] = (
    sweep_watched,
    sweep_escalations,
    sweep_ratings,
)
"""Beside the other sweeps: after an upgrade the board has the whole feed to follow."""
_log = logging.getLogger(__name__)


def make_app(central: Central) -> Starlette:
    """The application over one `Central`."""
    routes = [Route(one.path, make_serve(central, one), methods=[one.method]) for one in ENDPOINTS]
    return Starlette(
        routes=[
            *routes,
            Route("/metrics", partial(_show_metrics, central)),
            Route("/openapi.json", _show_interface),
        ],
        lifespan=partial(_beside, central),
        exception_handlers={HTTPException: _refuse_route},
    )


@asynccontextmanager
async def _beside(central: Central, _app: Starlette) -> AsyncIterator[None]:
    """Watch the feed and sweep while the application serves."""
    central.wakeups.open()
    listener = Listener(central.database, central.wakeups.wake_some)
    listener.start()
    ended = asyncio.Event()
    works = (
        ([_Watch(central).look], WATCH_EVERY_S),
        ([partial(sweep, central) for sweep in _SWEEPS], SWEEP_EVERY_S),
        ([partial(sweep, central) for sweep in _WATCHING], SWEEP_EVERY_S),
        ([partial(sweep_sealing, central)], central.seal_every_s),
        ([partial(sweep_usual_times, central)], COUNT_EVERY_S),
        ([partial(sweep_scheduled_reports, central)], SWEEP_EVERY_S),
        ([partial(sweep_unfinished, central)], SWEEP_BLOBS_EVERY_S),
        ([partial(sweep_reminders, central), partial(sweep_renewals, central)], REMIND_EVERY_S),
        (
            [partial(sweep_old_answers, central), partial(sweep_looks, central)],
            SWEEP_BLOBS_EVERY_S,
        ),
    )
    jobs = [asyncio.create_task(_repeat(central, work, every, ended)) for work, every in works]
    try:
        yield
    finally:
        ended.set()
        # What runs in a thread is let finish: a cancelled wait would leave it at the database.
        await asyncio.gather(*jobs)
        await central.outside.close()
        await asyncio.to_thread(listener.stop)


class _Watch:
    """Wakes the desks that wait here when another process has fed them."""

    def __init__(self, central: Central) -> None:
        self._central = central
        self._seen = 0

    def look(self) -> int:
        """Compare the head with the last one; nobody waiting, nothing is asked."""
        if not len(self._central.wakeups):
            return self._seen
        head = self._central.head()
        if head != self._seen:
            self._central.wakeups.wake_all()
        self._seen = head
        return head


async def _repeat(
    central: Central, works: Sequence[Callable[[], int]], every_s: float, ended: asyncio.Event
) -> None:
    """Do things one after the other, again and again; a database that is away may come back."""
    while not ended.is_set():
        for work in works:
            try:
                await central.workers.run(work)
            except Exception as error:  # noqa: BLE001 - a job's boundary: the others still come
                write_failure(_log, "job.failed", error)
        with suppress(TimeoutError):
            async with asyncio.timeout(every_s):
                await ended.wait()


async def _show_metrics(central: Central, _request: Request) -> Response:
    return PlainTextResponse(central.metrics.render(), media_type="text/plain; version=0.0.4")


async def _show_interface(_request: Request) -> Response:
    body = msgspec.json.encode(describe_interface(version("clerk")))
    return respond(Encoded(body), 200, "")


async def _refuse_route(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException), "what Starlette refuses by itself"
    known = {404: "http.not_found", 405: "http.method_not_allowed"}
    return refuse(InputError(known.get(error.status_code, "http.not_found")), "")
