"""The journal of a window: the shift handed over, the day balanced (交接班, 日结)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import msgspec

from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.answer import Refusal
from clerk.contract.case import CaseRecord, Delivery
from clerk.contract.command import CloseDay, HandOverShift, JournalCommand, TakeOverShift
from clerk.contract.custody import Holder, HolderKind
from clerk.contract.ids import new_id
from clerk.contract.journal import (
    BalanceLine,
    DayBalance,
    HeldLine,
    JournalEntry,
    Missed,
    ShiftHandover,
)
from clerk.contract.sync import EntityKind
from clerk.contract.user import User
from clerk.errors import ClerkError, InputError, RefusedError, StoreError
from clerk.rules.case import Case, Context, fold
from clerk.rules.custody.balance import balance_lines, missed_since
from clerk.rules.custody.places import custody_of
from clerk.rules.journal import write_journal
from services.attaching import context_at
from services.calendars import get_calendar
from services.client import Call
from services.journal_forms import JournalPrinter
from services.line import Line
from services.overlay import lay_all
from services.session import Session, get_known_user
from services.waiting import Waiting
from storage import cases, drafts, entities, identity, outbox
from storage.case_head import label_of
from storage.cases import CaseQuery, Order
from storage.store import Connection, Store

_MOST_CASES = 5_000
_decode = msgspec.json.Decoder(JournalEntry).decode


class ShiftCount(msgspec.Struct, frozen=True, kw_only=True):
    """What the lists say of a window now: what a shift that ends leaves behind."""

    since: datetime
    drafts: int
    receipts: int
    papers: tuple[HeldLine, ...]
    certificates: tuple[str, ...]

    @property
    def listed_papers(self) -> int:
        """How many papers the ledger has here."""
        return sum(one.count for one in self.papers)


class DayCount(msgspec.Struct, frozen=True, kw_only=True):
    """What the balance comes to now, before anybody has counted."""

    since: datetime | None
    lines: tuple[BalanceLine, ...]
    missed: tuple[Missed, ...]

    @property
    def held(self) -> int:
        """How many papers the ledger has here."""
        return sum(one.held for one in self.lines)

    @property
    def gaps(self) -> tuple[BalanceLine, ...]:
        """The papers whose sum does not come out."""
        return tuple(one for one in self.lines if one.gap)


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with its paper."""

    entry: JournalEntry
    paper: Path


