"""Matters (诉求) at a desk: taken in, answered, handed on and told, with the line down too."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime

import msgspec

from clerk.clock import Clock
from clerk.contract.answer import Refusal
from clerk.contract.command import MatterCommand, MoveMatter, TakeMatter, TellMatter
from clerk.contract.ids import new_id
from clerk.contract.matter import (
    AnyMatterAct,
    AskContact,
    Brought,
    ContactGiven,
    MatterRecord,
)
from clerk.contract.sync import EntityKind
from clerk.contract.user import Role, User
from clerk.decoding import Reader
from clerk.errors import ClerkError, InputError, RefusedError, StoreError, UnreachableError
from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock import Light
from clerk.rules.matter import (
    Matter,
    MatterDates,
    dates_of,
    decide_matter,
    extend_matter,
    fold_matter,
    light_of,
)
from clerk.rules.matter.number import number_of
from clerk.rules.matter.privacy import masked_matter
from clerk.rules.matter.who import TAKING, WATCHING, is_to_do, sees_matter, waits_to_be_told
from services.acts import Acts
from services.attaching import context_at
from services.calendars import get_calendar
from services.client import Call, encode
from services.contact import Contact
from services.line import Line
from services.overlay import context_of, is_in
from services.session import Session
from services.waiting import Waiting
from storage import catalogue, entities, identity, matters, outbox
from storage.matters import BEGINNING, Place
from storage.outbox import OutboxEntry
from storage.store import Connection, Store

_FRESH_MS = 15_000
"""How long what central said of all desks is shown before it is asked again."""

_decode = Reader[MatterRecord](MatterRecord)


class ListedMatter(msgspec.Struct, frozen=True, kw_only=True):
    """A matter as a list shows it. `waiting`: something here has no answer of central yet.

    `held`: this desk holds it, so that what is done with it may wait for the line.
    """

    matter: Matter
    record: MatterRecord
    number: str
    light: Light
    dates: MatterDates
    to_do: bool = False
    to_tell: bool = False
    waiting: bool = False
    held: bool = True


class MatterList(msgspec.Struct, frozen=True, kw_only=True):
    """What there is, the most pressing first. `problem`: central could not be asked for more.

    `next` is where to read on; nothing once all are read.
    """

    matters: tuple[ListedMatter, ...]
    problem: ClerkError | None = None
    next: Place | None = None


class _Seen(msgspec.Struct, frozen=True):
    """Who looks at matters, from where and when."""

    user: User
    window: str
    calendar: WorkCalendar
    now: datetime

    def list_one(self, record: MatterRecord, *, waiting: bool, held: bool) -> ListedMatter | None:
        """A matter as the list shows it; nothing where it is not theirs to see."""
        matter = fold_matter(record)
        if not sees_matter(matter, self.user, self.window):
            return None
        return ListedMatter(
            matter=matter,
            record=record,
            number=number_of(matter.id, matter.taken_at),
            light=light_of(matter, self.calendar, self.now),
            dates=dates_of(matter, self.calendar, self.now),
            to_do=is_to_do(matter, self.user, self.window),
            to_tell=waits_to_be_told(matter, self.user, self.window),
            waiting=waiting,
            held=held,
        )


class Matters:
    """What people bring, for whoever is signed in."""

    def __init__(  # noqa: PLR0917 - each collaborator is named
        self,
        store: Store,
        session: Session,
        contact: Contact,
        line: Line,
        acts: Acts,
        waiting: Waiting,
        clock: Clock,
    ) -> None:
        """Show what the feed brought, with what waits laid over it."""
        self._store = store
        self._session = session
        self._contact = contact
        self._line = line
        self._acts = acts
        self._waiting = waiting
        self._clock = clock
        self._watched: tuple[MatterRecord, ...] = ()
        self._asked: tuple[str, int] | None = None

    @property
    def is_open(self) -> bool:
        """Whether whoever sits here has to do with matters at all."""
        user = self._session.user
        roles = (*TAKING, Role.SUPERVISOR, Role.AUDITOR)
        return user is not None and any(user.has(role) for role in roles)

    def list(self, most: int = 1_000) -> MatterList:
        """What whoever is here may see; of all desks, where they watch over them.

        So many of this desk's are read, what is owed first; `read_on` reads the others. Raises
        StoreError `cases.locked` once central was not heard of for too long.
        """
        problem = self._ask_for_watched(self._get_reader())
        more = {one.id: one for one in self._watched}
        return self._read({}, BEGINNING, most, more, problem)

    def read_on(self, so_far: MatterList, most: int = 10_000) -> MatterList:
        """The same with more of them, in order; raises what `list` does."""
        self._get_reader()
        known = {one.matter.id: one for one in so_far.matters}
        return self._read(known, so_far.next or BEGINNING, most, {}, so_far.problem)

    def _get_reader(self) -> User:
        if self._contact.lease_is_over():
            raise StoreError("cases.locked")
        return self._session.get_user()

    def _read(
        self,
        known: dict[str, ListedMatter],
        after: Place,
        most: int,
        watched: dict[str, MatterRecord],
        problem: ClerkError | None,
    ) -> MatterList:
        """What is known already, and a page more; the newer of two readings holds."""
        with self._store.read() as connection:
            window = identity.get_enrolled(connection).window
            calendar, now = get_calendar(connection), self._clock.now()
            page, following = matters.page(connection, after, most)
            records, waiting = _lay(connection, page, first=after == BEGINNING)
        held = frozenset(records)
        for one in watched.values():
            here = records.get(one.id)
            if here is None or here.version < one.version:
                records[one.id] = one
        seen = _Seen(self._session.get_user(), window, calendar, now)
        for record in records.values():
            before = known.get(record.id)
            if before is not None and before.record.version >= record.version:
                known[record.id] = msgspec.structs.replace(before, held=True)
                continue
            listed = seen.list_one(record, waiting=record.id in waiting, held=record.id in held)
            if listed is not None:
                known[record.id] = listed
        in_order = tuple(sorted(known.values(), key=_order))
        return MatterList(matters=in_order, problem=problem, next=following)

    def take(self, brought: Brought) -> str:
        """Take it in; the number under which it is found again. It may wait for the line.

        Raises InputError or RefusedError where the rules say no.
        """
        matter_id = new_id(int(self._clock.now().timestamp() * 1000), os.urandom)
        self._keep(matter_id, None, TakeMatter(brought=brought))
        return number_of(matter_id, self._clock.now())

    def move(self, listed: ListedMatter, act: AnyMatterAct) -> None:
        """Do something with it; what this desk does not hold is done at once or not at all.

        Raises InputError or RefusedError where the rules say no, and then what `Acts.send` does.
        """
        self._carry_out(listed, MoveMatter(act=act))

    def tell(self, listed: ListedMatter, note: str) -> None:
        """Note that whoever brought it knows the answer; raises what `move` raises."""
        self._carry_out(listed, TellMatter(note=note))

    def ask_contact(self, listed: ListedMatter, reason: str) -> ContactGiven:
        """Whom to call, whole; central records it with the reason."""
        path = f"/matters/{listed.matter.id}/contact"
        call = Call(path=path, body=encode(AskContact(reason=reason)))
        return self._line.ask(call, ContactGiven, self._session.get_token())

    def refusal_of(self, matter: Matter | None, command: MatterCommand) -> Refusal | None:
        """Why the rules would not have it now; nothing where they would."""
        try:
            self._decide(matter, command)
        except ClerkError as error:
            return Refusal(code=error.code, parameters=error.told)
        return None

    def _carry_out(self, listed: ListedMatter, command: MatterCommand) -> None:
        if listed.held:
            self._keep(listed.matter.id, listed.matter, command)
            return
        self._decide(listed.matter, command)
        self._acts.send(listed.matter.id, command, listed.matter.version)
        self._asked = None

    def _keep(self, matter_id: str, matter: Matter | None, command: MatterCommand) -> None:
        self._decide(matter, command)
        self._waiting.keep(matter_id, matter.version if matter else 0, command)

    def _decide(self, matter: Matter | None, command: MatterCommand) -> None:
        with self._store.read() as connection:
            context = context_at(connection, self._session.get_user(), self._clock)
            choice = catalogue.get_matter_choices(connection).held_at(context.now)
        decided = decide_matter(matter, command, context, choice)
        if isinstance(decided, Refusal):
            wrong = InputError if decided.field else RefusedError
            raise wrong(decided.code, **decided.parameters)

    def _ask_for_watched(self, user: User) -> ClerkError | None:
        """Those of all desks, for whoever watches over them; kept for a while."""
        if not any(user.has(role) for role in WATCHING):
            self._watched = ()
            return None
        now = self._clock.monotonic_ms()
        if self._asked and self._asked[0] == user.id and now - self._asked[1] < _FRESH_MS:
            return None
        call = Call(path="/matters", method="GET")
        try:
            self._watched = self._line.ask(
                call, tuple[MatterRecord, ...], self._session.get_token()
            )
        except (UnreachableError, RefusedError) as error:
            self._watched, self._asked = (), None
            return error
        self._asked = (user.id, now)
        return None


def _order(one: ListedMatter) -> tuple[bool, int, object, str]:
    """What is owed comes first, the earliest due of it before all; then the newest."""
    if one.matter.is_open:
        return False, one.dates.answer_due.toordinal(), one.matter.taken_at, one.matter.id
    return True, -int(one.matter.taken_at.timestamp()), one.matter.taken_at, one.matter.id


def _lay(
    connection: Connection, page: Iterable[MatterRecord], *, first: bool
) -> tuple[dict[str, MatterRecord], frozenset[str]]:
    """What the feed brought, with what is waiting laid over it; what something waits for.

    All that something waits for is on the first page, wherever it stands.
    """
    records = {one.id: one for one in page}
    about = [one for one in outbox.pending(connection) if isinstance(one.command, MatterCommand)]
    for entry in about if first else ():
        body = entities.find(connection, EntityKind.MATTER, entry.envelope.case_id)
        if body is not None:
            records[entry.envelope.case_id] = _decode(body)
    wanted = [one for one in about if first or one.envelope.case_id in records]
    pending = [one for one in wanted if _is_new(one, records)]
    for entry in pending:
        _lay_one(connection, records, entry)
    return records, frozenset(one.envelope.case_id for one in pending)


def _is_new(entry: OutboxEntry, records: dict[str, MatterRecord]) -> bool:
    """Whether it is about a matter, and the cache does not have its effect yet."""
    if not isinstance(entry.command, MatterCommand):
        return False
    return not is_in(entry, records.get(entry.envelope.case_id))


def _lay_one(connection: Connection, records: dict[str, MatterRecord], entry: OutboxEntry) -> None:
    command, envelope = entry.command, entry.envelope
    assert isinstance(command, MatterCommand), "it was looked at"
    known = records.get(envelope.case_id)
    context = context_of(connection, envelope)
    choice = catalogue.get_matter_choices(connection).held_at(envelope.at)
    event = decide_matter(fold_matter(known) if known else None, command, context, choice)
    if not isinstance(event, Refusal):
        laid = extend_matter(envelope.case_id, known, (event,))
        records[envelope.case_id] = masked_matter(laid)
