"""Papers: printed into the profile's folder, under names that say nothing of people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from clerk.clock import Clock
from clerk.contract.case import CaseRecord, DocumentKind
from clerk.contract.command import NotePrint, ReceiveCase
from clerk.contract.notice import NoticePrinted
from clerk.contract.usual_time import UsualTime
from clerk.errors import InputError, StoreError
from clerk.rules.case import fold
from clerk.rules.case.state import PrintedDocument
from clerk.rules.overlay import Laid
from clerk.rules.rating import page_address
from exports.papers.forms import Paper
from services.calendars import get_calendar
from services.contact import Contact
from services.forms import Desktop, notice_of, receipt_of
from services.overlay import lay
from services.press import Press
from services.profile import Profile
from services.waiting import Waiting
from storage import cases, catalogue, identity, outbox
from storage.cases import CaseQuery
from storage.store import Connection, Store

_KEPT = timedelta(days=7)
_NAMES = {DocumentKind.LICENCE: "licence-notice"}
"""What a file is named by, where the kind alone would name the sealed licence beside it."""


class Papers:
    """Prints receipts and notices as PDF files."""

    def __init__(
        self,
        profile: Profile,
        store: Store,
        press: Press,
        contact: Contact,
        clock: Clock,
        *,
        waiting: Waiting,
    ) -> None:
        """Print into this profile's folder; what is printed again is told to central."""
        self._folder = profile.papers
        self._press = press
        self._store = store
        self._contact = contact
        self._clock = clock
        self._waiting = waiting

    def print_visit(
        self, records: Sequence[CaseRecord], password: str, rating_code: str = ""
    ) -> Path:
        """The receipt of a visit that was received just now."""
        with self._store.read() as connection:
            at = self._desktop(connection, records[0])
            usual = _usual_times(connection, records)
            page = page_address(catalogue.get_rating_choice(connection).address, rating_code)
        waiting = not self._contact.online
        receipt = receipt_of(
            records, at, query_password=password, rating_page=page, waiting=waiting, usual=usual
        )
        path = self._folder / f"{paper_name(records[0], DocumentKind.RECEIPT)}.pdf"
        self._press.put(receipt, path)
        return path

    def print_paper(
        self, case_id: str, kind: DocumentKind, number: str = "", *, reprint: bool = True
    ) -> Path:
        """The paper of this kind and number, or the last; a second print unless told otherwise.

        Raises InputError `paper.not_given` where the case has none.
        """
        with self._store.read() as connection:
            record = lay(connection, case_id).record
        if record is None:
            raise StoreError("case.unknown")
        return self.print_record(record, kind, number, reprint=reprint)

    def print_record(
        self, record: CaseRecord, kind: DocumentKind, number: str = "", *, reprint: bool = True
    ) -> Path:
        """The same of a case that this desk need not hold, as its reader was shown it."""
        with self._store.read() as connection:
            at = self._desktop(connection, record, reprint=reprint)
            visit = self._visit_of(connection, record)
            usual = _usual_times(connection, visit)
        is_receipt = kind is DocumentKind.RECEIPT
        paper = (
            receipt_of(visit, at, usual=usual)
            if is_receipt
            else notice_of(record, kind, at, number)
        )
        path = self._folder / f"{paper_name(record, kind, number)}.pdf"
        printed = _find_printed(record, kind, number)
        nth = self._press.put(paper, path, printed.reprints if printed else 0)
        if reprint and printed is not None:
            self.note_print(record, printed, nth)
        return path

    def note_print(self, record: CaseRecord, paper: PrintedDocument, nth: int) -> None:
        """Let central know of a print; with the line down it hears of it by and by."""
        told = NotePrint(
            paper=paper.kind.value, number=paper.number, nth=nth, printed_at=self._clock.now()
        )
        self._waiting.note(record, told)

    def print_sheet(self, record: CaseRecord) -> Path:
        """The case on paper: its states, its events, its limits explained day by day."""
        from services.case_sheet import sheet_of

        with self._store.read() as connection:
            at = self._desktop(connection, record)
        path = self._folder / f"{fold(record).number}-sheet.pdf"
        self._press.put(sheet_of(record, at), path)
        return path

    def print_corrections(self, record: CaseRecord) -> Path:
        """All corrections of the case on one list. Raises InputError `paper.no_corrections`."""
        from services.correction_list import correction_list

        paper = correction_list(record, self.desktop_for(record))
        return self.write(paper, f"{fold(record).number}-corrections")

    def find_newest(self, laid: Laid) -> Path | None:
        """The first print of the paper that a case's last event gave, if it gave one."""
        record, case = laid.record, laid.case
        number = _last_document(record) if record else ""
        if record is None or case is None or not number:
            return None
        kind = next(one.kind for one in reversed(case.documents) if one.number == number)
        return self.print_paper(record.id, kind, number, reprint=False)

    def find_given(self, record: CaseRecord, proposal: int) -> tuple[Path, ...]:
        """The first prints of what the approval of a proposal gave, in its order."""
        approved = [getattr(one, "proposal", 0) == proposal for one in record.events]
        given = record.events[approved.index(True) :] if True in approved else ()
        numbers = [getattr(one, "document", "") for one in given]
        kinds = {one.number: one.kind for one in fold(record).documents}
        return tuple(
            self.print_record(record, kinds[number], number, reprint=False)
            for number in numbers
            if number
        )

    def find_paper(self, case_id: str, kind: DocumentKind) -> Path | None:
        """The first print of a paper, or nothing where the case has none of this kind."""
        try:
            return self.print_paper(case_id, kind, reprint=False)
        except InputError:
            return None

    def desktop_for(self, record: CaseRecord, *, reprint: bool = False) -> Desktop:
        """Where and by whom a paper of this case is printed now."""
        with self._store.read() as connection:
            return self._desktop(connection, record, reprint=reprint)

    def write(self, paper: Paper, name: str) -> Path:
        """Print under this name; it begins with a case's number, so that it goes with the case."""
        path = self._folder / f"{name}.pdf"
        self._press.put(paper, path)
        return path

    def purge(self) -> None:
        """Delete old prints: they speak of people, and are printed anew from the case at will."""
        oldest = (self._clock.now() - _KEPT).timestamp()
        for path in self._folder.glob("*.pdf"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def purge_unseen(self) -> None:
        """Delete the prints of cases that this desk sees no more, and what waits of them."""
        with self._store.read() as connection:
            waiting = {
                one.command.number
                for one in outbox.entries(connection)
                if isinstance(one.command, ReceiveCase)
            }
            for path in self._folder.glob("*.pdf"):
                if not _is_seen(connection, path.name, waiting):
                    path.unlink(missing_ok=True)
            held = self._press.queue.holding()
            lost = {n for n, name in held if not _is_seen(connection, name, waiting)}
        self._press.queue.forget(lost)

    def _visit_of(self, connection: Connection, record: CaseRecord) -> list[CaseRecord]:
        """All cases of the same visit that this desk sees, this one first."""
        application = fold(record).application
        query = CaseQuery(application=application)
        rows = cases.page(connection, query, self._clock.now())
        others = [lay(connection, row.id).record for row in rows if row.id != record.id]
        return [record, *(one for one in others if one is not None)]

    def _desktop(
        self, connection: Connection, record: CaseRecord, *, reprint: bool = False
    ) -> Desktop:
        """The window of the case, with the desk's own name where it is unknown."""
        enrolled = identity.get_enrolled(connection)
        window = catalogue.find_window(connection, fold(record).window)
        return Desktop(
            centre=window.centre if window else enrolled.centre,
            window=window.name if window else enrolled.window_name,
            clerk=self._press.get_clerk(),
            calendar=get_calendar(connection),
            now=self._clock.now(),
            reprint=reprint,
            departments={one.id: one.name for one in catalogue.departments(connection)},
        )


def _is_seen(connection: Connection, name: str, waiting: set[str]) -> bool:
    """Whether a file is of a case that is here; the journal's speak of no case."""
    number = name.partition("-")[0]
    if not number.isdigit() or number in waiting:
        return True
    return cases.find_by_number(connection, number) is not None


def _usual_times(connection: Connection, records: Sequence[CaseRecord]) -> dict[str, UsualTime]:
    return catalogue.find_usual_times(connection, [fold(one).terms.item for one in records])


def paper_name(record: CaseRecord, kind: DocumentKind, number: str = "") -> str:
    """What the file of a paper is called, and by what its prints are counted."""
    place = _place_of(record, kind, number)
    nth = f"-{place}" if place > 1 else ""
    return f"{fold(record).number}-{_NAMES.get(kind, kind.value)}{nth}"


def _last_document(record: CaseRecord) -> str:
    """The number that the last act gave; a print of another desk is none."""
    acts = (one for one in reversed(record.events) if not isinstance(one, NoticePrinted))
    return str(getattr(next(acts), "document", ""))


def _find_printed(record: CaseRecord, kind: DocumentKind, number: str) -> PrintedDocument | None:
    """The paper that is printed; without a number the last of its kind."""
    mine = [one for one in fold(record).documents if one.kind is kind]
    named = [one for one in mine if one.number == number] if number else mine
    return named[-1] if named else None


def _place_of(record: CaseRecord, kind: DocumentKind, number: str) -> int:
    """Which of its kind a paper is, from 1: two stops have two notices."""
    numbers = [one.number for one in fold(record).documents if one.kind is kind]
    return numbers.index(number) + 1 if number in numbers else len(numbers)
