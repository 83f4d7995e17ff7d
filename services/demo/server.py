"""Central as its own process, as a hall runs it: started, killed and started again."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from clerk.errors import UnreachableError
from clerk.files import write_atomic

_START_S = 30.0
_STEP_S = 0.05
_OURS = "CLERK_"
_PASSED_ON = frozenset({"CLERK_DATA_DIR", "CLERK_LANGUAGE"})
"""Of our own variables what a central in a folder of its own may know."""

_log = logging.getLogger(__name__)


class CentralProcess:
    """`clerk-central` over one database file, on a port of this machine."""

    def __init__(self, folder: Path, seal_passphrase: str = "") -> None:
        """Keep the database and the log in this folder; seals lie under this passphrase."""
        self.folder = folder
        self._seal_passphrase = seal_passphrase
        self.database = f"sqlite:///{folder / 'central.db'}"
        self._port_file = folder / "central.port"
        self.port = self._find_running() or choose_port(self._port_file)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where a desk finds it."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str, secret: str = "") -> str:
        """Run one command of central and return what it printed; `secret` goes to its input."""
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "central", "--database", self.database, *arguments],
            input=secret,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.surroundings(),
            check=False,
        )
        if done.returncode:
            _log.error("demo.central_failed", extra={"fields": {"status": done.returncode}})
            raise UnreachableError("demo.central_failed", log=done.stderr.strip()[-300:])
        return done.stdout

    def start(self) -> None:
        """Serve, and return once the port answers; one that serves already is shared."""
        running = self._find_running()
        if running:
            self.port = running
            return
        write_atomic(self._port_file, str(self.port).encode())
        with (self.folder / "central.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [
                    *(sys.executable, "-m", "central", "--database", self.database),
                    *("serve", "--host", "127.0.0.1", "--port", str(self.port)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.surroundings(),
            )
        self._wait_until_it_answers(self._process)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(hard=True)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(hard=False)

    def _end(self, *, hard: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if hard:
            process.kill()
        else:
            process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + _START_S
        while time.monotonic() < until:
            if process.poll() is not None:
                break
            if _answers(self.port):
                return
            time.sleep(_STEP_S)
        self.kill()
        raise UnreachableError("demo.central_failed", log=str(self.folder / "central.log"))

    def _find_running(self) -> int | None:
        """The port of a central that another terminal started in this folder."""
        return find_answering(self._port_file)

    def surroundings(self) -> dict[str, str]:
        """What its environment is: ours, without what a real central of this machine is told.

        Scans, notices and seals of a demo or a practice stay in its own folder.
        """
        seals = {"CLERK_SEAL_PASSPHRASE": self._seal_passphrase} if self._seal_passphrase else {}
        ours = {
            name: text
            for name, text in os.environ.items()
            if not name.startswith(_OURS) or name in _PASSED_ON
        }
        return {**ours, "PYTHONUTF8": "1", **seals}


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def find_answering(file: Path) -> int | None:
    """The port that this file names, if somebody answers there."""
    try:
        port = int(file.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return port if _answers(port) else None


def choose_port(file: Path) -> int:
    """The port of before, where it is free: papers and descriptions name it. Else another one."""
    try:
        former = int(file.read_text())
    except (FileNotFoundError, ValueError):
        former = 0
    return _free(former) or _free(0)


def _free(port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return 0
        return int(probe.getsockname()[1])
