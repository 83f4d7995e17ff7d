"""Push: each command in a transaction of its own, its idempotency key first.

A check before the insert would let two senders of one command both pass.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial

import msgspec

from central.acts.carrying import Applied, Done, NotApplied, Order, carry_out, without_secrets
from central.db import (
    audit,
    cases,
    commands,
    devices,
    feed,
    findings,
    journal,
    matters,
    meta,
    users,
)
from central.db.devices import Device
from central.db.engine import Connection, Database
from central.restoring import find_mending
from central.sync.hello import quarantine
from clerk.contract.answer import Answer, Refusal
from clerk.contract.command import (
    KINDS,
    AnyCommand,
    Envelope,
    LookInto,
    MatterCommand,
    ReceiveCase,
    is_queued,
)
from clerk.contract.journal_command import JournalCommand
from clerk.contract.sync import PUSH_MOST_COMMANDS, Push, Pushed
from clerk.contract.user import User
from clerk.decoding import Reader, decode
from clerk.errors import InputError, RefusedError
from clerk.sync.central import (
    NEEDS_UPGRADE,
    Arrival,
    Known,
    answer_to,
    fingerprint,
    judge_arrival,
    takes_push,
)
from clerk.sync.restoring import act_moment, is_early

_CONTROL = re.compile(rb"(?<!\\)(?:\\\\)*\\u00[01][0-9a-fA-F]|\x7f|\xc2[\x80-\x9f]")
"""Control characters in JSON, NUL among them; a backslash that somebody typed is doubled."""

_read_command: Reader[AnyCommand] = Reader(AnyCommand)
_ID_LENGTH = 64
_MOST_N = 2**53


class _Tag(msgspec.Struct):
    """The kind of a command that may be newer than we are."""

    kind: str


class _StopError(Exception):
    """Undo this command's transaction: it is not its turn, or it is a clone's."""

    def __init__(self, arrival: Arrival) -> None:
        super().__init__(arrival.value)
        self.arrival = arrival


class _WaitError(Exception):
    """Undo this command's transaction: what it leans on is still to come from another desk."""


def push(
    database: Database,
    device: Device,
    message: Push,
    signed_in: User | None,
    now: datetime,
    *,
    kinds: frozenset[str] = KINDS,
) -> Pushed:
    """Take commands in, up to the first gap; the answers are stored and repeat themselves.

    `kinds` are those that can be decided; of others the answer is that an upgrade is needed.
    """
    _demand_fit(device, message)
    with database.read() as connection:
        if not takes_push(message, meta.get(connection, meta.GENERATION)):
            message = msgspec.structs.replace(message, commands=())
        _demand_sessions(connection, device, message, signed_in, kinds)
    return _push(database, device, message, now, kinds)


def push_without_sessions(
    database: Database, device: Device, message: Push, now: datetime
) -> Pushed:
    """Take in a sealed outbox, up to the first act that needs a session.

    Of a disabled desk such acts are refused instead, so that they are known and answered.
    """
    _demand_fit(device, message)
    ready: list[Envelope] = []
    with database.read() as connection:
        for envelope in message.commands:
            if not device.disabled and _needs_session(connection, device, envelope, KINDS):
                break
            ready.append(envelope)
    return _push(
        database, device, msgspec.structs.replace(message, commands=tuple(ready)), now, KINDS
    )


def _push(
    database: Database, device: Device, message: Push, now: datetime, kinds: frozenset[str]
) -> Pushed:
    taking = _Taking(database, device, message, now, kinds)
    answers = []
    for envelope in message.commands:
        try:
            answers.append(taking.take(envelope))
        except _WaitError:
            break
        except _StopError as stop:
            if stop.arrival is Arrival.GAP:
                break
            database.commit(partial(quarantine, device=device, reason="push", now=now))
            raise RefusedError("device.quarantined") from None
    with database.read() as connection:
        known = devices.find(connection, device.id)
        assert known is not None, "desks are never deleted"
        return Pushed(
            answers=tuple(answers),
            last_n=known.last_n,
            head=feed.head(connection),
            generation=meta.get(connection, meta.GENERATION),
            mending=taking.mending and len(answers) < len(message.commands),
        )


def _demand_fit(device: Device, message: Push) -> None:
    if message.device != device.id or message.incarnation != device.incarnation:
        raise RefusedError("device.mismatch")
    if len(message.commands) > PUSH_MOST_COMMANDS:
        raise InputError("push.too_many", most=PUSH_MOST_COMMANDS)
    for envelope in message.commands:
        ids = (envelope.id, envelope.case_id, envelope.user)
        storable = all(0 < len(one) <= _ID_LENGTH and one.isprintable() for one in ids)
        if not storable or envelope.at.tzinfo is None or not 0 < envelope.n < _MOST_N:
            raise InputError("push.envelope_malformed", n=envelope.n)


def _demand_sessions(
    connection: Connection,
    device: Device,
    message: Push,
    signed_in: User | None,
    kinds: frozenset[str],
) -> None:
    """What waits for no line needs no session; a repeat only asks for its stored answer."""
    for envelope in message.commands:
        if signed_in and signed_in.id == envelope.user:
            continue
        if _needs_session(connection, device, envelope, kinds):
            raise RefusedError("session.expired", n=envelope.n, command=envelope.id)


