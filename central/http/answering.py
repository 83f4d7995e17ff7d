"""Encoding an answer, compressed where that pays and the client can read it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import msgspec
import zstandard
from starlette.responses import Response, StreamingResponse

_WORTH_BYTES = 4096
_GZIP_LEVEL = 1
_ZSTD_LEVEL = 1


class Encoded(msgspec.Struct, frozen=True):
    """An answer as bytes; made in the thread that made the answer."""

    body: bytes
    encoding: str = ""
    status: int = 200
    headers: dict[str, str] = {}
    media_type: str = "application/json"
    chunks: Iterator[bytes] | None = None


class Binary(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is no message: bytes as they are, or only what its headers say.

    `chunks` are sent one after the other, for what is too large to be held.
    """

    body: bytes = b""
    chunks: Iterator[bytes] | None = None
    status: int = 200
    headers: dict[str, str] = {}
    media_type: str = "application/octet-stream"


def encode(message: object, accepted: str) -> Encoded:
    """JSON of a message; nothing of None."""
    if message is None:
        return Encoded(b"", status=204)
    if isinstance(message, Binary):
        return Encoded(
            message.body,
            status=message.status,
            headers=message.headers,
            media_type=message.media_type,
            chunks=message.chunks,
        )
    body = msgspec.json.encode(message)
    if len(body) < _WORTH_BYTES:
        return Encoded(body)
    readable = {one.partition(";")[0].strip() for one in accepted.lower().split(",")}
    if "zstd" in readable:
        return Encoded(zstandard.compress(body, _ZSTD_LEVEL), "zstd")
    if "gzip" in readable:
        return Encoded(gzip.compress(body, _GZIP_LEVEL, mtime=0), "gzip")
    return Encoded(body)


def respond(encoded: Encoded, status: int, request_id: str) -> Response:
    """An HTTP answer; what is in it is nobody's to keep."""
    headers = {
        **encoded.headers,
        "Clerk-Request": request_id,
        "Cache-Control": "no-store",
        "Vary": "Accept-Encoding",
    }
    if encoded.encoding:
        headers["Content-Encoding"] = encoded.encoding
    if encoded.chunks is not None:
        return StreamingResponse(encoded.chunks, status, headers, media_type=encoded.media_type)
    if not encoded.body:
        return Response(status_code=204, headers=headers)
    return Response(encoded.body, status, headers, media_type=encoded.media_type)
