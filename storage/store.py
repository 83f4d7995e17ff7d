"""The desk's store: one encrypted file, one writer, many readers."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from clerk.errors import StoreError
from storage import key_check
from storage.connection import KEY_BYTES, make_readers, make_writer
from storage.problems import NOT_A_DATABASE, code_of, files_translated, translated
from storage.schema import SCHEMA_VERSION, metadata
from storage.vault import vault_of

__all__ = ["Connection", "Store", "files_of"]

# The services name a connection in their signatures, and know no SQLAlchemy.
__all__ = ["Connection", "Store", "files_of"]

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


class Store:
    """An open store. `begin` is for writing, `read` for reading; both may come from any thread."""

    def __init__(self, path: Path, writer: Engine, readers: Engine) -> None:
        """Hold the engines of a file that is ready; `Store.open` makes it so."""
        self.path = path
        self._writer = writer
        self._readers = readers
        self._turn = threading.Lock()
        self._holder = 0
        self._destroyed = False

    def __repr__(self) -> str:
        """The file's name alone."""
        return f"Store({self.path.name})"

    @classmethod
    def open(cls, path: Path, key: bytes) -> Store:
        """Open the file, or make it; the folder and the file become their owner's alone.

        Raises StoreError: `store.wrong_key`, `store.damaged`, `store.newer`, `store.disk_full`,
        `store.not_writable`.
        """
        assert len(key) == KEY_BYTES, "a raw key of 256 bits"
        with files_translated():
            is_new = _make_private(path)
            if is_new:
                key_check.write_mark(path, key)
            elif key_check.has_mark(path) and not key_check.fits_mark(path, key):
                raise StoreError("store.wrong_key")
        store = cls(path, make_writer(path, key), make_readers(path, key))
        try:
            store._make_ready(key)
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction that is on the disk when this ends, or was never there."""
        assert self._holder != threading.get_ident(), "a transaction within a transaction"
        with self._turn:
            self._demand_there()
            self._holder = threading.get_ident()
            try:
                with translated(), self._writer.begin() as connection:
                    yield connection
            finally:
                self._holder = 0

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One state of the store, however long this takes; writing is refused by the database."""
        self._demand_there()
        with translated(), self._readers.begin() as connection:
            yield connection

    def examine(self) -> tuple[str, ...]:
        """What is wrong with the file, page by page; nothing where it is whole."""
        with self.read() as connection:
            pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
            if pages:
                return tuple(pages)
            found = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
        return tuple(line for line in found if line != "ok")

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self._readers.dispose()
        self._writer.dispose()

    def destroy(self) -> None:
        """Close and delete the file with all that belongs to it. Without its key it was noise.

        Whoever comes after that is told StoreError `desk.ended`, and makes no new file.
        """
        with self._turn:
            self._destroyed = True
        self.close()
        for path in files_of(self.path):
            path.unlink(missing_ok=True)
        vault_of(self.path).destroy()

    def _demand_there(self) -> None:
        if self._destroyed:
            raise StoreError("desk.ended")

    def _make_ready(self, key: bytes) -> None:
        try:
            with self.begin() as connection:
                _bring_up_to_date(connection)
        except StoreError as problem:
            known = key_check.has_mark(self.path)
            if code_of(problem) == NOT_A_DATABASE and not known:
                raise StoreError("store.wrong_key") from problem
            raise
        with files_translated():
            if not key_check.has_mark(self.path):
                key_check.write_mark(self.path, key)


def files_of(path: Path) -> tuple[Path, ...]:
    """Every file that a store consists of."""
    names = (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal")
    return (*(path.with_name(name) for name in names), key_check.mark_path(path))


def _make_private(path: Path) -> bool:
    """Make folder and file for the owner's eyes only; SQLite gives its log the file's rights."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    handle = os.open(path, os.O_CREAT | os.O_RDWR, _PRIVATE_FILE)
    try:
        is_new = os.fstat(handle).st_size == 0
    finally:
        os.close(handle)
    if os.name != "nt":
        path.parent.chmod(_PRIVATE_FOLDER)
        path.chmod(_PRIVATE_FILE)
    return is_new


def _bring_up_to_date(connection: Connection) -> None:
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version == SCHEMA_VERSION:
        return
    if version > SCHEMA_VERSION:
        raise StoreError("store.newer", have=version, known=SCHEMA_VERSION)
    if version == 0:
        metadata.create_all(connection, checkfirst=False)
    else:
        # Alembic takes longer to load than a desk to start, and is needed once in a release.
        from storage.migrations import migrate

        migrate(connection, version)
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