def _needs_session(
    connection: Connection, device: Device, envelope: Envelope, kinds: frozenset[str]
) -> bool:
    """Whether its user has to be there; whoever may work no more is refused by the rules."""
    kind = _kind_of(envelope, kinds)
    if kind is None or is_queued(kind, envelope.window):
        return False
    user = users.find(connection, envelope.user)
    if user is not None and user.disabled:
        return False
    known = commands.find(connection, device, envelope.n)
    return known is None or known.fingerprint != fingerprint(envelope)


class _Taking:
    """One push being taken in."""

    def __init__(
        self,
        database: Database,
        device: Device,
        message: Push,
        now: datetime,
        kinds: frozenset[str],
    ) -> None:
        self._database = database
        self._kinds = kinds
        self._device = device
        self._void = frozenset(message.void)
        self._papers: dict[int, list[str]] = {}
        for one in message.papers:
            self._papers.setdefault(one.n, []).append(one.document)
        self._now = now
        with database.read() as connection:
            self._restored_at = find_mending(connection, now)
        self.mending = self._restored_at is not None

    def take(self, envelope: Envelope) -> Answer:
        """One command, in a transaction of its own."""
        return self._database.commit(partial(self._take, envelope=envelope))

    def _take(self, connection: Connection, envelope: Envelope) -> Answer:
        """Its row first, then its effect, audit, feed and answer together."""
        command = _read(envelope, self._kinds)
        kept = bytes(envelope.body) if isinstance(command, Refusal) else without_secrets(command)
        arrived = commands.Arrived(
            envelope=envelope,
            kind=_kind_of(envelope, self._kinds) or "",
            fingerprint=fingerprint(envelope),
            body=kept,
            at=self._now,
        )
        if not commands.add(connection, self._device, arrived):
            return _repeat(connection, self._device, envelope)
        known = devices.find(connection, self._device.id, lock=True)
        assert known is not None, "desks are never deleted"
        arrival = judge_arrival(envelope, None, known.last_n, self._void)
        if arrival is not Arrival.FRESH:
            raise _StopError(arrival)
        done = self._carry_out(connection, known, envelope, command)
        return _conclude(connection, known, arrived, done)

    def _carry_out(
        self,
        connection: Connection,
        known: Device,
        envelope: Envelope,
        command: AnyCommand | Refusal,
    ) -> Done:
        if isinstance(command, Refusal):
            return NotApplied(command)
        if self.mending:
            version = _version_of(connection, envelope, command)
            if is_early(envelope, version, mending=True):
                raise _WaitError
        order = Order(
            device=known,
            envelope=envelope,
            command=command,
            now=act_moment(envelope, self._now, self._restored_at),
            papers=tuple(self._papers.get(envelope.n, ())) if self.mending else (),
        )
        return carry_out(connection, order)


def _repeat(connection: Connection, device: Device, envelope: Envelope) -> Answer:
    stored = commands.find(connection, device, envelope.n)
    known = Known(stored.fingerprint) if stored else None
    if known is None or judge_arrival(envelope, known, envelope.n) is not Arrival.REPEAT:
        raise _StopError(Arrival.CLONE)  # or its id was used under another number
    assert stored is not None, "a known command is stored"
    assert stored.answer is not None, "a command is committed with its answer"
    return stored.answer


def _version_of(connection: Connection, envelope: Envelope, command: AnyCommand) -> int:
    """How far what the command is about has come here; 0 where it is not known."""
    if isinstance(command, LookInto):
        return findings.find_version(connection, envelope.case_id)
    if isinstance(command, JournalCommand):
        return journal.find_version(connection, envelope.case_id)
    if isinstance(command, MatterCommand):
        return matters.find_version(connection, envelope.case_id)
    return cases.find_version(connection, envelope.case_id) or 0


def _conclude(
    connection: Connection, device: Device, arrived: commands.Arrived, done: Done
) -> Answer:
    envelope = arrived.envelope
    answer = _answer(envelope, done)
    commands.set_answer(connection, device, answer)
    devices.note_last_n(connection, device.id, envelope.n)
    detail = {"device": device.id, "n": str(envelope.n), "conclusion": answer.conclusion.value}
    if answer.refusal:
        detail["code"] = answer.refusal.code
    if isinstance(done, Applied) and done.caused:
        detail["events"] = " ".join(done.caused)
    entry = audit.Entry(
        at=arrived.at,
        actor=envelope.user,
        action=arrived.kind or "unknown",
        subject=envelope.case_id,
        detail=detail,
    )
    audit.append(connection, entry)
    if isinstance(done, Applied):
        feed.announce(connection, (*filter(None, (done.change,)), *done.others))
    return answer


def _answer(envelope: Envelope, done: Done) -> Answer:
    if isinstance(done, Applied):
        return answer_to(envelope, done.version)
    return answer_to(envelope, done.refusal, done.version, done.overtaken_by)


def _kind_of(envelope: Envelope, kinds: frozenset[str]) -> str | None:
    """The kind of a command, if it is one that we know."""
    try:
        kind = decode(envelope.body, _Tag).kind
    except msgspec.DecodeError:
        return None
    return kind if kind in kinds else None


def _read(envelope: Envelope, kinds: frozenset[str]) -> AnyCommand | Refusal:
    if _kind_of(envelope, kinds) is None:
        return Refusal(code=NEEDS_UPGRADE)
    try:
        command = _read_command(envelope.body)
    except msgspec.DecodeError:
        return Refusal(code="command.malformed")
    # Other desks show these texts on their terminals, and ids have their width.
    long = isinstance(command, ReceiveCase) and len(command.application) > _ID_LENGTH
    if long or _CONTROL.search(bytes(envelope.body)):
        return Refusal(code="command.malformed")
    return command
