"""One register asked over HTTP: within its time, without redirects, of bounded size.

The number goes into the body and nowhere else; nothing of the exchange is logged but its outcome.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any

import msgspec

from central.registers.description import Description
from central.registers.outside.answer import About
from central.registers.outside.credentials import headers_of
from central.registers.outside.failure import (
    DOWN,
    LATE,
    NONSENSE,
    REDIRECTED,
    REFUSED,
    TOO_LARGE,
    RegisterError,
)
from central.registers.outside.network import Target, resolve

if TYPE_CHECKING:
    import httpx

RETRY_BASE_S = 0.1
_OK = 200
_REDIRECTS = range(300, 400)
_NO_ENTRY = frozenset({401, 403})
_AGAIN = frozenset({429, 500, 502, 503, 504})


class Asker:
    """The connections to one register, in the loop that it is first used in."""

    def __init__(self, description: Description) -> None:
        """Connect at the first ask."""
        self._description = description
        self._http: httpx.AsyncClient | None = None

    async def ask(self, about: About) -> bytes:
        """The bytes of an answer. Raises RegisterError.

        What failed quickly is tried again, after a delay with full jitter; in all it takes no
        longer than the description's `timeout_s`.
        """
        try:
            async with asyncio.timeout(self._description.timeout_s):
                return await self._ask_again(about)
        except TimeoutError as error:
            raise RegisterError(LATE, failed=True) from error

    async def close(self) -> None:
        """Let go of the connections."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    async def _ask_again(self, about: About) -> bytes:
        for attempt in range(1, self._description.attempts):
            try:
                return await self._ask_once(about)
            except RegisterError as error:
                if not error.again:
                    raise
            await asyncio.sleep(secrets.SystemRandom().uniform(0, RETRY_BASE_S * 2**attempt))
        return await self._ask_once(about)

    async def _ask_once(self, about: About) -> bytes:
        import httpx

        target = await resolve(self._description.url, self._description.networks)
        request = self._request(target, about)
        try:
            response = await self._client().send(request, stream=True)
            try:
                return await self._read(response)
            finally:
                await response.aclose()
        except httpx.HTTPError as error:
            # Its text may hold what was sent.
            raise RegisterError(DOWN, again=True, failed=True) from _bare(error)

    async def _read(self, response: httpx.Response) -> bytes:
        status, most = response.status_code, self._description.most_bytes
        if status in _REDIRECTS:
            raise RegisterError(REDIRECTED)
        if status in _NO_ENTRY:
            raise RegisterError(REFUSED)
        if status in _AGAIN:
            raise RegisterError(DOWN, again=True, failed=True)
        if status != _OK or response.headers.get("content-encoding", "identity") != "identity":
            raise RegisterError(NONSENSE)
        raw = bytearray()
        async for chunk in response.aiter_raw():
            raw += chunk
            if len(raw) > most:
                raise RegisterError(TOO_LARGE)
        return bytes(raw)

    def _request(self, target: Target, about: About) -> httpx.Request:
        body, media_type = _body(self._description, about)
        headers = {
            "Host": target.host,
            "Content-Type": media_type,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            **headers_of(self._description.auth),
        }
        return self._client().build_request(
            self._description.asking.method,
            target.url,
            content=body,
            headers=headers,
            extensions={"sni_hostname": target.name},
        )

    def _client(self) -> httpx.AsyncClient:
        import httpx

        if self._http is None:
            self._http = httpx.AsyncClient(
                timeout=None,  # noqa: S113 - the whole ask has its time, in `ask`
                follow_redirects=False,
                trust_env=False,
                limits=httpx.Limits(max_connections=self._description.at_once),
                verify=_trusted(self._description.url),
            )
        return self._http


def _body(description: Description, about: About) -> tuple[bytes, str]:
    from urllib.parse import urlencode

    asking = description.asking
    told = dict(asking.fixed) | {asking.number: about.id_number}
    if asking.kind:
        told[asking.kind] = asking.kinds.get(about.id_kind.value, about.id_kind.value)
    if asking.purpose:
        told[asking.purpose] = description.purpose
    if asking.form == "form":
        return urlencode(told).encode(), "application/x-www-form-urlencoded"
    return msgspec.json.encode(told), "application/json"


def _bare(error: Exception) -> Exception:
    return type(error)("not told")


def _trusted(url: str) -> Any:  # noqa: ANN401 - ssl is loaded late
    """What this machine trusts; reading all authorities where there is no TLS is time lost."""
    import ssl

    if url.startswith("https:"):
        return ssl.create_default_context()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
