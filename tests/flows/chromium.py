"""A page in real Chromium, driven over its own protocol: keys in, what was drawn out."""

from __future__ import annotations

import asyncio
import base64
import re
import subprocess
import time
from pathlib import Path
from typing import Any, Self

from aiohttp import ClientSession, ClientWebSocketResponse

_PATIENCE_S = 60.0
_STEP_S = 0.05
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_KEYS = {
    "Enter": ("Enter", 13, 0, "\r"),
    "F2": ("F2", 113, 0, ""),
    "Ctrl+Down": ("ArrowDown", 40, 2, ""),
    "Ctrl+R": ("r", 82, 2, ""),
    "1": ("1", 49, 0, "1"),
    "2": ("2", 50, 0, "2"),
}
"""A key's name, its number on Windows, its modifiers and the text that it gives."""


class Page:
    """One page. What the program has drawn is read from the frames that the page received."""

    def __init__(self, process: subprocess.Popen[bytes], session: ClientSession) -> None:
        self._process = process
        self._session = session
        self._socket: ClientWebSocketResponse
        self._asked = 0
        self._answers: dict[int, Any] = {}
        self._reader: asyncio.Task[None]
        self.drawn = ""

    @classmethod
    async def open(cls, folder: Path) -> Self:
        """Start Chromium with nothing in it."""
        process = subprocess.Popen(  # noqa: ASYNC220 - begun and ended, never waited for
            [
                *("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
                *("--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        told = folder / "DevToolsActivePort"
        until = time.monotonic() + _PATIENCE_S
        while not (told.exists() and told.read_text().strip()):
            assert time.monotonic() < until, "Chromium does not start"
            await asyncio.sleep(_STEP_S)
        port = told.read_text().splitlines()[0]
        page = cls(process, ClientSession())
        async with page._session.get(f"http://127.0.0.1:{port}/json/list") as answer:
            found = next(one for one in await answer.json() if one["type"] == "page")
        address = found["webSocketDebuggerUrl"]
        page._socket = await page._session.ws_connect(address, max_msg_size=0)
        page._reader = asyncio.create_task(page._read())
        for part in ("Network", "Page", "Runtime"):
            await page.ask(f"{part}.enable")
        return page

    async def close(self) -> None:
        """End it, and what it started."""
        self._reader.cancel()
        await self._socket.close()
        await self._session.close()
        self._process.terminate()
        self._process.wait(timeout=20)

    async def ask(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """One call of Chromium's protocol."""
        self._asked += 1
        number = self._asked
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        until = time.monotonic() + _PATIENCE_S
        while number not in self._answers:
            assert time.monotonic() < until, method
            await asyncio.sleep(_STEP_S)
        answer = self._answers.pop(number)
        assert "error" not in answer, answer
        return answer["result"]

    async def focus(self) -> None:
        """A click at the edge of the page, so that keys go to it."""
        await self.ask("Page.bringToFront")
        for kind in ("mousePressed", "mouseReleased"):
            place = {"x": 8, "y": 8, "button": "left", "clickCount": 1}
            await self.ask("Input.dispatchMouseEvent", type=kind, **place)

    async def press(self, key: str) -> None:
        """A key, as the keyboard gives it to the browser."""
        name, number, modifiers, text = _KEYS[key]
        common = {"key": name, "windowsVirtualKeyCode": number, "modifiers": modifiers}
        await self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        await self.ask("Input.dispatchKeyEvent", type="keyUp", **common)

    async def type(self, text: str) -> None:
        """Text, as an input method gives it to the browser."""
        await self.ask("Input.insertText", text=text)

    async def wait_for(self, text: str) -> None:
        """Until it was drawn since the last time that something was waited for."""
        until = time.monotonic() + _PATIENCE_S
        while text not in self.drawn:
            assert time.monotonic() < until, f"{text!r} never shows; drawn: {self.drawn[-2000:]}"
            await asyncio.sleep(_STEP_S)
        self.drawn = self.drawn.partition(text)[2]

    async def picture(self) -> bytes:
        """What a person sees, as PNG."""
        shot = await self.ask("Page.captureScreenshot")
        return base64.b64decode(shot["data"])

    async def _read(self) -> None:
        async for message in self._socket:
            told = message.json()
            if "id" in told:
                self._answers[told["id"]] = told
            elif told["method"] == "Network.webSocketFrameReceived":
                frame = told["params"]["response"]
                data = frame["payloadData"]
                if frame["opcode"] == 2:
                    data = base64.b64decode(data).decode("utf-8", "replace")
                self.drawn += _ESCAPES.sub("", data)
