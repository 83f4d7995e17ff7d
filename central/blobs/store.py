"""Where the bytes of scans lie: a folder, or any store that speaks S3, by its URL.

A blob is named by the SHA-256 of its bytes and never changes. While it comes in, each chunk is
an object of its own: no store has to know how to append, and any worker can go on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clerk.errors import StoreError

if TYPE_CHECKING:
    from obstore import GetResult
    from obstore.store import ObjectStore

_PARTS = "parts"
_LOCAL = "file://"
_PRIVATE_FOLDER = 0o700
_PIECE_BYTES = 1024 * 1024


class BlobStore:
    """Objects by name. Threads may share it; nothing is opened before the first call."""

    def __init__(self, url: str) -> None:
        """Take a URL: `file:///folder`, `s3://bucket/prefix`, `memory:///` for tests."""
        self.url = url
        self._opened: ObjectStore | None = None

    @property
    def folder(self) -> Path | None:
        """The folder of a local store."""
        return Path(self.url.removeprefix(_LOCAL)) if self.url.startswith(_LOCAL) else None

    def put_part(self, name: str, data: bytes) -> None:
        """Keep a chunk."""
        import obstore

        with _translated():
            obstore.put(self._store, name, data)

    def join_parts(self, names: Sequence[str]) -> bytes:
        """The chunks as one."""
        import obstore

        with _translated():
            return b"".join(obstore.get(self._store, one).bytes().to_bytes() for one in names)

    def put_blob(self, sha256: str, data: bytes) -> None:
        """Keep a whole blob; when this returns it lies on the disk, or where the store keeps it.

        It goes in one piece, so that half of one never stands in the place of a whole.
        """
        import obstore

        with _translated():
            obstore.put(self._store, _blob_name(sha256), data, use_multipart=False)
        if self.folder is not None:
            _flush(self.folder / _blob_name(sha256))

    def read_blob(self, sha256: str, start: int, end: int) -> bytes:
        """The bytes from start up to, not including, end."""
        import obstore

        if start == end:
            return b""
        with _translated():
            found = obstore.get_range(self._store, _blob_name(sha256), start=start, end=end)
            return found.to_bytes()

    def put_file(self, name: str, path: Path) -> None:
        """Keep a file under a name; when this returns it lies where the store keeps it."""
        import obstore

        with _translated(), path.open("rb") as file:
            obstore.put(self._store, name, file)
        if self.folder is not None:
            _flush(self.folder / name)

    def stream(self, name: str, start: int = 0) -> Iterator[bytes]:
        """The bytes of an object from some place on, some at a time."""
        import obstore

        with _translated():
            found = obstore.get(self._store, name, options={"range": {"offset": start}})
        return self._pieces(found)

    def _pieces(self, found: GetResult) -> Iterator[bytes]:
        with _translated():
            for piece in found.stream(min_chunk_size=_PIECE_BYTES):
                yield bytes(piece)

    def delete(self, names: Sequence[str]) -> None:
        """Throw chunks away; what is gone already is as good."""
        import obstore

        for name in names:
            with _translated(missing=True):
                obstore.delete(self._store, name)

    def list_parts(self, before: datetime) -> tuple[str, ...]:
        """The chunks that were kept before this moment."""
        import obstore

        with _translated():
            pages: list[Sequence[Any]] = list(obstore.list(self._store, _PARTS))
        return tuple(
            str(one["path"]) for page in pages for one in page if one["last_modified"] < before
        )

    @property
    def _store(self) -> ObjectStore:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> ObjectStore:
        from obstore.exceptions import BaseError
        from obstore.store import LocalStore, from_url

        try:
            if self.folder is None:
                return from_url(self.url)
            self.folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
            return LocalStore(self.folder, automatic_cleanup=True)
        except (BaseError, OSError, ValueError) as error:
            raise StoreError("blobs.url") from error


def part_name(device: str, sha256: str, start: int, size: int) -> str:
    """What a chunk is called; its size is in it, so that two of a kind are never mixed up."""
    return f"{_PARTS}/{device}/{sha256}/{start:012}-{size}"


def _blob_name(sha256: str) -> str:
    return f"blobs/{sha256[:2]}/{sha256}"


@contextmanager
def _translated(*, missing: bool = False) -> Iterator[None]:
    """Say that the store is away, not how its library puts it."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError as error:
        if not missing:
            raise StoreError("blobs.unavailable") from error
    except (BaseError, OSError) as error:
        raise StoreError("blobs.unavailable") from error


def _flush(path: Path) -> None:
    """The library leaves it to the system when a file reaches the disk; a scan must not wait."""
    for one in (path, path.parent, path.parent.parent):
        if one.is_dir() and os.name == "nt":
            continue
        handle = os.open(one, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
