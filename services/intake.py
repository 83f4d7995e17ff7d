"""Receiving a walk-in: works with the line down, with its numbers and its receipt at once."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import NamedTuple

import msgspec

from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.answer import Refusal
from clerk.contract.case import CaseRecord
from clerk.contract.command import ReceiveCase
from clerk.contract.draft import ChosenItem, Draft
from clerk.contract.ids import new_id
from clerk.contract.item import Bundle, Item
from clerk.contract.sync import Enrolled
from clerk.errors import InputError, StoreError
from clerk.log import write_event
from clerk.rules.case import Context, decide, fold
from clerk.rules.leases import Exhausted
from clerk.rules.numbers import PASSWORD_BYTES, format_case_number, query_password
from clerk.rules.offering import may_begin
from clerk.rules.overlay import extend
from clerk.rules.rating import CODE_BYTES, make_code
from clerk.rules.submission import commands_of
from clerk.rules.verdict import Visit, Withdrawn, view_visit
from services.attaching import attach_drafted
from services.calendars import get_calendar
from services.changes import Changes
from services.leash import Leash
from services.papers import Papers
from services.session import Session
from services.sync import Sync
from storage import catalogue, drafts, identity, leases, outbox
from storage.store import Connection, Store

_log = logging.getLogger(__name__)


class ReceivedCase(msgspec.Struct, frozen=True):
    """One case of the visit."""

    case_id: str
    number: str


class ReceivedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """What the clerk reads out and hands over.

    `receipt` is None where the cases were received but the paper could not be written:
    `paper_problem` says why, and it can be printed again.
    """

    cases: tuple[ReceivedCase, ...]
    password: str
    receipt: Path | None
    paper_problem: str = ""


class _Secrets(NamedTuple):
    """What stands on the receipt alone: to ask after the cases, and to rate the visit."""

    password: str
    rating_code: str


class Intake:
    """From a draft to received cases."""

    def __init__(  # noqa: PLR0917 - each collaborator is named
        self,
        store: Store,
        session: Session,
        papers: Papers,
        sync: Sync,
        leash: Leash,
        changes: Changes,
        clock: Clock,
    ) -> None:
        """Receive at this desk's window."""
        self._store = store
        self._session = session
        self._papers = papers
        self._sync = sync
        self._leash = leash
        self._changes = changes
        self._clock = clock

    def view(self, draft: Draft) -> Visit:
        """The draft through the rules: what to ask, to collect and to type, and the verdict."""
        with self._store.read() as connection:
            items = [get_chosen_item(connection, one) for one in draft.items]
            withdrawn = catalogue.list_withdrawn(connection, items)
            newest = _newest_bundle(connection, draft)
        now = self._clock.now()
        today = now.astimezone(OFFICE_ZONE).date()
        over = newest.name if newest and not may_begin(newest, now) else ""
        return view_visit(draft, items, today, Withdrawn(items=withdrawn, bundle=over))

    def receive(self, draft: Draft) -> ReceivedVisit:
        """Take the numbers, write the commands of each item, forget the draft: all or nothing.

        Raises InputError with the first problem of the verdict or `numbers.exhausted`, and
        StoreError `draft.unknown` where the draft was received already.
        """
        visit = self.view(draft)
        if visit.verdict.problems:
            raise _unfit(visit.verdict.problems[0])
        self._leash.demand_slack()
        with self._store.begin() as connection:
            secrets = _draw_secrets(connection)
            drafts.get(connection, draft.id)
            enrolled = identity.get_enrolled(connection)
            # A draft may be older than the desk's place: it is received where the desk is now.
            draft = msgspec.structs.replace(draft, window=enrolled.window)
            records = self._receive(connection, draft, visit, secrets)
            drafts.discard(connection, draft.id)
        ids = frozenset(one.id for one in records)
        write_event(_log, "visit.received", application=draft.id, cases=len(records))
        self._changes.publish("outbox", "case", "drafts", cases=ids)
        self._sync.wake()
        return self._hand_over(records, secrets)

    def _receive(
        self, connection: Connection, draft: Draft, visit: Visit, secrets: _Secrets
    ) -> tuple[CaseRecord, ...]:
        enrolled = identity.get_enrolled(connection)
        numbers = {item.id: self._take_number(connection, enrolled) for item in visit.items}
        today = self._clock.now().astimezone(OFFICE_ZONE).date()
        password, code = secrets
        commands = commands_of(draft, visit, numbers, password, today, code)
        received = {
            item.id: self._append(connection, item, command)
            for item, command in zip(visit.items, commands, strict=True)
        }
        user = self._session.get_user()
        attach_drafted(connection, draft, visit.lines, received, user=user, clock=self._clock)
        return tuple(received.values())

    def _take_number(self, connection: Connection, enrolled: Enrolled) -> str:
        window = enrolled.window_number
        if not window:
            raise InputError("window.needed")
        today = self._clock.now().astimezone(OFFICE_ZONE).date()
        taken = leases.take_next(connection, window, today)
        if isinstance(taken, Exhausted):
            raise InputError(taken.code, window=enrolled.window_name)
        return format_case_number(today, window, taken)

    def _append(self, connection: Connection, item: Item, command: ReceiveCase) -> CaseRecord:
        """Put a command into the outbox, if the rules agree; the record is the prediction."""
        now, user = self._clock.now(), self._session.get_user()
        now_ms = int(now.timestamp() * 1000)
        case_id = new_id(now_ms, os.urandom)
        calendar = get_calendar(connection)
        context = Context(now=now, calendar=calendar, user=user, window=command.window, item=item)
        decided = decide(None, command, context)
        if isinstance(decided, Refusal):
            raise _unfit(decided)
        outbox.append(
            connection,
            command_id=new_id(now_ms, os.urandom),
            case_id=case_id,
            base_version=0,
            command=command,
            user=user.id,
            at=now,
            window=command.window,
            monotonic_ms=self._clock.monotonic_ms(),
            calendar_version=calendar.version,
        )
        return extend(case_id, None, decided)

    def _hand_over(self, records: tuple[CaseRecord, ...], secrets: _Secrets) -> ReceivedVisit:
        """The visit with its receipt; the cases stand, whatever becomes of the paper."""
        receipt, problem = None, ""
        try:
            receipt = self._papers.print_visit(records, *secrets)
        except StoreError as error:
            problem = error.code
        except OSError:
            problem = "paper.not_written"
        return ReceivedVisit(
            cases=tuple(ReceivedCase(one.id, fold(one).number) for one in records),
            password=secrets.password,
            receipt=receipt,
            paper_problem=problem,
        )


def get_chosen_item(connection: Connection, chosen: ChosenItem) -> Item:
    """The version that was chosen; a draft older than the cache goes on with the newest one."""
    try:
        return catalogue.get(connection, chosen.item, chosen.version)
    except StoreError:
        newest = catalogue.find_newest(connection, chosen.item)
        if newest is None:
            raise
        return newest


def _draw_secrets(connection: Connection) -> _Secrets:
    """By chance, for one visit; a code only where there is a page that it opens."""
    rates = bool(catalogue.get_rating_choice(connection).address)
    code = make_code(os.urandom(CODE_BYTES)) if rates else ""
    return _Secrets(query_password(os.urandom(PASSWORD_BYTES)), code)


def _unfit(refusal: Refusal) -> InputError:
    return InputError(refusal.code, **{"field": refusal.field, **refusal.parameters})


def _newest_bundle(connection: Connection, draft: Draft) -> Bundle | None:
    """The bundle of an application that this visit begins, as this desk has it now."""
    project = draft.project
    if project is None or project.joined:
        return None
    return catalogue.find_bundle(connection, project.bundle.id)
