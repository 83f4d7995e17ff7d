"""Matters (诉求) at a desk: taken in, answered, handed on and told, with the line down too."""

from __future__ import annotations

import os

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
from clerk.errors import ClerkError, InputError, RefusedError, StoreError, UnreachableError
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
from storage import catalogue, entities, identity, outbox
from storage.outbox import OutboxEntry
from storage.store import Connection, Store

_FRESH_MS = 15_000
"""How long what central said of all desks is shown before it is asked again."""

_decode = msgspec.json.Decoder(MatterRecord).decode


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
    """What there is, the most pressing first. `problem`: central could not be asked for more."""

    matters: tuple[ListedMatter, ...]
    problem: ClerkError | None = None


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

    def list(self) -> MatterList:
        """All that whoever is here may see; of all desks, where they watch over them.

        Raises StoreError `cases.locked` once central was not heard of for too long.
        """
        if self._contact.lease_is_over():
            raise StoreError("cases.locked")
        user = self._session.get_user()
        problem = self._ask_for_watched(user)
        with self._store.read() as connection:
            window = identity.get_enrolled(connection).window
            calendar, now = get_calendar(connection), self._clock.now()
            records, waiting = _lay(connection)
        held = frozenset(records)
        for one in self._watched:
            known = records.get(one.id)
            if known is None or known.version < one.version:
                records[one.id] = one
        found = [
            ListedMatter(
                matter=matter,
                record=record,
                number=number_of(matter.id, matter.taken_at),
                light=light_of(matter, calendar, now),
                dates=dates_of(matter, calendar, now),
                to_do=is_to_do(matter, user, window),
                to_tell=waits_to_be_told(matter, user, window),
                waiting=matter.id in waiting,
                held=matter.id in held,
            )
            for record in records.values()
            for matter in [fold_matter(record)]
            if sees_matter(matter, user, window)
        ]
        return MatterList(matters=tuple(sorted(found, key=_order)), problem=problem)

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


def _lay(connection: Connection) -> tuple[dict[str, MatterRecord], frozenset[str]]:
    """What the feed brought, with what is waiting laid over it; what something waits for."""
    stored = map(_decode, entities.bodies(connection, EntityKind.MATTER))
    records = {one.id: one for one in stored}
    pending = [one for one in outbox.pending(connection) if _is_new(one, records)]
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
