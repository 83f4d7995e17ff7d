"""A short recording of the real program on a pseudo-terminal, as asciicast v2: `make recording`.

Signing in, and taking in a walk-in of the demo city up to the receipt. Everybody is invented.
"""

from __future__ import annotations

import codecs
import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from clerk.files import write_atomic
from services.demo.city import WINDOW, City

TARGET = Path(__file__).resolve().parents[2] / "docs" / "recordings" / "walk-in.cast"
COLUMNS, LINES = 100, 28
_PATIENCE_S, _BETWEEN_S, _SHOWN_S = 60.0, 0.5, 1.5
"""How long an answer may take, how long it is looked at, and the longest pause that is kept."""

_F2, _CTRL_DOWN, _CTRL_R = "\x1bOQ", "\x1b[1;5B", "\x12"

_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|[()][A-Z0-9]|[=>])")


class Recording:
    """Presses keys on a program and keeps what its terminal was sent, and when."""

    def __init__(self, folder: Path, *command: str) -> None:
        """Start it with all it keeps in this folder, in Chinese."""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        surroundings = {"CLERK_LANGUAGE": "zh_CN", "TERM": "xterm-256color", "COLORTERM": ""}
        # Named from inside the folder: a recording tells no path of the machine it was made on.
        surroundings |= {f"CLERK_{one}_DIR": one.lower() for one in ("DATA", "CONFIG", "STATE")}
        self._program = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=os.environ | surroundings,
            cwd=folder, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._events: list[tuple[float, str, str]] = []
        self._unread = ""
        self._at = 0.0
        self._last = time.monotonic()

    def __enter__(self) -> Self:
        """Go on with the program that runs."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program."""
        self._program.terminate()
        self._program.wait()
        os.close(self._master)

    def wait_for(self, text: str) -> None:
        """Keep what comes until this stands on the screen, and a little longer to read it."""
        until = time.monotonic() + _PATIENCE_S
        while text not in _ESCAPE.sub("", self._unread):
            assert time.monotonic() < until, f"{text} never comes"
            self._keep_for(0.1)
        self._unread = ""
        self._keep_for(_BETWEEN_S)

    def press(self, keys: str, shows: str) -> None:
        """Type these, one after the other, and wait for what they bring."""
        self._unread = ""
        for key in _split(keys):
            os.write(self._master, key.encode())
            self._keep_for(0.06)
        self.wait_for(shows)

    def recorded(self) -> bytes:
        """All that was kept, as a file."""
        head = {"version": 2, "width": COLUMNS, "height": LINES, "title": "clerk"}
        lines = [head, *self._events]
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines).encode()

    def _keep_for(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self._master], [], [], left)[0]:
                self._keep(self._decoder.decode(os.read(self._master, 1 << 16)))

    def _keep(self, text: str) -> None:
        now = time.monotonic()
        self._at += min(now - self._last, _SHOWN_S)
        self._last = now
        self._unread += text
        self._events.append((round(self._at, 2), "o", text))


def _split(keys: str) -> list[str]:
    """Keys as a person presses them: an escape sequence is one."""
    return re.findall(r"\x1b(?:O.|\[[0-9;]*[A-Za-z~])|.", keys, re.DOTALL)


def record(folder: Path) -> bytes:
    """Sign in, take in a walk-in of a firm and give the receipt."""
    with City(folder / "data" / "demo-city") as city:
        city.desk(WINDOW)
        told = city.told
    seat = Recording(folder, sys.executable, "-m", "clerk", "demo", "--seat", WINDOW)
    with seat:
        seat.wait_for("登录名")
        seat.press(f"{told.counter[0]}\r{told.password}\r", "F2 接待下一位")
        seat.press(_F2, "输入或扫描")
        seat.press(f"{told.organisations[0].uscc}\r", "法人库")
        seat.press(f"{_CTRL_DOWN}spjyxk", "市市场监督管理局")
        seat.press("\r", "承诺8个工作日")
        seat.press("\r1", "经营项目")
        seat.press("2", "免提交")
        seat.press("a", "1/1")
        seat.press(_CTRL_R, "查询密码")
    return seat.recorded()


def main() -> None:
    """Found a city in a folder of its own, record in it, and leave nothing else behind."""
    with tempfile.TemporaryDirectory() as name:
        recorded = record(Path(name))
    TARGET.parent.mkdir(exist_ok=True)
    write_atomic(TARGET, recorded)
    sys.stdout.write(f"{TARGET.name}  {len(recorded) // 1024} KB\n")


if __name__ == "__main__":
    main()
