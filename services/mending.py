"""Dealing with an act that central did not apply: compare it with the case, or send it again."""

from __future__ import annotations

import msgspec

from clerk.clock import Clock
from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, CaseRecord, DocumentKind, Outcome
from clerk.contract.command import (
    AcceptCase,
    AnyCommand,
    AskSupplement,
    AttachScan,
    DecideCase,
    DeclineCase,
    ReceiveCase,
    ReleaseResult,
)
from clerk.contract.user import Role, User
from clerk.errors import ClerkError, InputError
from clerk.rules.case import Context, decide, fold
from clerk.rules.conflict import Difference, at_version, compare, since
from clerk.rules.overlay import extend
from services.acts import Acts
from services.attaching import context_at, queue_attach
from services.calendars import get_calendar
from services.changes import Changes
from services.contact import Contact
from services.counter import Done
from services.overlay import lay
from services.papers import Papers
from services.reopening import get_refused
from services.session import Session, find_user
from storage import cases, identity, outbox
from storage.outbox import OutboxEntry
from storage.store import Connection, Store


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A refused act beside what its case was, and is.

    `comparable`: the case is on this desk and may be looked at. `outdated`: what central said
    of it then has not come here yet. `meanwhile` is what happened since the clerk looked.
    `still` is why the rules would refuse the same act now too; None where they would not.
    `labels` name the fields of the case's form.
    """

    entry: OutboxEntry
    by: str
    comparable: bool = False
    outdated: bool = False
    differences: tuple[Difference, ...] = ()
    meanwhile: tuple[AnyEvent, ...] = ()
    still: Refusal | None = None
    labels: dict[str, str] = {}


class Mending:
    """What a person can do with an act that central refused."""

    def __init__(  # noqa: PLR0917 - each collaborator is named
        self,
        store: Store,
        session: Session,
        contact: Contact,
        acts: Acts,
        papers: Papers,
        changes: Changes,
        clock: Clock,
    ) -> None:
        """Mend for whoever is signed in."""
        self._store = store
        self._session = session
        self._contact = contact
        self._acts = acts
        self._papers = papers
        self._changes = changes
        self._clock = clock

    def look(self, n: int) -> Conflict:
        """A refused act in whole. Raises StoreError `outbox.not_refused`."""
        locked, user = self._contact.lease_is_over(), self._session.get_user()
        with self._store.read() as connection:
            entry = get_refused(connection, n)
            known = find_user(connection, entry.envelope.user)
            by = known.name if known else ""
            now = None if locked else cases.find(connection, entry.envelope.case_id)
            if now is None:
                return Conflict(entry=entry, by=by)
            before = at_version(now, entry.envelope.base_version)
            mine = _imagine(connection, entry, before, known)
            still = decide(fold(now), entry.command, context_at(connection, user, self._clock))
        return Conflict(
            entry=entry,
            by=by,
            comparable=True,
            outdated=entry.answer is not None and now.version < entry.answer.version,
            differences=compare(before, mine, now),
            meanwhile=tuple(since(before, now)),
            still=still if isinstance(still, Refusal) else None,
            labels={one.key: one.label for one in fold(now).terms.fields},
        )

    def send_again(self, n: int, command: AnyCommand) -> Done:
        """Do the act once more on the case as it is now, perhaps in other words.

        The refused one goes as soon as the new one is on its way. Raises what `Acts.perform`
        raises, InputError `outbox.of_another`, and StoreError `outbox.not_refused`.
        """
        with self._store.read() as connection:
            entry = get_refused(connection, n)
        if entry.envelope.user != self._session.get_user().id:
            raise InputError("outbox.of_another")
        assert not isinstance(command, ReceiveCase), "a receipt becomes a draft again"
        if isinstance(command, AttachScan) and self._queue(entry, command):
            return self._done(entry, command)
        try:
            self._acts.perform(entry.envelope.case_id, command)
        except ClerkError:
            self._let_go_of(entry, repeated_by=command)
            raise
        self._let_go_of(entry)
        return self._done(entry, command)

    def _queue(self, entry: OutboxEntry, command: AttachScan) -> bool:
        """Put a scan to a case of one's own window without waiting; whether it is one."""
        user, case_id = self._session.get_user(), entry.envelope.case_id
        with self._store.begin() as connection:
            record = lay(connection, case_id).record
            window = identity.get_enrolled(connection).window
            if record is None or fold(record).window != window or not user.has(Role.COUNTER):
                return False
            queue_attach(connection, record, command.scan, user, self._clock)
            outbox.dismiss(connection, entry.n)
        self._changes.publish("outbox", "case", "scans", cases=frozenset({case_id}))
        return True

    def _let_go_of(self, entry: OutboxEntry, repeated_by: AnyCommand | None = None) -> None:
        """Dismiss the refused act; where the new one failed, only if its typing is kept there."""
        with self._store.begin() as connection:
            if repeated_by is None or _is_repeated(connection, entry, repeated_by):
                outbox.dismiss(connection, entry.n)
        case_id = entry.envelope.case_id
        self._changes.publish("outbox", "case", cases=frozenset({case_id}))

    def _done(self, entry: OutboxEntry, command: AnyCommand) -> Done:
        case_id = entry.envelope.case_id
        with self._store.read() as connection:
            laid = lay(connection, case_id)
        kind = _paper_of(command)
        return Done(laid, self._papers.find_paper(case_id, kind) if kind else None)


def _imagine(
    connection: Connection, entry: OutboxEntry, before: CaseRecord | None, user: User | None
) -> CaseRecord | None:
    """The case as the act would have left it, had it been done on what its clerk looked at.

    What came too late, as with a claim that ran out, is imagined at the moment the case became
    so: what was typed is to be seen beside what is there now.
    """
    if user is None or before is None:
        return None
    for moment in (entry.envelope.at, before.events[-1].at):
        context = Context(
            now=moment,
            calendar=get_calendar(connection),
            user=user,
            window=entry.envelope.window,
        )
        decided = decide(fold(before), entry.command, context)
        if not isinstance(decided, Refusal):
            return extend(before.id, before, decided)
    return None


def _is_repeated(connection: Connection, entry: OutboxEntry, command: AnyCommand) -> bool:
    """Whether the newer one is in the outbox, refused or awaiting its answer."""
    return any(
        one.n > entry.n
        and one.envelope.case_id == entry.envelope.case_id
        and one.command == command
        for one in outbox.entries(connection)
    )


def _paper_of(command: AnyCommand) -> DocumentKind | None:
    if isinstance(command, DecideCase):
        refused = command.outcome is Outcome.REFUSED
        return DocumentKind.REFUSAL if refused else DocumentKind.DECISION
    return _PAPERS.get(type(command))


_PAPERS: dict[type, DocumentKind] = {
    AcceptCase: DocumentKind.ACCEPTANCE,
    AskSupplement: DocumentKind.SUPPLEMENT,
    DeclineCase: DocumentKind.DECLINE,
    ReleaseResult: DocumentKind.DELIVERY,
}
