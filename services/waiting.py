"""Acts that may wait for the line: put into the outbox at once, and sent by and by."""

from __future__ import annotations

import os

from clerk.clock import Clock
from clerk.contract.answer import Refusal
from clerk.contract.case import CaseRecord
from clerk.contract.command import AnyCommand, NotePrint
from clerk.contract.ids import new_id
from clerk.errors import InputError, RefusedError
from clerk.rules.case import decide
from services.attaching import context_at
from services.changes import Changes
from services.overlay import lay
from services.session import Session
from services.sync import Sync
from storage import cases, outbox
from storage.store import Connection, Store


class Waiting:
    """Puts acts on cases into the outbox, each predicted by the rules as every command is."""

    def __init__(
        self, store: Store, session: Session, sync: Sync, changes: Changes, clock: Clock
    ) -> None:
        """In the name of whoever is signed in."""
        self._store = store
        self._session = session
        self._sync = sync
        self._changes = changes
        self._clock = clock

    def note(self, record: CaseRecord, command: NotePrint) -> None:
        """Keep what was printed, of a case that this desk need not hold."""
        with self._store.begin() as connection:
            known = cases.find(connection, record.id)
            self._append(connection, record.id, known.version if known else 0, command)
        self._changes.publish("outbox")
        self._sync.wake()

    def put(self, case_id: str, command: AnyCommand) -> None:
        """Keep it, and wake the line. Raises InputError or RefusedError where the rules say no."""
        user = self._session.get_user()
        with self._store.begin() as connection:
            context = context_at(connection, user, self._clock)
            decided = decide(lay(connection, case_id).case, command, context)
            if isinstance(decided, Refusal):
                wrong = InputError if decided.field else RefusedError
                raise wrong(decided.code, **decided.parameters)
            known = cases.find(connection, case_id)
            self._append(connection, case_id, known.version if known else 0, command)
        self._changes.publish("outbox", "case", cases=frozenset({case_id}))
        self._sync.wake()

    def keep(self, subject: str, version: int, command: AnyCommand) -> None:
        """Keep an act on something else than a case, which its service has predicted."""
        with self._store.begin() as connection:
            self._append(connection, subject, version, command)
        self._changes.publish("outbox", "journal", "matter")
        self._sync.wake()

    def _append(
        self, connection: Connection, subject: str, version: int, command: AnyCommand
    ) -> None:
        user = self._session.get_user()
        context = context_at(connection, user, self._clock)
        outbox.append(
            connection,
            command_id=new_id(int(context.now.timestamp() * 1000), os.urandom),
            case_id=subject,
            base_version=version,
            command=command,
            user=user.id,
            at=context.now,
            window=context.window,
            monotonic_ms=self._clock.monotonic_ms(),
            calendar_version=context.calendar.version,
        )
