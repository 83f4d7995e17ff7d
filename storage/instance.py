"""One running desk per profile: two would push under the same numbers."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from clerk.errors import StoreError

LOCK_NAME = "running.lock"
_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


class Instance:
    """The right to be the desk of a profile, held until `release` or the end of the process.

    The lock file is never deleted: deleting it would let two hold two files of one name.
    """

    def __init__(self, lock: FileLock) -> None:
        """Hold a lock that is held; `hold_instance` takes it."""
        self._lock = lock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def release(self) -> None:
        """Let another instance start."""
        self._lock.release()


def hold_instance(folder: Path) -> Instance:
    """Become the one desk of a profile's folder. Raises StoreError `store.in_use`."""
    folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    # Not a singleton, not reentrant: the same process may not hold it twice either.
    lock = FileLock(folder / LOCK_NAME, timeout=0, mode=_PRIVATE_FILE, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise StoreError("store.in_use") from None
    return Instance(lock)
