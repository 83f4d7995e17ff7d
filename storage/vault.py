"""The files that hold the bytes of scans, each encrypted under a key of its own (AES-256-GCM).

A table of the store would do too, but ten times slower, with every keystroke waiting meanwhile,
and without giving the room back: measured, see docs/adr/0008-object-store.md.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from clerk.errors import StoreError
from storage.problems import files_translated
from storage.scans import Blob

RECORD_BYTES = 256 * 1024
"""Bytes that are encrypted together; a scan is read, sent and fetched by whole records."""

_TAG_BYTES = 16
_NONCE_BYTES = 12
_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600
_APPEND = os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0)


class Vault:
    """A folder of encrypted files beside the store. What they hold is known to the store alone."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when the first scan comes."""
        self.folder = folder

    def write(self, blob: Blob, data: bytes) -> None:
        """Write a whole scan; it is on the disk when this returns."""
        assert len(data) == blob.size, "the size is in the row"
        for start in range(0, len(data), RECORD_BYTES):
            self.append(blob, start, data[start : start + RECORD_BYTES])

    def append(self, blob: Blob, start: int, data: bytes) -> None:
        """Write one record at its place; whatever a cut left behind it goes."""
        assert start % RECORD_BYTES == 0, "records begin at their places"
        assert 0 < len(data) <= RECORD_BYTES, "one record"
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        number = start // RECORD_BYTES
        sealed = AESGCM(blob.secret).encrypt(_nonce(number), data, None)
        with files_translated():
            self._make_folder()
            handle = os.open(self._path(blob), _APPEND, _PRIVATE_FILE)
            with os.fdopen(handle, "r+b") as file:
                file.seek(number * (RECORD_BYTES + _TAG_BYTES))
                file.write(sealed)
                file.truncate()
                file.flush()
                if start + len(data) == blob.size:
                    os.fsync(file.fileno())
        if start + len(data) == blob.size:
            _sync_folder(self.folder)

    def read(self, blob: Blob, start: int = 0) -> Iterator[bytes]:
        """The records from one of them on. Raises StoreError `scan.damaged`."""
        assert start % RECORD_BYTES == 0, "records begin at their places"
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        opened = AESGCM(blob.secret)
        try:
            with self._path(blob).open("rb") as file:
                for place in range(start, blob.size, RECORD_BYTES):
                    number = place // RECORD_BYTES
                    file.seek(number * (RECORD_BYTES + _TAG_BYTES))
                    length = min(RECORD_BYTES, blob.size - place) + _TAG_BYTES
                    yield opened.decrypt(_nonce(number), file.read(length), None)
        except (InvalidTag, OSError, ValueError) as error:
            raise StoreError("scan.damaged") from error

    def sweep(self, known: frozenset[str]) -> int:
        """Delete the files that the store knows nothing of; how many there were."""
        if not self.folder.is_dir():
            return 0
        strays = [path for path in self.folder.iterdir() if path.name not in known]
        for path in strays:
            path.unlink(missing_ok=True)
        return len(strays)

    def destroy(self) -> None:
        """Delete everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, blob: Blob) -> Path:
        return self.folder / blob.file

    def _make_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)


def vault_of(store: Path) -> Vault:
    """The vault that belongs to a store's file."""
    return Vault(store.with_name(f"{store.stem}-scans"))


def _nonce(number: int) -> bytes:
    """A record's number: unique, for each file has a key of its own and its records never change.

    What is written again after a cut are the same bytes, known by their hash.
    """
    return number.to_bytes(_NONCE_BYTES, "big")


def _sync_folder(folder: Path) -> None:
    """Make the file's name outlast a power cut; Windows knows no such call on folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
