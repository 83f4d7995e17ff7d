"""What waits for the printer at a desk, and what became of it (打印队列)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class PrintState(StrEnum):
    """Where a job of the print queue stands."""

    WAITING = "waiting"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """Where a seat prints: a printer of the system by its name, or a folder; neither, nowhere."""

    printer: str = ""
    folder: str = ""

    @property
    def name(self) -> str:
        """The printer's name or the folder's path, empty where nothing is settled."""
        return self.printer or self.folder


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One paper of a job as a PDF. `name` is its file's, which begins with its case number."""

    name: str
    pdf: bytes
    copies: int = 1


class PrintJob(msgspec.Struct, frozen=True, kw_only=True):
    """One job: papers that go to the printer together. `reason` tells why it failed.

    `outlet` is where it went or was tried; it is empty until then.
    """

    n: int
    at: datetime
    by: str
    names: tuple[str, ...]
    state: PrintState = PrintState.WAITING
    outlet: str = ""
    reason: str = ""
    tries: int = 0
    changed_at: datetime | None = None


class Reprint(msgspec.Struct, frozen=True, kw_only=True):
    """A paper was printed once more: which reprint it is, from 1, when and by whom."""

    paper: str
    nth: int
    at: datetime
    by: str
