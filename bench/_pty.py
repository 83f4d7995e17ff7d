"""A program in a pseudo-terminal: keys go in, and what comes out is cut into frames and timed.

A frame is what stands between the two marks of synchronized output (mode 2026), which the terminal
says here that it knows: Textual then marks every frame's beginning and end. What comes before it
heard the answer has no marks; there a frame ends with the bytes that were written at once.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter

PATIENCE_S = 120.0
_ASKED, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_BEGIN, _END = b"\x1b[?2026h", b"\x1b[?2026l"
_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-B]|[=>78])"
)
_LAST_CALL_S = 5.0


class Terminal:
    """One program on a terminal of its own. What is waited for in vain raises `TimeoutError`."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        size: tuple[int, int] = (80, 24),
    ) -> None:
        """Start it now, on so many columns and lines; its clock starts too."""
        self._master, slave = os.openpty()
        columns, lines = size
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._seen = bytearray()
        self.began = self._came = perf_counter()
        self._program = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=_surroundings(environment),
            start_new_session=True,
        )
        os.close(slave)

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._program.pid

    def press(self, keys: str) -> float:
        """Send keys as a terminal encodes them; answers the moment, and forgets what was shown."""
        self._seen.clear()
        pressed = perf_counter()
        os.write(self._master, keys.encode())
        return pressed

    def wait_for_text(self) -> float:
        """Read until there is anything to read for a person; the moment that it was there."""
        return self._read_until(_shows_anything)

    def wait_for(self, *texts: str, patience_s: float = PATIENCE_S) -> float:
        """Read until a frame that ended shows these texts; the moment that its end was there."""
        wanted = [text.encode() for text in texts]
        return self._read_until(lambda seen: _shows(seen, wanted), patience_s)

    def wait_for_frame(self) -> float:
        """Read until a frame has ended since the last key; the moment that its end was there."""
        return self._read_until(lambda seen: _shows_anything(seen) and _shows(seen, []))

    def wait_for_quiet(self, quiet_s: float) -> float:
        """Read until nothing was written for so long; the moment that the last of it was there."""
        self.wait_for_frame()
        self.rest(quiet_s)
        return self._came

    def rest(self, quiet_s: float = 0.3) -> None:
        """Read until nothing was written for so long."""
        until = perf_counter() + PATIENCE_S
        while self._read_some(quiet_s) and perf_counter() < until:
            pass

    @property
    def shown(self) -> str:
        """What came since the last key, without its colours and places: for whoever looks why."""
        return _plain(bytes(self._seen)).decode(errors="replace")

    def memory_mib(self) -> float:
        """The program's resident memory."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        (told,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(told.split()[1]) / 1024

    def close(self) -> None:
        """End the program, and wait for it."""
        self._program.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired, OSError):
            while self._program.poll() is None and self._read_some(_LAST_CALL_S):
                pass
        if self._program.poll() is None:
            self._program.kill()
        self._program.wait()
        os.close(self._master)

    def _read_until(self, there: Callable[[bytes], bool], patience_s: float = PATIENCE_S) -> float:
        until = perf_counter() + patience_s
        while not there(bytes(self._seen)):
            if perf_counter() > until or not self._read_some(patience_s):
                raise TimeoutError(self.shown[-2000:])
        return self._came

    def _read_some(self, patience_s: float) -> bool:
        """Read what is there, waiting for it for so long; whether anything came."""
        if not select.select([self._master], [], [], patience_s)[0]:
            return False
        try:
            chunk = os.read(self._master, 1 << 16)
        except OSError:  # the program has closed its end
            return False
        self._came = perf_counter()
        self._seen += chunk
        if _ASKED in chunk:
            os.write(self._master, _ANSWER)
        return bool(chunk)


def _surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """As on a seat: a terminal of many colours, and modules that are compiled once for all starts.

    A container's usual setting has every start compile all that is not installed, and keep what
    compiling leaves behind.
    """
    told = {**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return {name: value for name, value in told.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _plain(seen: bytes) -> bytes:
    return _ESCAPES.sub(b"", seen)


def _shows_anything(seen: bytes) -> bool:
    return bool(_plain(seen).strip())


def _shows(seen: bytes, wanted: list[bytes]) -> bool:
    """Whether what is there is whole frames, and shows all of these."""
    begun = seen.rfind(_BEGIN)
    if begun >= 0 and seen.find(_END, begun) < 0:
        seen = seen[:begun]
    plain = _plain(seen)
    return all(text in plain for text in wanted)
