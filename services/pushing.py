"""Pushing: commands in order of n, one request in flight, and what became of each.

Two callers push: the background loop what is queued, and an online act its own command while
its caller waits. They take turns, so that nothing is sent twice at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from clerk.clock import Clock
from clerk.contract.answer import Answer, Conclusion
from clerk.contract.command import Envelope, NotePrint, is_queued
from clerk.contract.sync import Push, Pushed
from clerk.decoding import decode
from clerk.errand import Errand, Phase
from clerk.errors import ClerkError, RefusedError, UnreachableError
from clerk.log import write_event
from clerk.sync.desk import counts_answers, take_pushed
from clerk.sync.outbox import choose_batch, void_numbers
from services.changes import Changes
from services.client import Call, encode
from services.line import Line
from services.session import Session, find_user
from storage import cases, identity, outbox, resending, sync_state
from storage.store import Connection, Store

_NEVER_STORED = frozenset({"line.down", "central.busy"})
"""What is known to have left central as it was; all else leaves that open."""

_SESSION_GONE = frozenset({"session.expired", "session.unknown"})
_log = logging.getLogger(__name__)


class _Tag(msgspec.Struct):
    kind: str


class _SessionGoneError(Exception):
    """The session that a batch was sent under had ended; nothing of it was taken."""


class Pusher:
    """Sends what is in the outbox.

    `held`: a central that was restored waits for another desk before it takes the next command.
    """

    def __init__(
        self, store: Store, line: Line, session: Session, changes: Changes, clock: Clock
    ) -> None:
        """Take the session, whose token acts are sent with."""
        self._store = store
        self._line = line
        self._session = session
        self._changes = changes
        self._clock = clock
        self._turn = threading.RLock()
        self.held = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Nobody else pushes meanwhile."""
        with self._turn:
            yield

    def push_queued(self, errand: Errand | None = None) -> int:
        """Push everything that can be pushed; how many commands were answered.

        What needs the session of somebody who is not here stays, with all that follows it.
        Raises UnreachableError, or RefusedError where central refuses the whole push, and
        CancelledError between two batches.
        """
        errand = errand or Errand()
        with self._turn:
            answered, waiting = 0, self._count_waiting()
            while batch := self.next_batch():
                errand.tell(Phase.SENDING, min(answered, waiting), waiting)
                try:
                    answers = self._push_batch(batch)
                except _SessionGoneError:
                    continue  # what needs no session goes without it
                answered += len(answers)
                if len(answers) < len(batch):
                    break
            return answered

    def find_blocker(self) -> str:
        """The login of whoever has to sign in before the first command can go, if somebody has."""
        with self._store.read() as connection:
            first = outbox.unsent(connection, 1)
            user = find_user(connection, first[0].user) if first else None
        if user is None or self.next_batch():
            return ""
        return user.login

    def push_one(self, envelope: Envelope, token: str) -> Answer:
        """Push one command alone and wait for its answer. The caller has the turn."""
        for answer in self._push((envelope,), token):
            if answer.n == envelope.n:
                return answer
        raise UnreachableError("central.strange")

    def next_batch(self) -> tuple[Envelope, ...]:
        """What would be pushed next: in order, within the limits, and under live sessions only."""
        most = (self._line.most_commands, self._line.most_bytes)
        with self._store.read() as connection:
            unsent = outbox.unsent(connection, most[0])
        return choose_batch(
            unsent,
            most,
            is_queued=_is_queued,
            has_session=lambda user: (
                bool(self._session.token_of(user)) or self._session.goes_without(user)
            ),
        )

    def _count_waiting(self) -> int:
        with self._store.read() as connection:
            return outbox.count_waiting(connection)

    def _push_batch(self, batch: Sequence[Envelope]) -> tuple[Answer, ...]:
        actor = next((one.user for one in batch if not _is_queued(one)), "")
        token = self._session.token_of(actor) if actor else ""
        try:
            return self._push(batch, token)
        except RefusedError as error:
            if error.code not in _SESSION_GONE:
                raise
            # Nothing was stored: the rest goes on without what needs that session.
            self._session.expire(actor, token)
            raise _SessionGoneError from error

    def _push(self, batch: Sequence[Envelope], token: str) -> tuple[Answer, ...]:
        """One request, with each step on the disk before the next."""
        self._line.greet()
        numbers = tuple(one.n for one in batch)
        with self._store.begin() as connection:
            message = _message_of(connection, batch)
            outbox.mark_sending(connection, numbers)
        self._changes.publish("outbox")
        call = Call(path="/sync/push", body=encode(message), acts=True)
        try:
            pushed = self._line.ask(call, Pushed, token)
        except ClerkError as error:
            self._note_failure(numbers, error)
            raise
        self._keep(batch, pushed)
        return pushed.answers

    def _note_failure(self, numbers: tuple[int, ...], error: ClerkError) -> None:
        with self._store.begin() as connection:
            if is_never_stored(error):
                outbox.mark_unreached(connection, numbers, error.code)
            else:
                outbox.mark_unanswered(connection, numbers, error.code)
        self._changes.publish("outbox")

    def _keep(self, batch: Sequence[Envelope], pushed: Pushed) -> None:
        with self._store.begin() as connection:
            before = sync_state.load(connection)
            sync_state.save(connection, take_pushed(before, pushed))
            counts = counts_answers(before, pushed)
            for answer in pushed.answers if counts else ():
                outbox.mark_answered(connection, answer, pushed.head)
                _let_go_of_print(connection, answer)
            # The feed may have been faster than the answer.
            outbox.settle(connection, before.cursor, self._clock.now())
        if not counts:
            # Central was restored meanwhile: it is greeted, and asked once more.
            self._line.forget_greeting()
            raise UnreachableError("answer.awaited")
        self.held = pushed.mending
        answered = {one.n for one in pushed.answers}
        for answer in pushed.answers:
            told = answer.conclusion.value
            write_event(_log, "command.answered", n=answer.n, conclusion=told)
        touched = frozenset(one.case_id for one in batch if one.n in answered)
        self._changes.publish("outbox", "case", cases=touched)


def _let_go_of_print(connection: Connection, answer: Answer) -> None:
    """A print that central cannot put to a case asks nobody to deal with it.

    Nothing stays of one whose case has left the desk's sight meanwhile.
    """
    entry = outbox.find(connection, answer.n)
    if entry is not None and isinstance(entry.command, NotePrint):
        unseen = cases.find(connection, entry.envelope.case_id) is None
        if unseen or answer.conclusion in {Conclusion.REFUSED, Conclusion.CONFLICT}:
            outbox.forget(connection, answer.n)


def _message_of(connection: Connection, batch: Sequence[Envelope]) -> Push:
    enrolled, state = identity.get_enrolled(connection), sync_state.load(connection)
    return Push(
        device=enrolled.device,
        incarnation=enrolled.incarnation,
        commands=tuple(batch),
        void=void_numbers(state.central_last_n, batch),
        papers=resending.papers(connection, [one.n for one in batch]),
        generation=state.generation,
    )


def is_never_stored(error: ClerkError) -> bool:
    """Whether central surely has nothing of what was pushed."""
    return isinstance(error, RefusedError) or error.code in _NEVER_STORED


def _is_queued(envelope: Envelope) -> bool:
    """Whether central takes it without a session: what works with the line down."""
    return is_queued(decode(envelope.body, _Tag).kind, envelope.window)
