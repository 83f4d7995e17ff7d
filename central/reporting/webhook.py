"""Sending the files of a report to a webhook, signed, each as one POST.

The secret and the address are in no log and no exception.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ssl
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from central.credentials import read_secret
from central.db.report_schedules import Target
from clerk.errors import StoreError

if TYPE_CHECKING:
    import httpx

TIMEOUT_S = 60.0
"""How long one file may take in all."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_CHUNK = 1 << 16
_CONNECT_S = 10.0
_TAKEN = range(200, 300)


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """One file to send. `id` is the same at each attempt: who has seen it has the report."""

    id: str
    path: Path
    made_at: datetime


def send(target: Target, parcel: Parcel, timeout_s: float = TIMEOUT_S) -> None:
    """POST it once. Raises StoreError `webhook.secret`, `.down`, `.late` or `.refused`."""
    secret = read_secret(target.secret)
    if not secret:
        raise StoreError("webhook.secret")
    headers = headers_of(parcel, secret)
    try:
        status = asyncio.run(_post(target.url, parcel, headers, timeout_s))
    except TimeoutError:
        raise StoreError("webhook.late") from None
    if status not in _TAKEN:
        raise StoreError("webhook.refused", reason=f"HTTP {status}")


def headers_of(parcel: Parcel, secret: str) -> dict[str, str]:
    """What goes with a file: its name, its id, and the signature over moment and bytes."""
    moment = str(int(parcel.made_at.timestamp()))
    return {
        "Content-Type": XLSX,
        "Content-Length": str(parcel.path.stat().st_size),
        "Content-Disposition": f'attachment; filename="{parcel.path.name}"',
        "Clerk-Delivery": parcel.id,
        "Clerk-Timestamp": moment,
        "Clerk-Signature": f"sha256={sign(secret, moment, parcel.path)}",
    }


def sign(secret: str, moment: str, path: Path) -> str:
    """HMAC-SHA256 over `moment`, a full stop and the bytes of the file, as hex."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode(), hashlib.sha256)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


async def _post(url: str, parcel: Parcel, headers: dict[str, str], timeout_s: float) -> int:
    import httpx

    async with asyncio.timeout(timeout_s), _client() as client:
        request = client.build_request("POST", url, content=_read(parcel.path), headers=headers)
        try:
            # The answer's body says nothing that we want.
            response = await client.send(request, stream=True)
            await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL):
            # Its text may hold the address, and that a key.
            raise StoreError("webhook.down") from None
        return response.status_code


def _client() -> httpx.AsyncClient:
    import httpx

    timeout = httpx.Timeout(None, connect=_CONNECT_S)
    # What this machine trusts, an authority of the office's own among it.
    trusted = ssl.create_default_context()
    return httpx.AsyncClient(
        timeout=timeout, follow_redirects=False, trust_env=False, verify=trusted
    )


async def _read(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
