"""What the database says, as a problem that a person can be told."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from clerk.errors import StoreError

NOT_A_DATABASE = 26
_PRIMARY = 0xFF
_CODES = {
    3: "store.not_writable",
    5: "store.busy",
    6: "store.busy",
    8: "store.not_writable",
    10: "store.failed",
    11: "store.damaged",
    13: "store.disk_full",
    14: "store.not_writable",
    NOT_A_DATABASE: "store.damaged",
}
"""SQLite's primary result codes: those that are nobody's programming mistake."""

_FULL = {errno.ENOSPC, errno.EDQUOT}
_CLOSED = {
    *(errno.EACCES, errno.EPERM, errno.EROFS),
    *(errno.EEXIST, errno.EISDIR, errno.ENOTDIR),
}


@contextmanager
def translated() -> Iterator[None]:
    """Raise a StoreError for what the disk did; mistakes of the program pass as they are."""
    try:
        yield
    except DBAPIError as error:
        _raise_problem(error, error.orig)
        raise
    except dbapi2.Error as error:
        _raise_problem(error, error)
        raise


@contextmanager
def files_translated() -> Iterator[None]:
    """The same for folders and files that are made without the database."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StoreError("store.disk_full") from error
        if error.errno in _CLOSED:
            raise StoreError("store.not_writable") from error
        raise


def code_of(error: BaseException | None) -> int:
    """SQLite's primary result code, 0 for what is none of SQLite's errors."""
    while error is not None:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None:
            return int(code) & _PRIMARY
        error = getattr(error, "orig", None) or error.__cause__
    return 0


def _raise_problem(error: Exception, origin: BaseException | None) -> None:
    code = _CODES.get(code_of(origin))
    if code is not None:
        raise StoreError(code) from error
