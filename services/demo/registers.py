"""The registers of others in the demo city: tax, safety supervision and weather, over a socket.

Central asks them as it would ask any office, by `registers.toml` beside this module. Safety is
slow. A register is down while a file `ID.down` lies in the folder.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import threading
from collections.abc import Iterable
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from clerk.files import write_atomic
from clerk.rules.specimens import SpecimenOrganisation

TAX, SAFETY, WEATHER = "tax", "safety", "weather"
SLOW_S = 2.0
"""How long safety supervision takes to answer, in seconds."""

_NUMBERS = {TAX: "nsrsbh", SAFETY: "tyshxydm", WEATHER: "orgCode"}
_USER = "service-centre"
_YEAR = timedelta(days=365)

Record = dict[str, Any]


class SampleRegisters:
    """Three registers on one port of this machine, for as long as they are started."""

    def __init__(self, folder: Path, *, slow_s: float = SLOW_S) -> None:
        """Keep the key that central is known by, and what is down, in this folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.slow_s = slow_s
        self.records: dict[str, dict[str, Record]] = {TAX: {}, SAFETY: {}, WEATHER: {}}
        self.key = self._keep_key()
        self._server: _Server | None = None
        self._ended = threading.Event()

    def know(self, organisations: Iterable[SpecimenOrganisation], today: date) -> None:
        """Hold what such offices hold about these; the second one is late with everything."""
        for place, one in enumerate(organisations):
            self.records[TAX][one.uscc] = _tax(one, today, behind=place == 1)
            self.records[SAFETY][one.uscc] = _safety(one, place, today, behind=place == 1)
            self.records[WEATHER][one.uscc] = _weather(one, today, behind=place == 1)

    def start(self, port: int) -> bool:
        """Answer on this port; whether it was free, for another terminal's serve as well."""
        try:
            self._server = _Server(("127.0.0.1", port), _Handler, self)
        except OSError:
            return False
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return True

    def stop(self) -> None:
        """Answer no more; who waits for a slow one is let go."""
        server, self._server = self._server, None
        self._ended.set()
        if server is not None:
            server.shutdown()
            server.server_close()

    def describe(self, port: int) -> bytes:
        """The file by which central learns where they are and what they say."""
        text = files("services.demo").joinpath("registers.toml").read_text("utf-8")
        key = self._key_file.resolve().as_posix()
        return text.replace("{port}", str(port)).replace("{key}", key).encode()

    def set_down(self, register: str, *, down: bool) -> None:
        """Let one of them be away, or back."""
        if down:
            self._down(register).touch()
        else:
            self._down(register).unlink(missing_ok=True)

    def is_down(self, register: str) -> bool:
        """Whether one of them is away."""
        return self._down(register).exists()

    def wait(self, register: str) -> None:
        """Take the time that this register takes."""
        if register == SAFETY:
            self._ended.wait(self.slow_s)

    @property
    def _key_file(self) -> Path:
        return self.folder / "registers.key"

    def _down(self, register: str) -> Path:
        return self.folder / f"{register}.down"

    def _keep_key(self) -> str:
        if not self._key_file.exists():
            write_atomic(self._key_file, secrets.token_hex(16).encode())
        return self._key_file.read_text("ascii").strip()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        handler: type[BaseHTTPRequestHandler],
        registers: SampleRegisters,
    ) -> None:
        self.registers = registers
        super().__init__(address, handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        registers = self.server.registers
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        register = self.path.strip("/")
        if register not in registers.records:
            self._send(404, {})
        elif registers.is_down(register):
            self._send(503, {})
        elif not self._is_known(register, registers.key):
            self._send(401, {})
        else:
            registers.wait(register)
            number = _read_number(register, body)
            self._send(200, _answer(register, number, registers.records[register].get(number)))

    def _is_known(self, register: str, key: str) -> bool:
        basic = base64.b64encode(f"{_USER}:{key}".encode()).decode()
        name, wanted = {
            TAX: ("Authorization", f"Bearer {key}"),
            SAFETY: ("X-Share-Key", key),
            WEATHER: ("Authorization", f"Basic {basic}"),
        }[register]
        return hmac.compare_digest(self.headers.get(name, "").encode(), wanted.encode())

    def _send(self, status: int, told: Record) -> None:
        body = json.dumps(told, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own word
        """Say nothing: numbers of people are in no log."""


def _read_number(register: str, body: bytes) -> str:
    if register == SAFETY:
        return parse_qs(body.decode()).get(_NUMBERS[register], [""])[0]
    return str(json.loads(body).get(_NUMBERS[register], ""))


def _answer(register: str, number: str, record: Record | None) -> Record:
    """Each says it in its own words, as offices do."""
    own = {_NUMBERS[register]: number, **record} if record else None
    listed = [own] if own else []
    answers: dict[str, Record] = {
        TAX: {"code": 0, "data": {"list": listed}},
        SAFETY: {"success": own is not None, "result": own},
        WEATHER: {"records": listed},
    }
    return answers[register]


def _tax(one: SpecimenOrganisation, today: date, *, behind: bool) -> Record:
    return {
        "nsrmc": one.name,
        "nsrzt": "05" if behind else "03",
        "sfqs": "Y" if behind else "N",
        "xydj": "D" if behind else "A",
        "gxsj": today.isoformat(),
    }


def _safety(one: SpecimenOrganisation, place: int, today: date, *, behind: bool) -> Record:
    since = today - (4 * _YEAR if behind else _YEAR)
    return {
        "qymc": one.name,
        "bzhdj": "三级",
        "zdyh": "1" if behind else "0",
        "lxdh": one.phone,
        "pxzsh": f"PX{2024000 + place}",
        "pxfzrq": since.isoformat(),
        "pxyxqz": (since + 3 * _YEAR).isoformat(),
        "jcsj": today.isoformat(),
    }


def _weather(one: SpecimenOrganisation, today: date, *, behind: bool) -> Record:
    seen = today - timedelta(days=500 if behind else 100)
    return {
        "orgName": one.name,
        "result": "fail" if behind else "pass",
        "validUntil": (seen + _YEAR).isoformat(),
        "inspectedAt": seen.isoformat(),
    }
