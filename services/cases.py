"""Cases as the desk shows them: what central last said, with what is waiting laid over it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from clerk.clock import Clock
from clerk.contract.case import CaseRecord
from clerk.errors import StoreError
from clerk.rules.case import Case, fold
from clerk.rules.case.timing import Timing, timing_of
from clerk.rules.overlay import Doubt
from services.calendars import get_calendar
from services.contact import Contact
from services.matching import is_on_page, matches, sorting_key
from services.outline import Outline, lay_out
from services.overlay import lay, lay_all, unanswered_cases
from services.queues import Queue, fill_in, queues_for
from services.seat import seated
from services.session import Session
from storage import cases, identity, outbox
from storage.case_head import head_of
from storage.cases import CaseKey, CaseQuery, CaseRow, Order, key_of
from storage.outbox import OutboxEntry
from storage.store import Connection, Store

__all__ = ["CaseDetail", "CaseKey", "CaseQuery", "Cases", "ListedCase", "Order", "key_of"]


class ListedCase(CaseRow, frozen=True, kw_only=True):
    """A row of a list. `waiting`: a command of this desk has no answer yet.

    `problem` is the code of a command on it that central did not apply.
    """

    waiting: bool = False
    problem: str = ""


class CaseDetail(msgspec.Struct, frozen=True, kw_only=True):
    """One case, whole.

    `doubts` are waiting commands that the rules would refuse now; `problems` are those that
    central did not apply, with what was typed.
    """

    case: Case
    record: CaseRecord
    timing: Timing
    waiting: bool = False
    doubts: tuple[Doubt, ...] = ()
    problems: tuple[OutboxEntry, ...] = ()


class Cases:
    """Lists of cases, and single ones. After the offline lease cached rows stay locked."""

    def __init__(self, store: Store, session: Session, contact: Contact, clock: Clock) -> None:
        """Show what whoever is signed in may see."""
        self._store = store
        self._session = session
        self._contact = contact
        self._clock = clock

    def queues(self) -> tuple[Queue, ...]:
        """The queues of whoever is signed in."""
        with self._store.read() as connection:
            enrolled = identity.get_enrolled(connection)
        return queues_for(seated(self._session.get_user(), enrolled))

    def query_of(self, queue: Queue) -> CaseQuery:
        """The query of a queue, for this user at this desk."""
        with self._store.read() as connection:
            enrolled = identity.get_enrolled(connection)
        return fill_in(queue, seated(self._session.get_user(), enrolled), enrolled)

    def page(self, query: CaseQuery) -> tuple[ListedCase, ...]:
        """A page of a list; the next one is asked for with the `key_of` its last row.

        Raises StoreError `cases.locked` once central was not heard of for too long.
        """
        self._demand_lease()
        now = self._clock.now()
        with self._store.read() as connection:
            laid = self._laid_rows(connection, now)
            refused = _refused_codes(connection)
            asked = msgspec.structs.replace(query, waiting=None, limit=query.limit + len(laid))
            known = query.waiting is not True
            found = cases.page_as(ListedCase, connection, asked, now) if known else ()
        rows = [
            msgspec.structs.replace(row, problem=refused[row.id]) if row.id in refused else row
            for row in found
            if row.id not in laid
        ]
        rows += [
            _listed(row, refused, waiting=waiting)
            for row, waiting in laid.values()
            if matches(row, query, now, waiting=waiting) and is_on_page(row, query)
        ]
        rows.sort(
            key=lambda row: sorting_key(row, query.order), reverse=query.order is Order.NEWEST
        )
        return tuple(rows[: query.limit])

    def outline(self, query: CaseQuery, every: int) -> Outline:
        """Where the pages of a whole list end, each of so many rows. Raises as `page` does."""
        self._demand_lease()
        now = self._clock.now()
        asked = msgspec.structs.replace(query, waiting=None, after=None)
        with self._store.read() as connection:
            laid = self._laid_rows(connection, now)
            only_waiting = query.waiting is True
            ends, rest = (
                ([], 0) if only_waiting else cases.outline(connection, asked, now, every, laid)
            )
        more = [
            key_of(row, query.order)
            for row, waiting in laid.values()
            if matches(row, query, now, waiting=waiting)
        ]
        return lay_out(query.order, ends, every, rest, more)

    def count(self, query: CaseQuery) -> int:
        """How many cases a list has on all its pages."""
        self._demand_lease()
        now = self._clock.now()
        asked = msgspec.structs.replace(query, waiting=None)
        with self._store.read() as connection:
            laid = self._laid_rows(connection, now)
            here = sum(matches(row, query, now, waiting=waits) for row, waits in laid.values())
            if query.waiting is True:
                return here
            cached = [cases.find_row(connection, case_id) for case_id in laid]
            there = cases.count(connection, asked, now)
        return (
            here
            + there
            - sum(matches(row, asked, now, waiting=False) for row in cached if row is not None)
        )

    def detail(self, case_id: str) -> CaseDetail:
        """One case with its dates. Raises StoreError `case.unknown` or `cases.locked`."""
        self._demand_lease()
        with self._store.read() as connection:
            laid = lay(connection, case_id)
            if laid.record is None:
                raise StoreError("case.unknown")
            calendar = get_calendar(connection)
            waiting = case_id in unanswered_cases(connection)
            refused = outbox.refused(connection)
        case = fold(laid.record)
        return CaseDetail(
            case=case,
            record=laid.record,
            timing=timing_of(case, calendar, self._clock.now()),
            waiting=waiting,
            doubts=laid.doubts,
            problems=tuple(one for one in refused if one.envelope.case_id == case_id),
        )

    def numbers(self, case_ids: Iterable[str]) -> dict[str, str]:
        """The numbers of those of these cases that are cached. Raises StoreError `cases.locked`."""
        self._demand_lease()
        with self._store.read() as connection:
            rows = (cases.find_row(connection, case_id) for case_id in case_ids)
            return {row.id: row.number for row in rows if row is not None}

    def find_by_number(self, number: str) -> ListedCase | None:
        """The case of a scanned number, where this desk sees it, waiting ones too."""
        self._demand_lease()
        rows = self.page(CaseQuery(text=number, limit=1))
        return rows[0] if rows and rows[0].number == number else None

    def _laid_rows(self, connection: Connection, now: datetime) -> dict[str, tuple[CaseRow, bool]]:
        """The rows of cases that something is waiting for, and whether it has no answer."""
        laid = lay_all(connection)
        if not laid:
            return {}
        calendar, waiting = get_calendar(connection), unanswered_cases(connection)
        return {
            case_id: (head_of(one.record, calendar, now), case_id in waiting)
            for case_id, one in laid.items()
            if one.record is not None
        }

    def _demand_lease(self) -> None:
        if self._contact.lease_is_over():
            raise StoreError("cases.locked")


def _refused_codes(connection: Connection) -> dict[str, str]:
    """The codes of what central did not apply, by case."""
    return {
        one.envelope.case_id: one.answer.refusal.code if one.answer and one.answer.refusal else ""
        for one in outbox.refused(connection)
    }


def _listed(row: CaseRow, refused: dict[str, str], *, waiting: bool = False) -> ListedCase:
    values = {name: getattr(row, name) for name in row.__struct_fields__}
    return ListedCase(**values, waiting=waiting, problem=refused.get(row.id, ""))
