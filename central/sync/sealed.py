"""Outboxes that come as a file, or from a desk that was disabled: opened, and then pushed."""

from __future__ import annotations

import base64
import os
from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from msgspec.structs import replace

from central.db import devices, feed
from central.db.devices import Device
from central.db.engine import Connection, Database
from central.sync.push import push_without_sessions
from central.sync.seal_key import open_box
from central.sync.signature import demand_signature
from clerk.contract.answer import Answer
from clerk.contract.sealed import (
    ANSWERS_INFO,
    SEAL_INFO,
    Sealed,
    SealedAnswers,
    SealedOutbox,
)
from clerk.contract.sealed_box import SealedBox
from clerk.contract.sync import PUSH_MOST_COMMANDS, Push, Pushed
from clerk.decoding import decode
from clerk.errand import Errand, Phase
from clerk.errors import InputError, RefusedError

_NONCE_BYTES = 12


def take_in(
    database: Database, sealed: Sealed, now: datetime, errand: Errand | None = None
) -> tuple[Pushed, SealedAnswers]:
    """Decide on a sealed outbox; again it gets the same answers, now or over the line.

    Raises CancelledError between a hundred acts and the next; what is decided by then stays.

    Acts that need their user's session stay with the desk, except where it was disabled: then
    they are refused and kept, for nobody will send them again. What it received after that stands:
    with the line down it could not know, and the applicant has the receipt.
    """
    with database.read() as connection:
        device = devices.find(connection, sealed.device)
        if device is None:
            raise RefusedError("device.unknown")
        demand_signature(device.public_key, sealed.body.encode(), sealed.signature)
        outbox = _open(connection, sealed)
    if device.quarantined:
        raise RefusedError("device.quarantined")
    pushed = _push(database, device, outbox.push, now, errand or Errand())
    return pushed, _seal_answers(device, outbox.reply_key, pushed)


def _push(
    database: Database, device: Device, message: Push, now: datetime, errand: Errand
) -> Pushed:
    answers: list[Answer] = []
    pushed = Pushed(answers=(), last_n=device.last_n, head=_head(database))
    for first in range(0, len(message.commands), PUSH_MOST_COMMANDS):
        errand.tell(Phase.ACTS, first, len(message.commands))
        part = message.commands[first : first + PUSH_MOST_COMMANDS]
        pushed = push_without_sessions(database, device, replace(message, commands=part), now)
        answers += pushed.answers
        if len(pushed.answers) < len(part):
            break
    return replace(pushed, answers=tuple(answers))


def _head(database: Database) -> int:
    with database.read() as connection:
        return feed.head(connection)


def _open(connection: Connection, sealed: Sealed) -> SealedOutbox:
    box = SealedBox(key=sealed.key, nonce=sealed.nonce, body=sealed.body)
    plain = open_box(connection, box, SEAL_INFO, sealed.device)
    try:
        return decode(plain or b"", SealedOutbox)
    except msgspec.DecodeError:
        raise InputError("outbox.file_unreadable") from None


def _seal_answers(device: Device, reply_key: str, pushed: Pushed) -> SealedAnswers:
    nonce = os.urandom(_NONCE_BYTES)
    associated = ANSWERS_INFO + device.id.encode()
    cipher = ChaCha20Poly1305(base64.b64decode(reply_key))
    body = cipher.encrypt(nonce, msgspec.json.encode(pushed), associated)
    return SealedAnswers(
        device=device.id,
        nonce=base64.b64encode(nonce).decode(),
        body=base64.b64encode(body).decode(),
    )
