"""The desk in a real browser: signed in, a walk-in taken in, the receipt given. `make e2e`."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from PIL import Image

from clerk.decoding import decode
from services.demo.city import Told
from tests.flows.chromium import Page

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """The practice window, served."""
    port = free_port()
    process = subprocess.Popen(  # noqa: ASYNC220 - begun and ended, never waited for
        [sys.executable, "-m", "clerk", "web", "--practice", "--port", str(port)],
        env={**os.environ, "CLERK_LANGUAGE": "en", "CLERK_DATA_DIR": str(tmp_path / "data")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    async with ClientSession() as session:
        for _attempt in range(200):
            try:
                async with session.get(address) as answer:
                    assert answer.status == 200
                    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
                break
            except OSError:
                await asyncio.sleep(0.1)
    yield address
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    page = await Page.open(tmp_path / "chromium")
    yield page
    await page.close()


def told_of(folder: Path) -> Told:
    known = folder / "data" / "practice-city" / "city.json"
    return decode(known.read_bytes(), Told)


async def test_from_the_sign_in_to_the_receipt(address: str, page: Page, tmp_path: Path) -> None:
    wide = {"width": 1400, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    await page.ask("Emulation.setDeviceMetricsOverride", **wide)
    await page.ask("Page.navigate", url=address)
    await page.wait_for("练习 PRACTICE")
    await page.wait_for("Password")
    told = told_of(tmp_path)
    await page.focus()
    await page.type(told.counter[0])
    await page.wait_for(told.counter[0])
    await page.press("Enter")
    await page.type(told.password)
    await page.press("Enter")
    await page.wait_for("New walk-in")
    await page.press("F2")
    await page.wait_for("1 · ID number")
    await page.type(told.organisations[0].uscc)
    await page.press("Enter")
    await page.wait_for("✓ 营业执照")
    await page.press("Ctrl+Down")
    await page.type("食品经营许可")
    await page.wait_for("▸ 食品经营许可")
    await page.press("Enter")
    await page.press("Enter")
    await page.wait_for("新办")
    await page.press("1")
    await page.wait_for("餐饮服务")
    await page.press("2")
    await page.press("Ctrl+R")
    await page.wait_for("Query password")
    shown = Image.open(io.BytesIO(await page.picture())).convert("RGB")
    assert len(shown.getcolors(1 << 24) or ()) > 20, "the page is blank"
    assert list((tmp_path / "data").rglob("*-receipt.pdf"))


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}]
)
async def test_no_other_page_types_into_the_desk(address: str, headers: dict[str, str]) -> None:
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(f"{address}/ws", headers=headers)
        assert refused.value.status == 403
