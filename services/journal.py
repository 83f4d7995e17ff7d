"""The journal of a window: the shift handed over, the day balanced (交接班, 日结)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec

from clerk.clock import OFFICE_ZONE, Clock, begin_of_day
from clerk.contract.answer import Refusal
from clerk.contract.ids import new_id
from clerk.contract.journal import (
    DayBalance,
    JournalEntry,
    ShiftHandover,
)
from clerk.contract.journal_command import CloseDay, HandOverShift, JournalCommand, TakeOverShift
from clerk.contract.sync import COMMAND_MOST_BYTES, EntityKind
from clerk.contract.user import User
from clerk.decoding import Reader
from clerk.errand import Errand, Phase
from clerk.errors import CancelledError, ClerkError, InputError, RefusedError
from clerk.rules.journal import write_journal
from services.attaching import context_at
from services.balance import DayCount, ShiftCount, count_day, count_shift
from services.client import Call
from services.journal_forms import JournalPrinter
from services.line import Line
from services.overlay import context_of
from services.session import Session
from services.waiting import Waiting
from storage import drafts, entities, identity, outbox
from storage.store import Connection, Store

_decode = Reader[JournalEntry](JournalEntry)


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with its paper; without one where it was signed, but its print called off."""

    entry: JournalEntry
    paper: Path | None


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

    def count_shift(self, errand: Errand | None = None) -> ShiftCount:
        """What there is to hand over. Raises InputError `window.needed` at a department."""
        errand = errand or Errand()
        taken = [one.taken_at for one in self.entries() if isinstance(one, ShiftHandover)]
        since = max((one for one in taken if one is not None), default=self._midnight())
        with self._store.read() as connection:
            open_drafts = len(drafts.list_all(connection, self._session.get_user().id))
            window, now = _window(connection), self._clock.now()
            return count_shift(connection, window, since, open_drafts, now, errand)

    def hand_over(
        self,
        password: str,
        counted_papers: int,
        counted_certificates: int,
        reason: str,
        errand: Errand | None = None,
    ) -> Written:
        """Sign what is left at the window; what was counted otherwise needs its reason.

        Raises InputError `session.wrong_password`, and what the rules refuse; and CancelledError:
        then nothing is signed.
        """
        errand = errand or Errand()
        self._session.demand_own_password(password)
        count = self.count_shift(errand)
        command = HandOverShift(
            since=count.since,
            drafts=count.drafts,
            receipts=count.receipts,
            papers=count.papers,
            counted_papers=counted_papers,
            certificates=count.certificates,
            counted_certificates=counted_certificates,
            reason=reason,
            losses=count.losses,
        )
        return self._write_new(command, errand)

    def take_over(self, login: str, password: str, errand: Errand | None = None) -> Written:
        """Sign for what the one before left, and go on at this desk with their drafts.

        Nobody is signed in by a take-over that is refused. Raises what `Session.verify` raises,
        and RefusedError where it is not theirs to sign: two people hand a shift over; and
        CancelledError: then nothing is signed, and nobody else sits here.
        """
        errand = errand or Errand()
        errand.tell(Phase.SIGNING)
        entry = self.find_open()
        if entry is None:
            raise RefusedError("journal.unknown")
        newcomer = self._session.verify(login, password)
        try:
            taken = self._decide(entry.id, entry, TakeOverShift(), newcomer.user)
            errand.make_sure()
        except ClerkError:
            self._session.turn_away(newcomer)
            raise
        self._session.seat(newcomer)
        self._keep(taken, entry.version, TakeOverShift())
        with self._store.begin() as connection:
            drafts.pass_on(connection, entry.by.user, newcomer.user.id)
        return self._print(taken, errand)

    def count_day(self, errand: Errand | None = None) -> DayCount:
        """The balance since the last one, the two sides from two sources."""
        before = next((one for one in self.entries() if isinstance(one, DayBalance)), None)
        with self._store.read() as connection:
            window, now = _window(connection), self._clock.now()
            begins, told = self._midnight(), errand or Errand()
            return count_day(connection, window, before, now, begins=begins, errand=told)

    def close_day(self, counted: int, reason: str, errand: Errand | None = None) -> Written:
        """Sign the balance; every difference needs to be explained.

        Raises CancelledError: then nothing is signed.
        """
        errand = errand or Errand()
        count = self.count_day(errand)
        command = CloseDay(
            since=count.since,
            lines=count.lines,
            counted=counted,
            missed=count.missed,
            reason=reason,
            losses=count.losses,
        )
        return self._write_new(command, errand)

    def print_again(self, entry: JournalEntry, errand: Errand | None = None) -> Path:
        """The paper of an entry once more. Raises CancelledError: then nothing is printed."""
        return self._printer.print_entry(entry, errand or Errand(), reprint=True)

    def of_all_windows(self, day: date) -> tuple[JournalEntry, ...]:
        """What all windows wrote on a day, for the manager; central is asked."""
        call = Call(path="/journal", method="GET", query={"day": day.isoformat()})
        return self._line.ask(call, tuple[JournalEntry, ...], self._session.get_token())

    def _write_new(self, command: JournalCommand, errand: Errand) -> Written:
        errand.tell(Phase.SIGNING)
        errand.make_sure()
        entry_id = new_id(int(self._clock.now().timestamp() * 1000), os.urandom)
        entry = self._decide(entry_id, None, command, self._session.get_user())
        self._keep(entry, 0, command)
        return self._print(entry, errand)

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

    def _keep(self, entry: JournalEntry, version: int, command: JournalCommand) -> None:
        if len(msgspec.json.encode(command)) > COMMAND_MOST_BYTES:
            raise RefusedError("journal.too_long")
        self._waiting.keep(entry.id, version, command)

    def _print(self, entry: JournalEntry, errand: Errand) -> Written:
        """It is signed: only its print can still be called off."""
        errand.go_on()
        try:
            return Written(entry=entry, paper=self._printer.print_entry(entry, errand))
        except CancelledError:
            return Written(entry=entry, paper=None)

    def _midnight(self) -> datetime:
        today = self._clock.now().astimezone(OFFICE_ZONE).date()
        return begin_of_day(today)


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
        context = context_of(connection, envelope)
        entry = write_journal(found.get(envelope.case_id), envelope.case_id, command, context)
        if not isinstance(entry, Refusal):
            found[entry.id] = entry
    yield from found.values()
