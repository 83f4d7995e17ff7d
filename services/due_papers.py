"""Notices that were made away from the window, until the applicant has them.

The law accepted by the clock, the department stopped it or extended: the paper has its number, and
the applicant is to have it (行政许可法 Art. 32, 42, 45). It is printed at the window, and then
handed over, mailed or sent, which is recorded (送达).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from clerk.clock import Clock
from clerk.contract.case import CaseRecord, DocumentKind
from clerk.contract.command import DeliverNotice
from clerk.errand import Errand, Phase
from clerk.errors import CancelledError
from clerk.rules.case import fold
from clerk.rules.case.notices import NOTICES, find_paper
from clerk.rules.case.state import PrintedDocument
from services.overlay import lay
from services.papers import Papers, paper_name
from services.press import Press
from services.waiting import Waiting
from storage import cases, identity, prints
from storage.cases import CaseQuery
from storage.store import Connection, Store

_BACK = timedelta(days=60)
_MOST = 2_000


class DuePaper(msgspec.Struct, frozen=True, kw_only=True):
    """A notice to print, or one that is printed and to be handed over."""

    record: CaseRecord
    case_number: str
    item_name: str
    applicant: str
    kind: DocumentKind
    number: str
    at: datetime
    printed: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, printed or not."""
        return self.record.id, self.kind.value, self.number


class DuePapers:
    """Lists them for the window, prints them all as one job, and records how they were got."""

    def __init__(
        self, store: Store, papers: Papers, press: Press, clock: Clock, *, waiting: Waiting
    ) -> None:
        """Look among the cases of this desk's window."""
        self._store = store
        self._papers = papers
        self._press = press
        self._clock = clock
        self._waiting = waiting

    def list(self) -> tuple[DuePaper, ...]:
        """The notices that were made since this desk keeps record, oldest first."""
        with self._store.read() as connection:
            window = identity.get_enrolled(connection).window
            if not window:
                return ()
            now = self._clock.now()
            since = max(self._press.queue.since, now - _BACK)
            query = CaseQuery(window=window, limit=_MOST)
            rows = cases.page(connection, query, now)
            laid = (lay(connection, row.id).record for row in rows)
            seen = _Seen(connection, window, since)
            due = [one for record in laid if record for one in seen.find_due(record)]
        return tuple(sorted(due, key=lambda one: one.at))

    def print_all(
        self, errand: Errand | None = None, wanted: Sequence[DuePaper] | None = None
    ) -> tuple[Path, ...]:
        """Print what is not printed yet, or what of this is wanted, as one job where this seat can.

        Called off, which is between two notices, the others are still to be printed.
        """
        errand, made = errand or Errand(), list[Path]()
        with self._press.queue.gathering(self._press.get_clerk()):
            due = [one for one in self.list() if not one.printed]
            if wanted is not None:
                keys = {one.key for one in wanted}
                due = [one for one in due if one.key in keys]
            for nth, one in enumerate(due):
                try:
                    errand.tell(Phase.PAPERS, nth, len(due))
                except CancelledError:
                    break
                made.append(self._print(one))
        return tuple(made)

    def deliver(self, due: DuePaper, command: DeliverNotice) -> None:
        """Record how the applicant got it; the line may be down.

        Raises InputError or RefusedError where the rules say no.
        """
        self._waiting.put(due.record.id, command)

    def _print(self, due: DuePaper) -> Path:
        path = self._papers.print_record(due.record, due.kind, due.number, reprint=False)
        paper = find_paper(fold(due.record), due.kind.value, due.number)
        assert paper is not None, "what is due is one of the case's papers"
        self._papers.note_print(due.record, paper, 0)
        return path


class _Seen(msgspec.Struct, frozen=True):
    """What this desk knows of the notices of its window."""

    connection: Connection
    window: str
    since: datetime

    def find_due(self, record: CaseRecord) -> list[DuePaper]:
        case = fold(record)
        makers = {getattr(one, "document", ""): one.by.window for one in record.events}
        due = []
        for one in case.documents:
            if one.kind not in NOTICES or not one.number or one.void or one.at < self.since:
                continue
            printed = self._is_printed(record, one)
            # Whoever confirms a loss sits anywhere, and no applicant stands before them.
            maker = "" if one.kind is DocumentKind.LOSS else makers.get(one.number, "")
            if one.deliveries or (printed and maker) or maker not in {"", self.window}:
                # Whoever made it at a window gave it to whoever stood there.
                continue
            due.append(
                DuePaper(
                    record=record,
                    case_number=case.number,
                    item_name=case.terms.name,
                    applicant=case.applicant.name,
                    kind=one.kind,
                    number=one.number,
                    at=one.at,
                    printed=printed,
                )
            )
        return due

    def _is_printed(self, record: CaseRecord, paper: PrintedDocument) -> bool:
        """Here, or as another seat has told central."""
        name = paper_name(record, paper.kind, paper.number)
        return paper.printed or prints.is_printed(self.connection, name)
