"""An online act: one command through the outbox, sent at once while its caller waits.

Not reached, it is taken back and nothing happened. Sent without an answer, it stays and its
repeat gets the stored answer. It is never done twice and never silently queued.
"""

from __future__ import annotations

import logging
import os

from clerk.clock import Clock
from clerk.contract.answer import Answer, Conclusion, Refusal
from clerk.contract.command import AnyCommand, Envelope
from clerk.contract.ids import new_id
from clerk.contract.user import User
from clerk.errors import ClerkError, InputError, RefusedError, StoreError, UnreachableError
from clerk.log import write_event
from clerk.rules.case import Context, decide, fold
from clerk.rules.overlay import Laid
from services.calendars import get_calendar
from services.changes import Changes
from services.line import Line
from services.overlay import lay
from services.pulling import Puller
from services.pushing import Pusher, is_never_stored
from services.session import Session
from storage import cases, catalogue, identity, outbox
from storage.store import Connection, Store

_log = logging.getLogger(__name__)


class Acts:
    """Carries out what needs central's answer."""

    def __init__(  # noqa: PLR0917 - each collaborator is named
        self,
        store: Store,
        line: Line,
        session: Session,
        pusher: Pusher,
        puller: Puller,
        changes: Changes,
        clock: Clock,
    ) -> None:
        """Act for whoever is signed in."""
        self._store = store
        self._line = line
        self._session = session
        self._pusher = pusher
        self._puller = puller
        self._changes = changes
        self._clock = clock

    def perform(self, case_id: str, command: AnyCommand) -> Laid:
        """Do it, and return the case with its effect.

        Raises InputError for what was typed wrongly, before anything is sent; RefusedError with
        central's reason (then the command is kept as refused until dismissed);
        UnreachableError `line.down` or `central.busy` when nothing happened, and
        `answer.awaited` when that is not known yet.
        """
        self._demand_good_input(case_id, command, self._session.get_user())
        self.send(case_id, command)
        with self._store.read() as connection:
            return lay(connection, case_id)

    def send(self, subject: str, command: AnyCommand, version: int | None = None) -> None:
        """Do it to a case, or to something else of this version; raises what `perform` raises."""
        user, token = self._session.get_user(), self._session.get_token()
        with self._pusher.turn():
            self._send_what_comes_first()
            envelope = self._append(subject, command, user, version)
            answer = self._push(envelope, token)
        if answer.conclusion is not Conclusion.APPLIED:
            raise _refused(answer)
        self._fetch_effect()

    def _demand_good_input(self, case_id: str, command: AnyCommand, user: User) -> None:
        """Ask the rules about what was typed; about the case itself central knows more."""
        with self._store.read() as connection:
            record = cases.find(connection, case_id)
            if record is None:
                return
            context = self._context(connection, user)
        decided = decide(fold(record), command, context)
        if isinstance(decided, Refusal) and decided.field:
            raise InputError(decided.code, **decided.parameters)

    def _send_what_comes_first(self) -> None:
        """Commands go in order; one that cannot go keeps back all that follow it."""
        try:
            self._pusher.push_queued()
        except UnreachableError as error:
            if is_never_stored(error):
                raise
            raise UnreachableError("line.down") from error  # this act was not sent
        with self._store.read() as connection:
            left = outbox.unsent(connection, 1)
        if left:
            raise RefusedError("outbox.blocked", n=left[0].n)
        self._line.greet()

    def _append(
        self, subject: str, command: AnyCommand, user: User, version: int | None
    ) -> Envelope:
        now = self._clock.now()
        with self._store.begin() as connection:
            if version is None:
                record = cases.find(connection, subject)
                version = record.version if record else 0
            calendar = catalogue.find_calendar(connection)
            return outbox.append(
                connection,
                command_id=new_id(int(now.timestamp() * 1000), os.urandom),
                case_id=subject,
                base_version=version,
                command=command,
                user=user.id,
                at=now,
                window=identity.get_enrolled(connection).window,
                monotonic_ms=self._clock.monotonic_ms(),
                calendar_version=calendar.version if calendar else "",
            )

    def _push(self, envelope: Envelope, token: str) -> Answer:
        try:
            return self._pusher.push_one(envelope, token)
        except ClerkError as error:
            if not is_never_stored(error):
                raise UnreachableError("answer.awaited", n=envelope.n) from error
            self._take_back(envelope)
            if error.code.startswith("session."):
                self._session.expire(envelope.user, token)
            raise
        finally:
            self._changes.publish("outbox", "case", cases=frozenset({envelope.case_id}))

    def _take_back(self, envelope: Envelope) -> None:
        """Undo what never reached central; what has others behind it has to be sent by and by."""
        try:
            with self._store.begin() as connection:
                outbox.take_back(connection, envelope.n)
        except StoreError as error:
            raise UnreachableError("answer.awaited", n=envelope.n) from error

    def _fetch_effect(self) -> None:
        """Bring the effect into the cache; where the line fails now, it is laid over it."""
        try:
            self._puller.fetch_until_level()
        except (UnreachableError, RefusedError) as error:
            write_event(_log, "act.effect_not_fetched", code=error.code)

    def _context(self, connection: Connection, user: User) -> Context:
        return Context(
            now=self._clock.now(),
            calendar=get_calendar(connection),
            user=user,
            window=identity.get_enrolled(connection).window,
        )


def _refused(answer: Answer) -> RefusedError:
    if answer.refusal is None:
        return RefusedError("command.needs_upgrade", n=answer.n)
    told: dict[str, object] = dict(answer.refusal.parameters)
    if answer.changed_by:
        told["changed_by"] = answer.changed_by
    return RefusedError(answer.refusal.code, **told)
