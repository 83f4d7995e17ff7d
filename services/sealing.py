"""The sealed outbox: to a file for a broken line and back, or handed over by a disabled desk."""

from __future__ import annotations

import base64
import logging
import os
from pathlib import Path

import msgspec

from clerk.clock import Clock
from clerk.contract.sealed import ANSWERS_INFO, SEAL_INFO, Sealed, SealedAnswers, SealedOutbox
from clerk.contract.sync import Push, Pushed
from clerk.decoding import decode
from clerk.errand import Errand, Phase
from clerk.errors import InputError, StoreError
from clerk.files import read_file, write_atomic
from clerk.log import write_event
from clerk.sync.desk import counts_answers
from clerk.sync.outbox import void_numbers
from services.changes import Changes
from services.sealed_box import KEY_BYTES, seal_for_central
from storage import identity, meta, outbox, resending, sync_state
from storage.store import Connection, Store

_SEAL_KEY = "seal.key"
_REPLY_KEY = "seal.reply_key"
_ALL = 1_000_000
_log = logging.getLogger(__name__)


class Sealing:
    """Seals what has no answer, for central alone to read."""

    def __init__(self, store: Store, changes: Changes, clock: Clock) -> None:
        """Seal this desk's outbox."""
        self._store = store
        self._changes = changes
        self._clock = clock

    def export(self, path: Path, errand: Errand | None = None) -> int:
        """Write everything that has no answer to a file; how many acts those are.

        Central may have them from now on, so none of them can be taken back; called off before
        that, all is as it was. Raises StoreError `outbox.nothing_to_export`, `outbox.no_seal_key`
        before the first contact, or `outbox.not_written`, and CancelledError.
        """
        sealed, count = self.seal(errand)
        if not count:
            raise StoreError("outbox.nothing_to_export")
        try:
            write_atomic(path, msgspec.json.encode(sealed))
        except OSError as error:
            raise StoreError("outbox.not_written", path=str(path)) from error
        write_event(_log, "outbox.exported", commands=count)
        self._changes.publish("outbox")
        return count

    def seal(self, errand: Errand | None = None) -> tuple[Sealed, int]:
        """Everything that has no answer, sealed and signed, and marked as such in one go."""
        errand = errand or Errand()
        errand.tell(Phase.READING)
        with self._store.begin() as connection:
            seal_key = get_seal_key(connection)
            message = _message_of(connection)
            outbox.mark_sending(connection, tuple(one.n for one in message.commands))
            reply_key = meta.get(connection, _REPLY_KEY) or os.urandom(KEY_BYTES)
            meta.put(connection, _REPLY_KEY, reply_key)
            private_key = identity.find_private_key(connection)
            assert private_key is not None, "an enrolled desk has its key"
            errand.tell(Phase.SEALING)
            inside = SealedOutbox(push=message, reply_key=base64.b64encode(reply_key).decode())
            sealed = _seal(inside, seal_key, private_key)
            errand.make_sure()
        return sealed, len(message.commands)

    def take_answers(self, path: Path) -> int:
        """Take in central's answers from a file; how many there are. Twice is as good as once.

        Raises InputError `file.unreadable` for what cannot be read, `outbox.file_unreadable` for
        what central did not write for this desk, and StoreError `outbox.answers_outdated` for
        answers from before a restore.
        """
        try:
            sealed = decode(read_file(path), SealedAnswers)
        except msgspec.DecodeError:
            raise InputError("outbox.file_unreadable") from None
        with self._store.begin() as connection:
            pushed = _open_answers(connection, sealed)
            if not counts_answers(sync_state.load(connection), pushed):
                raise StoreError("outbox.answers_outdated")
            _keep_answers(connection, pushed)
        write_event(_log, "outbox.answers_taken", commands=len(pushed.answers))
        self._changes.publish("outbox", "case")
        return len(pushed.answers)

    def keep_answers(self, pushed: Pushed) -> int:
        """Keep what central decided on a sealed outbox; how many acts have no answer still."""
        with self._store.begin() as connection:
            _keep_answers(connection, pushed)
            return len(outbox.unsent(connection, _ALL))


def _keep_answers(connection: Connection, pushed: Pushed) -> None:
    for answer in pushed.answers:
        outbox.mark_answered(connection, answer, pushed.head)


def keep_seal_key(connection: Connection, key: str) -> None:
    """Remember what to seal with: it is needed when central cannot be asked."""
    if key:
        meta.put(connection, _SEAL_KEY, base64.b64decode(key))


def get_seal_key(connection: Connection) -> bytes:
    """What to seal with. Raises StoreError `outbox.no_seal_key` before the first contact."""
    seal_key = meta.get(connection, _SEAL_KEY)
    if seal_key is None:
        raise StoreError("outbox.no_seal_key")
    return seal_key


def _message_of(connection: Connection) -> Push:
    enrolled = identity.get_enrolled(connection)
    commands = outbox.unsent(connection, _ALL)
    return Push(
        device=enrolled.device,
        incarnation=enrolled.incarnation,
        commands=commands,
        void=void_numbers(sync_state.load(connection).central_last_n, commands),
        papers=resending.papers(connection, [one.n for one in commands]),
    )


def _seal(inside: SealedOutbox, seal_key: bytes, private_key: bytes) -> Sealed:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    device = inside.push.device
    box = seal_for_central(msgspec.json.encode(inside), seal_key, SEAL_INFO, device)
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(box.body.encode())
    return Sealed(
        device=device,
        key=box.key,
        nonce=box.nonce,
        body=box.body,
        signature=base64.b64encode(signature).decode(),
    )


def _open_answers(connection: Connection, sealed: SealedAnswers) -> Pushed:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    reply_key = meta.get(connection, _REPLY_KEY)
    if reply_key is None:
        raise InputError("outbox.file_unreadable")
    nonce, body = base64.b64decode(sealed.nonce), base64.b64decode(sealed.body)
    associated = ANSWERS_INFO + identity.get_enrolled(connection).device.encode()
    try:
        plain = ChaCha20Poly1305(reply_key).decrypt(nonce, body, associated)
        return decode(plain, Pushed)
    except (InvalidTag, ValueError, msgspec.DecodeError):
        raise InputError("outbox.file_unreadable") from None
