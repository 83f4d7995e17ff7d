"""A register of somebody else, on a real socket: it answers well, or badly in every way it can."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler
from typing import Any

from central.registers.description import Description
from central.registers.examining import read_descriptions
from tests.support.quiet_server import QuietServer, serving


class Mode(StrEnum):
    """How the register behaves."""

    WELL = "well"
    SLOW = "slow"
    DRIPPING = "dripping"
    FAILING = "failing"
    BUSY_ONCE = "busy once"
    HANGING_UP = "hanging up"
    NONSENSE = "nonsense"
    NO_JSON = "no JSON"
    OTHER_PERSON = "another person's data"
    OTHER_NAME = "another name under the number"
    TWO_PEOPLE = "two people"
    OLD_CODE = "old 15-digit code"
    REDIRECTING = "redirecting"
    HUGE = "huge"
    REFUSING = "refusing"
    EMPTY = "nobody"


@dataclass
class Asked:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class SampleRegister:
    """One running register. `records` are what it holds, by number."""

    url: str
    mode: Mode = Mode.WELL
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    slow_s: float = 5.0
    elsewhere: str = "http://127.0.0.1:9/"
    gate: threading.Event = field(default_factory=threading.Event)

    def let_go(self) -> None:
        """End every slow answer at once."""
        self.gate.set()

    def answer(self, number: str) -> dict[str, Any]:
        """What it says about a number, in its own words."""
        record = self.records.get(number)
        if self.mode is Mode.EMPTY or record is None:
            return {"code": 0, "data": {"total": 0, "list": []}}
        listed = [self._bent(number, dict(record))]
        if self.mode is Mode.TWO_PEOPLE:
            listed.append({**record, "id": number, "xm": "另一人"})
        return {"code": 0, "data": {"total": len(listed), "list": listed}}

    def _bent(self, number: str, record: dict[str, Any]) -> dict[str, Any]:
        told = {"id": number, **record}
        if self.mode is Mode.OTHER_PERSON:
            told["id"] = "11010519491231002X"
        elif self.mode is Mode.OTHER_NAME:
            told["xm"] = "另一人"
        elif self.mode is Mode.OLD_CODE:
            told["id"] = "110108000000016"
        elif self.mode is Mode.NONSENSE:
            told["xm"] = {"this": ["is", "no", "name"]}
        return told


@contextmanager
def running_register(mode: Mode = Mode.WELL) -> Iterator[SampleRegister]:
    """A register on loopback for as long as a test needs it."""
    server = QuietServer(("127.0.0.1", 0), _Handler)
    register = SampleRegister(f"http://127.0.0.1:{server.server_address[1]}/query", mode)
    server.register = register  # type: ignore[attr-defined]
    with serving(server):
        try:
            yield register
        finally:
            register.let_go()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        register: SampleRegister = self.server.register  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        register.asked.append(Asked(self.path, dict(self.headers), body))
        match register.mode:
            case Mode.HANGING_UP:
                self.close_connection = True
            case Mode.FAILING:
                self._send(503, b"{}")
            case Mode.BUSY_ONCE:
                register.mode = Mode.WELL
                self._send(503, b"{}")
            case Mode.REFUSING:
                self._send(401, b"{}")
            case Mode.REDIRECTING:
                self._send(302, b"", Location=register.elsewhere)
            case Mode.NO_JSON:
                self._send(200, "<html>系统维护</html>".encode())
            case Mode.HUGE:
                self._send(200, b'{"data": "' + b"x" * 2_000_000 + b'"}')
            case Mode.DRIPPING:
                self._drip(register)
            case _:
                self._answer(register, body)

    def _answer(self, register: SampleRegister, body: bytes) -> None:
        if register.mode is Mode.SLOW:
            register.gate.wait(register.slow_s)
        number = json.loads(body)["zjhm"]
        self._send(200, json.dumps(register.answer(number), ensure_ascii=False).encode())

    def _drip(self, register: SampleRegister) -> None:
        """A byte now and then: no read of it is late, the whole is."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        while not register.gate.wait(0.05):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
        self.close_connection = True

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # whoever asked has gone

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own word
        """Say nothing."""


_DESCRIBED = """
[[register]]
id = "{id}"
name = "{name}"
purpose = "核验办理条件"
holds = ["person", "organisation"]
url = "{url}"
networks = ["127.0.0.0/8"]
timeout_s = {timeout_s}
attempts = {attempts}
fresh_s = {fresh_s}
older_s = {older_s}
failures = {failures}
pause_s = {pause_s}
auth = {{ kind = "bearer", credential = "env:TEST_REGISTER_TOKEN" }}
asking = {{ number = "zjhm", kind = "zjlx", kinds = {{ resident = "111" }}, purpose = "yt" }}
reply = {{ records = "data.list", number = "id", name = "xm", as_of = "gxsj" }}
fields = [
  {{ key = "{id}.status", label = "状态", path = "zt", values = {codes}, risks = ["非正常户"] }},
  {{ key = "{id}.rating", label = "等级", path = "dj" }},
  {{ key = "{id}.contact", label = "联系电话", path = "dh", mask = "phone" }},
]
see = [
{see}
]
"""

_CODES = '{ "01" = "正常", "03" = "非正常户" }'
_SEE = """
  {{ roles = ["counter", "handler"], items = ["{item}"], fields = ["{id}.status"] }},
  {{ roles = ["counter", "handler"], items = ["{item}"], fields = ["{id}.contact"] }},
  {{ roles = ["handler"], items = ["{item}"], fields = ["{id}.rating"] }},
"""


def describe(
    register: SampleRegister,
    key: str = "tax",
    name: str = "税务登记库",
    item: str = "*",
    **more: object,
) -> Description:
    """The register as an office would describe it, read from TOML as an office's file is."""
    told: dict[str, object] = {
        "timeout_s": 2.0,
        "attempts": 2,
        "fresh_s": 3600,
        "older_s": 86400,
        "failures": 5,
        "pause_s": 30.0,
        "see": _SEE.format(id=key, item=item),
        "url": register.url,
        "codes": _CODES,
    }
    text = _DESCRIBED.format(id=key, name=name, **(told | more))
    (read,) = read_descriptions(text.encode())
    return read
