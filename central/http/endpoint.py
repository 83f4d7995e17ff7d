"""One call of the interface, as the tables of calls describe it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from central.http.asked import Asked
from central.service import Central

SMALL_BYTES = 64 * 1024
OF_DESK = ("token.expired", "device.disabled", "device.quarantined")
"""What any call of a desk may be refused with."""
OF_PERSON = (*OF_DESK, "session.expired", "user.role_needed")
"""The same of a call in somebody's name."""


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One call. Without a handler it is the long poll, which the edge serves itself.

    `asking` is a call that waits for somebody else and takes no thread meanwhile. A `binary` one
    takes or gives bytes as they are instead of a message.
    """

    method: str
    path: str
    gives: Any
    takes: Any = None
    handler: Callable[[Central, Asked], object] | None = None
    asking: Callable[[Central, Asked], Awaitable[object]] | None = None
    codes: tuple[str, ...] = ()
    most_bytes: int = SMALL_BYTES
    query: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    binary: bool = False