class Journal:
    """Writes with the line down too: nothing in it decides about an applicant."""

    def __init__(
        self,
        store: Store,
        session: Session,
        line: Line,
        clock: Clock,
        *,
        waiting: Waiting,
        printer: JournalPrinter,
    ) -> None:
        """Count what lies here, and keep what was signed."""
        self._store = store
        self._session = session
        self._line = line
        self._clock = clock
        self._waiting = waiting
        self._printer = printer

    def entries(self) -> tuple[JournalEntry, ...]:
        """The journal of this window, what is waiting for the line too, the newest first."""
        with self._store.read() as connection:
            window = _window(connection)
            found = [one for one in _entries(connection) if one.window == window]
        return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True))

    def find_open(self) -> ShiftHandover | None:
        """The last hand-over, if nobody has followed yet."""
        shifts = (one for one in self.entries() if isinstance(one, ShiftHandover))
        last = next(shifts, None)
        return last if last is not None and last.taken_by is None else None

    def count_shift(self) -> ShiftCount:
        """What there is to hand over. Raises InputError `window.needed` at a department."""
        taken = [one.taken_at for one in self.entries() if isinstance(one, ShiftHandover)]
        since = max((one for one in taken if one is not None), default=self._midnight())
        with self._store.read() as connection:
            window = _window(connection)
            place = Holder(HolderKind.WINDOW, window)
            records = _records(connection, self._clock.now())
            ready = CaseQuery(window=window, deliveries=(Delivery.AT_WINDOW,), limit=_MOST_CASES)
            rows = cases.page(connection, ready, self._clock.now())
            open_drafts = len(drafts.list_all(connection, self._session.get_user().id))
        held = sorted(map(fold, records.values()), key=lambda one: one.received_at)
        return ShiftCount(
            since=since,
            drafts=open_drafts,
            receipts=sum(one.received_at >= since and one.window == window for one in held),
            papers=tuple(line for one in held for line in _held_lines(one, place)),
            certificates=tuple(row.number for row in rows),
        )

    def hand_over(
        self, password: str, counted_papers: int, counted_certificates: int, reason: str
    ) -> Written:
        """Sign what is left at the window; what was counted otherwise needs its reason.

        Raises InputError `session.wrong_password`, and what the rules refuse.
        """
        self._session.demand_own_password(password)
        count = self.count_shift()
        command = HandOverShift(
            since=count.since,
            drafts=count.drafts,
            receipts=count.receipts,
            papers=count.papers,
            counted_papers=counted_papers,
            certificates=count.certificates,
            counted_certificates=counted_certificates,
            reason=reason,
        )
        return self._write_new(command)

    def take_over(self, login: str, password: str) -> Written:
        """Sign for what the one before left, and go on at this desk with their drafts.

        Nobody is signed in by a take-over that is refused. Raises what `Session.verify` raises,
        and RefusedError where it is not theirs to sign: two people hand a shift over.
        """
        entry = self.find_open()
        if entry is None:
            raise RefusedError("journal.unknown")
        newcomer = self._session.verify(login, password)
        try:
            taken = self._decide(entry.id, entry, TakeOverShift(), newcomer.user)
        except ClerkError:
            self._session.turn_away(newcomer)
            raise
        self._session.seat(newcomer)
        written = self._keep(taken, entry.version, TakeOverShift())
        with self._store.begin() as connection:
            drafts.pass_on(connection, entry.by.user, newcomer.user.id)
        return written

    def count_day(self) -> DayCount:
        """The balance since the last one, the two sides from two sources."""
        before = next((one for one in self.entries() if isinstance(one, DayBalance)), None)
        with self._store.read() as connection:
            place = Holder(HolderKind.WINDOW, _window(connection))
            since = before.at if before else None
            records = _records(connection, self._clock.now(), since)
            for line in before.lines if before else ():
                record = records.get(line.case_id) or cases.find(connection, line.case_id)
                if record is not None:
                    records[line.case_id] = record
        known = sorted(records.values(), key=lambda one: one.events[0].at)
        return DayCount(
            since=since,
            lines=balance_lines(place, known, before, self._clock.now()),
            missed=missed_since(place, known, since),
        )

    def close_day(self, counted: int, reason: str) -> Written:
        """Sign the balance; every difference needs to be explained."""
        count = self.count_day()
        command = CloseDay(
            since=count.since,
            lines=count.lines,
            counted=counted,
            missed=count.missed,
            reason=reason,
        )
        return self._write_new(command)

    def print_again(self, entry: JournalEntry) -> Path:
        """The paper of an entry once more."""
        return self._printer.print_entry(entry, reprint=True)

    def of_all_windows(self, day: date) -> tuple[JournalEntry, ...]:
        """What all windows wrote on a day, for the manager; central is asked."""
        call = Call(path="/journal", method="GET", query={"day": day.isoformat()})
        return self._line.ask(call, tuple[JournalEntry, ...], self._session.get_token())

    def _write_new(self, command: JournalCommand) -> Written:
        entry_id = new_id(int(self._clock.now().timestamp() * 1000), os.urandom)
        entry = self._decide(entry_id, None, command, self._session.get_user())
        return self._keep(entry, 0, command)

    def _decide(
        self, entry_id: str, before: JournalEntry | None, command: JournalCommand, user: User
    ) -> JournalEntry:
        with self._store.read() as connection:
            context = context_at(connection, user, self._clock)
        entry = write_journal(before, entry_id, command, context)
        if isinstance(entry, Refusal):
            wrong = InputError if entry.field else RefusedError
            raise wrong(entry.code, **entry.parameters)
        return entry

    def _keep(self, entry: JournalEntry, version: int, command: JournalCommand) -> Written:
        self._waiting.keep(entry.id, version, command)
        return Written(entry=entry, paper=self._printer.print_entry(entry))

    def _midnight(self) -> datetime:
        today = self._clock.now().astimezone(OFFICE_ZONE).date()
        return datetime.combine(today, time.min, OFFICE_ZONE)


def _window(connection: Connection) -> str:
    window = identity.get_enrolled(connection).window
    if not window:
        raise InputError("window.needed")
    return window


def _entries(connection: Connection) -> Iterator[JournalEntry]:
    """What the feed brought, with what is waiting laid over it."""
    found = {one.id: one for one in map(_decode, entities.bodies(connection, EntityKind.JOURNAL))}
    for pending in outbox.pending(connection):
        command, envelope = pending.command, pending.envelope
        if not isinstance(command, JournalCommand):
            continue
        context = Context(
            now=envelope.at,
            calendar=get_calendar(connection),
            user=get_known_user(connection, envelope.user),
            window=envelope.window,
        )
        entry = write_journal(found.get(envelope.case_id), envelope.case_id, command, context)
        if not isinstance(entry, Refusal):
            found[entry.id] = entry
    yield from found.values()


def _records(
    connection: Connection, now: datetime, since: datetime | None = None
) -> dict[str, CaseRecord]:
    """The cases with papers here, and those of which any moved since, as they will stand."""
    window = _window(connection)
    place = Holder(HolderKind.WINDOW, window)
    wanted = [CaseQuery(papers_at=label_of(place))]
    if since is not None:
        wanted.append(CaseQuery(window=window, papers_since=since))
    else:
        wanted.append(CaseQuery(window=window))
    laid = {key: one.record for key, one in lay_all(connection).items() if one.record}
    found: dict[str, CaseRecord] = {}
    for query in wanted:
        query = msgspec.structs.replace(query, order=Order.NEWEST, limit=_MOST_CASES)  # noqa: PLW2901
        for row in cases.page(connection, query, now):
            if row.id not in found and row.id not in laid:
                record = cases.find(connection, row.id)
                if record is None:
                    raise StoreError("case.unknown")
                found[row.id] = record
    return found | laid


def _held_lines(case: Case, place: Holder) -> Iterator[HeldLine]:
    names = {one.key: one.name for one in case.terms.materials}
    for lot in custody_of(case).held_by(place):
        yield HeldLine(
            case_id=case.id,
            number=case.number,
            material=lot.material,
            name=names.get(lot.material, lot.material),
            form=lot.form,
            count=lot.count,
        )
