"""The end of a desk that was disabled: it hands over what it has, and then keeps nothing."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from clerk.errors import UnreachableError
from clerk.log import write_event
from services.changes import Changes
from services.contact import Contact
from services.keys import forget_key
from services.line import Line
from services.profile import Profile
from services.sealing import Sealing
from storage.instance import LOCK_NAME
from storage.store import Store

_log = logging.getLogger(__name__)


class Farewell:
    """Destroys the store, the prints and the key, once central has the outbox and the scans."""

    def __init__(  # noqa: PLR0917 - each collaborator is named
        self,
        profile: Profile,
        store: Store,
        line: Line,
        contact: Contact,
        sealing: Sealing,
        changes: Changes,
    ) -> None:
        """Be ready to end this profile's desk."""
        self._profile = profile
        self._store = store
        self._line = line
        self._contact = contact
        self._sealing = sealing
        self._changes = changes
        self._send_scans: Callable[[], None] | None = None

    def when_handed_over(self, send_scans: Callable[[], None]) -> None:
        """Call this while the desk is still let in with its scans."""
        self._send_scans = send_scans

    def end(self) -> None:
        """Hand over and destroy. What central has not answered stays, and is tried again.

        Raises UnreachableError.
        """
        sealed, count = self._sealing.seal()
        handed = self._line.hand_over(sealed)
        if self._sealing.keep_answers(handed.pushed):
            raise UnreachableError("answer.awaited")
        self._line.carry(handed.token)
        if self._send_scans is not None:
            self._send_scans()
        write_event(_log, "desk.ended", handed_over=count)
        self._store.destroy()
        forget_key(self._profile)
        _empty(self._profile.data)
        self._contact.note_failure("desk.ended")
        self._changes.publish("session", "case", "outbox", "drafts")


def _empty(folder: Path) -> None:
    """Prints, workbooks, scans and sealed outboxes: all but the lock, which is never deleted."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != LOCK_NAME:
            path.unlink(missing_ok=True)
