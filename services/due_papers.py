"""Notices that were made away from the window, and that nobody has printed there yet.

The law accepted by the clock, the department stopped it or extended: the paper has its number, and
the applicant is to have it (行政许可法 Art. 32, 42, 45).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from clerk.clock import Clock
from clerk.contract.case import CaseRecord, DocumentKind
from clerk.rules.case import fold
from services.overlay import lay
from services.papers import Papers, paper_name
from services.press import Press
from storage import cases, identity, prints
from storage.cases import CaseQuery
from storage.store import Connection, Store

_BACK = timedelta(days=60)
_MOST = 2_000
_AWAY = frozenset(
    {
        *(DocumentKind.ACCEPTANCE, DocumentKind.SUPPLEMENT, DocumentKind.DECLINE),
        *(DocumentKind.STOP, DocumentKind.PROLONGATION, DocumentKind.EXTENSION),
        *(DocumentKind.CORRECTION, DocumentKind.LICENCE, DocumentKind.WITHDRAWAL),
    }
)
"""What an applicant is to have at once; decisions are handed over with the result."""


class DuePaper(msgspec.Struct, frozen=True, kw_only=True):
    """A notice to print and hand over."""

    record: CaseRecord
    case_number: str
    item_name: str
    applicant: str
    kind: DocumentKind
    number: str
    at: datetime


class DuePapers:
    """Lists them for the window, and prints them all as one job."""

    def __init__(self, store: Store, papers: Papers, press: Press, clock: Clock) -> None:
        """Look among the cases of this desk's window."""
        self._store = store
        self._papers = papers
        self._press = press
        self._clock = clock

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
            due = [one for record in laid if record for one in _due(connection, record, since)]
        return tuple(sorted(due, key=lambda one: one.at))

    def print_all(self) -> tuple[Path, ...]:
        """Print every one of them, where this seat prints by itself as one job."""
        with self._press.queue.gathering(self._press.get_clerk()):
            return tuple(
                self._papers.print_record(one.record, one.kind, one.number, reprint=False)
                for one in self.list()
            )


def _due(connection: Connection, record: CaseRecord, since: datetime) -> list[DuePaper]:
    case = fold(record)
    return [
        DuePaper(
            record=record,
            case_number=case.number,
            item_name=case.terms.name,
            applicant=case.applicant.name,
            kind=one.kind,
            number=one.number,
            at=one.at,
        )
        for one in case.documents
        if one.kind in _AWAY and one.number and not one.void and one.at >= since
        if not prints.is_printed(connection, paper_name(record, one.kind, one.number))
    ]
