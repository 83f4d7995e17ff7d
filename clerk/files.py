"""Files that are read with a reason why not, and written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from clerk.errors import InputError


@contextlib.contextmanager
def readable(path: Path) -> Iterator[None]:
    """Where a file cannot be read within, raises InputError `file.unreadable` with the reason."""
    try:
        yield
    except OSError as error:
        raise InputError("file.unreadable", file=path.name, reason=error.strerror or "") from error


def read_file(path: Path) -> bytes:
    """All of a file. Raises InputError `file.unreadable` with the reason."""
    with readable(path):
        return path.read_bytes()


def write_atomic(path: Path, data: bytes) -> None:
    """Put a file in place at once: after a power cut it is the old one or the new one, whole."""
    with replacing(path) as file:
        file.write(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of `path` once all went well; else nothing is left.

    The temporary file lies beside it, because a rename is atomic within one file system only.
    Only the owner may read it: papers and workbooks speak of people.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself outlast a power cut; Windows knows no such call on folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
