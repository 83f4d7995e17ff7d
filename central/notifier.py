"""Telling people outside: what is offered to whoever can send it (SMS, post, an app).

Central knows no gateway. It offers each notice once to a notifier; the one that is here puts it
into a folder, from which the city's own gateway takes it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import msgspec

from central.db.reminders import Reminder
from clerk.errors import StoreError
from clerk.files import write_atomic

FOLDER_VARIABLE = "CLERK_NOTICES_DIR"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice as a gateway gets it; whoever has seen its `id` has sent it."""

    id: str
    phone: str
    text: str

    def __repr__(self) -> str:
        """Without telephone and text."""
        return f"Notice({self.id})"


class Notifier(Protocol):
    """Whoever can tell people outside."""

    def offer(self, notice: Notice) -> None:
        """Take a notice, for good. Raises StoreError where it cannot be taken now."""


class FolderNotifier:
    """An outbox of files: one for each notice, whole or not there."""

    def __init__(self, folder: Path) -> None:
        """Write into this folder."""
        self._folder = folder

    def offer(self, notice: Notice) -> None:
        """Write the notice as `ID.json`. Raises StoreError `notices.folder`."""
        try:
            write_atomic(self._folder / f"{notice.id}.json", msgspec.json.encode(notice))
        except OSError as error:
            raise StoreError("notices.folder", folder=str(self._folder)) from error


def find_notifier() -> Notifier | None:
    """The notifier that this central was told of; without one, reminders wait in the list."""
    told = os.environ.get(FOLDER_VARIABLE, "")
    return FolderNotifier(Path(told)) if told else None


def notice_of(reminder: Reminder) -> Notice:
    """What the holder of a licence is told; without a name and without the whole number."""
    text = (
        f"您持有的{reminder.licence_name}（编号尾号{reminder.number[-4:]}）有效期至"
        f"{reminder.until.isoformat()}，需要延续的，请在{reminder.renew_by.isoformat()}前"
        f"向{reminder.office}提出申请。"
    )
    return Notice(id=reminder.id, phone=reminder.phone, text=text)
