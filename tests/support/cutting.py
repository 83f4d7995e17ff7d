"""A line that breaks: it carries bytes both ways, counts them, and is cut after so many."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

_PIECE = 16 * 1024


class CuttingLine:
    """Stands on a port of its own before central. `cuts` are the bytes until each next cut."""

    def __init__(self, central: str, *, towards_desk: bool = False) -> None:
        """Take central's address, and which way is counted and cut."""
        parts = urlsplit(central)
        assert parts.hostname is not None
        assert parts.port is not None
        self.upstream = (parts.hostname, parts.port)
        self.towards_desk = towards_desk
        self.cuts: list[int] = []
        self.carried = 0
        self._since = 0
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def address(self) -> str:
        """Where a desk finds it."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def carry(self, count: int) -> int:
        """How many of these bytes come through; fewer than all is a cut."""
        with self._lock:
            if not self.cuts or self._since + count < self.cuts[0]:
                self._since += count
                self.carried += count
                return count
            through = self.cuts.pop(0) - self._since
            self.carried += through
            self._since = 0
            return through

    def start(self) -> None:
        """Begin to carry."""
        self._thread.start()

    def close(self) -> None:
        """Carry no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextlib.contextmanager
def breaking(central: str, *, towards_desk: bool = False) -> Iterator[CuttingLine]:
    """A running line before this central."""
    line = CuttingLine(central, towards_desk=towards_desk)
    line.start()
    try:
        yield line
    finally:
        line.close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, line: CuttingLine) -> None:
        self.line = line
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        """One connection, until either side has enough of it."""
        with socket.create_connection(self.server.line.upstream) as central:
            towards_desk = self.server.line.towards_desk
            back = threading.Thread(
                target=self._carry, args=(central, self.request), kwargs={"counted": towards_desk}
            )
            back.start()
            self._carry(self.request, central, counted=not towards_desk)
            back.join()

    def _carry(self, source: socket.socket, target: socket.socket, *, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                through = self.server.line.carry(len(piece)) if counted else len(piece)
                target.sendall(piece[:through])
                if through < len(piece):
                    break
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
