"""Running the service: for good, or in a thread for as long as a test or a demo needs it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from central.service import Central
from clerk.errors import InputError

_BACKLOG = 2048
_GRACE_S = 5
_START_S = 30


class _Server(uvicorn.Server):
    """Uvicorn that answers the desks that wait before it ends."""

    def __init__(self, config: uvicorn.Config, central: Central) -> None:
        super().__init__(config)
        self.started_serving = threading.Event()
        self._central = central

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self.started_serving.set()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End on a signal; whoever waits is answered now."""
        self._central.wakeups.close()
        super().handle_exit(sig, frame)


def listen(host: str, port: int) -> socket.socket:
    """Take the address, so that one that cannot be had is told before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OverflowError as error:
        reason = "There is no such port"
        raise InputError("serve.address", host=host, port=port, reason=reason) from error
    except OSError as error:
        errno = error.errno or 0
        reason = os.strerror(errno) if errno > 0 else error.strerror or str(error)
        raise InputError("serve.address", host=host, port=port, reason=reason) from error


def serve(central: Central, listener: socket.socket) -> None:
    """Serve until a signal ends it."""
    with listener:
        _Server(_config(central, *listener.getsockname()[:2]), central).run([listener])


@contextmanager
def running(central: Central, port: int = 0) -> Iterator[str]:
    """Serve on loopback in a thread, on a free port unless told; yields the base URL."""
    listener = socket.create_server(("127.0.0.1", port), backlog=_BACKLOG)
    server = _Server(_config(central, "127.0.0.1", 0), central)
    thread = threading.Thread(target=server.run, args=([listener],), name="central", daemon=True)
    thread.start()
    try:
        if not server.started_serving.wait(_START_S):
            message = "central did not start"
            raise RuntimeError(message)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        central.wakeups.close()
        server.should_exit = True
        thread.join()
        listener.close()


def _config(central: Central, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        central.app(),
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        backlog=_BACKLOG,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )
