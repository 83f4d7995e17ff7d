"""Something sealed at a desk for central alone to read."""

from __future__ import annotations

import msgspec


class SealedBox(msgspec.Struct, frozen=True, kw_only=True):
    """All in base64. Each kind of content is sealed under an info of its own."""

    key: str
    nonce: str
    body: str
