"""Times scans over HTTP against a bare copy through the same server: python -m bench.scans.

The peer sends the same bytes in the same chunks over the same kind of connection to a server of
the same kind that only counts them. What lies between the two is ours: who may send, the note of
each chunk on the disk, the object store, the hash of the whole. No limit is set for it: a
line of 100 Mbit/s carries 12 MB a second.
"""

from __future__ import annotations

import hashlib
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import httpx
import uvicorn
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from central.running import running
from central.service import Central
from central.sync.enrol import give_code
from clerk.clock import SettableClock
from clerk.contract.command import AttachScan
from clerk.contract.scan import BLOB_CHUNK_BYTES, MediaType, Scan
from tests.support.cases import CLERK, MONDAY, receive_command
from tests.support.central import TalkingDesk, furnish
from tests.support.scans import blob

COUNT, SIZE = 5, 10_000_000
ROUNDS = 3
CHUNKS = (64 * 1024, BLOB_CHUNK_BYTES, 1024 * 1024, 4 * 1024 * 1024)

Send = Callable[[bytes, int, bytes], object]


def main() -> None:
    """50 MB by each size of chunk, each time with new bytes."""
    print(f"{COUNT} scans of {SIZE / 1e6:.0f} MB; the desk sends {BLOB_CHUNK_BYTES // 1024} KiB")
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as desk, bare() as peer:
        for chunk in CHUNKS:
            best = max(measure(desk, peer, chunk, seed) for seed in range(chunk, chunk + ROUNDS))
            print(f"{chunk // 1024:5} KiB  ratio to a bare copy {best:.2f}")


def measure(desk: TalkingDesk, peer: httpx.Client, chunk: int, seed: int) -> float:
    """How fast central took them, as a part of how fast they could have been copied."""
    datas = [blob(SIZE, seed * COUNT + place) for place in range(COUNT)]
    attach(desk, datas)
    paths = {id(data): f"/blobs/{hashlib.sha256(data).hexdigest()}" for data in datas}

    def to_central(data: bytes, start: int, part: bytes) -> None:
        told = {"Upload-Offset": str(start), "Upload-Length": str(len(data))}
        answer = desk.http.patch(paths[id(data)], content=part, headers=desk.headers() | told)
        assert answer.status_code == httpx.codes.NO_CONTENT, answer.text

    ours = time_s(datas, chunk, to_central)
    copied = time_s(datas, chunk, lambda _data, _start, part: peer.patch("/", content=part))
    return copied / ours


def time_s(datas: list[bytes], chunk: int, send: Send) -> float:
    """Seconds for all of them."""
    began = perf_counter()
    for data in datas:
        for start in range(0, len(data), chunk):
            send(data, start, data[start : start + chunk])
    return perf_counter() - began


def attach(desk: TalkingDesk, datas: list[bytes]) -> None:
    """A case that these scans belong to."""
    case_id, answer = desk.receive(replace(receive_command(), number=""))
    assert answer.refusal is None, answer
    for base, data in enumerate(datas, 1):
        kind, sha256 = MediaType.PDF.value, hashlib.sha256(data).hexdigest()
        scan = Scan(sha256=sha256, material="m1", media_type=kind, size=len(data))
        (answer,) = desk.send(desk.envelope(AttachScan(scan=scan), CLERK, case_id, base))
        assert answer.refusal is None, answer


@contextmanager
def opened(folder: Path) -> Iterator[TalkingDesk]:
    """A desk at a window of a running central on SQLite, with its scans in a folder."""
    clock = SettableClock(MONDAY)
    central = Central.open(f"sqlite:///{folder / 'central.db'}", clock)
    central.init()
    central.database.commit(furnish)
    code = central.database.commit(
        lambda connection: give_code(connection, window="w1", department="", now=clock.now())
    )
    with running(central) as url:
        desk = TalkingDesk(url, clock)
        with desk.http:
            desk.enrol(code)
            desk.hello()
            yield desk
    central.close()


@contextmanager
def bare() -> Iterator[httpx.Client]:
    """A server that reads what it is sent, and does nothing with it."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=[Route("/", _swallow, methods=["PATCH"])])
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
        yield client
    server.should_exit = True
    thread.join()
    listener.close()


async def _swallow(request: Request) -> Response:
    async for _part in request.stream():
        pass
    return Response(status_code=204)


if __name__ == "__main__":
    main()
