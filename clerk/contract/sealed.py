"""An outbox on its way without the line: sealed for central alone, signed by its desk.

Ephemeral X25519 with central's key, HKDF-SHA256 (`SEAL_INFO`), ChaCha20-Poly1305. The answers come
back sealed with a key that only the desk and central have seen, so that nobody else can tell a
desk that its commands were taken in.
"""

from __future__ import annotations

import msgspec

from clerk.contract.sync import Push, Pushed

SEAL_INFO = b"clerk outbox 1"
ANSWERS_INFO = b"clerk answers 1"


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """What is written to the file. All but `device` are base64; the desk signs `body`."""

    device: str
    key: str
    nonce: str
    body: str
    signature: str
    version: int = 1


class SealedOutbox(msgspec.Struct, frozen=True, kw_only=True):
    """What is inside: everything that has no answer, and the key for the answers."""

    push: Push
    reply_key: str


class SealedAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """The file that goes back to the desk; `body` is a Pushed."""

    device: str
    nonce: str
    body: str
    version: int = 1


class HandedOver(msgspec.Struct, frozen=True, kw_only=True):
    """Central has what a disabled desk had, and has decided on it.

    `token` opens nothing but the way in for the scans that are still at the desk.
    """

    pushed: Pushed
    token: str = ""
