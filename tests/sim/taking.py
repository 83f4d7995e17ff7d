"""Push at the simulated central: each command in a transaction of its own."""

from __future__ import annotations

from collections.abc import Collection, Generator

from msgspec.structs import replace

from clerk.contract.answer import Answer, Refusal
from clerk.contract.command import Envelope, is_queued
from clerk.contract.sync import (
    EntityKind,
    Push,
    Pushed,
)
from clerk.rules.case.context import refuse
from clerk.sync import central as judging
from clerk.sync import restoring
from clerk.sync.central import Arrival, Known
from tests.sim.carrying import Carrier, Effect
from tests.sim.ground import Ground, Reply, Steps
from tests.sim.processes import Transaction, Want
from tests.sim.record import Database, Row, Stored


class Taker:
    """Takes commands in."""

    def __init__(self, ground: Ground, carrier: Carrier) -> None:
        self.ground = ground
        self.carrier = carrier
        self.engine = ground.engine

    @property
    def database(self) -> Database:
        """The database as it is now; a restore puts another in its place."""
        return self.ground.database

    def push(self, device: str, message: Push, session: int, reply: Reply) -> Steps:
        generation = self.database.generation
        careless = self.engine.has("old_pushes_count") or self.engine.has("gap_ignored")
        if not judging.takes_push(message, generation) and not careless:
            message = replace(message, commands=())
        refused = self._demand_sessions(device, message, session)
        if refused:
            reply("refused", refused)
            return
        answers: list[Answer] = []
        arrival = None
        commands = message.commands
        for envelope in commands:
            arrival, answer = yield from self._take(device, envelope, message.void)
            if answer is None:
                break
            answers.append(answer)
        if arrival is Arrival.CLONE:
            reply("refused", "device.quarantined")
            return
        reply(
            "ok",
            Pushed(
                answers=tuple(answers),
                last_n=self.database.devices[device].known.last_n,
                head=self.database.head,
                generation=self.database.generation,
                mending=arrival is None and len(answers) < len(commands),
            ),
        )

    def _demand_sessions(self, device: str, message: Push, session: int) -> str:
        for envelope in message.commands:
            tag = str(self.ground.commands[envelope.id].__struct_config__.tag)
            if is_queued(tag, envelope.window):
                continue
            if (device, envelope.user, session) in self.database.sessions:
                continue
            stored = self.database.commands.get((device, envelope.n))
            if stored is None or stored.fingerprint != judging.fingerprint(envelope):
                return "session.expired"
        return ""

    def _take(
        self, device: str, envelope: Envelope, void: Collection[int]
    ) -> Generator[Want, None, tuple[Arrival | None, Answer | None]]:
        """One command: its key first, then all it does together. None and None: too early."""
        transaction, engine = Transaction(), self.engine
        yield from self.ground.begin(transaction)
        key = (device, envelope.n)
        careless = engine.has("check_then_insert")
        if not careless:
            yield transaction, ("command", key)
        stored = self.database.commands.get(key)
        if stored is not None:
            self.ground.release(transaction)
            return self._repeat(device, envelope, stored)
        yield from self.ground.linger()
        if not careless:
            yield transaction, ("device", device)
        last_n = self.database.devices[device].known.last_n
        arrival = judging.judge_arrival(envelope, None, last_n, void)
        if engine.has("gap_ignored") and arrival is Arrival.GAP:
            arrival = Arrival.FRESH
        if careless and arrival is Arrival.CLONE:
            arrival = Arrival.FRESH
        if arrival is not Arrival.FRESH:
            self.ground.release(transaction)
            if arrival is Arrival.CLONE:
                self._quarantine(device)
            return arrival, None
        yield transaction, ("case", envelope.case_id)
        held = self.database.cases.get(envelope.case_id)
        version = held[1].version if held else 0
        if restoring.is_early(envelope, version, mending=self.ground.mending):
            self.ground.release(transaction)
            return None, None
        outcome = yield from self.carrier.decide(transaction, device, envelope)
        yield from self.ground.linger()
        yield from self._commit(transaction, device, envelope, outcome)
        stored = self.database.commands[key]
        self.ground.release(transaction)
        return arrival, stored.answer

    def _repeat(
        self, device: str, envelope: Envelope, stored: Stored
    ) -> tuple[Arrival | None, Answer | None]:
        arrival = judging.judge_arrival(envelope, Known(stored.fingerprint), envelope.n)
        if arrival is not Arrival.REPEAT and not self.engine.has("clone_is_a_repeat"):
            self._quarantine(device)
            return Arrival.CLONE, None
        if self.engine.has("repeat_audited"):
            self.database.audit[envelope.id] = self.database.audit.get(envelope.id, 0) + 1
        answer = stored.answer
        if self.engine.has("newest_answer_returned"):
            last_n = self.database.devices[device].known.last_n
            answer = self.database.commands[device, last_n].answer
        if answer is None:
            answer = judging.answer_to(envelope, refuse("command.already_known"))
        return Arrival.REPEAT, answer

    def _quarantine(self, device: str) -> None:
        self.ground.point()
        row = self.database.devices[device]
        known = replace(row.known, quarantined=True)
        self.database.devices[device] = row._replace(known=known)
        self.ground.note_quarantine(device)

    def _commit(
        self,
        transaction: Transaction,
        device: str,
        envelope: Envelope,
        outcome: Effect | tuple[Refusal, int, str],
    ) -> Steps:
        """The last statements: the feed's lock, its rows, and everything becomes visible."""
        database, engine = self.database, self.engine
        if isinstance(outcome, Effect):
            answer = judging.answer_to(envelope, outcome.case.version)
        else:
            answer = judging.answer_to(envelope, *outcome)
        early = None
        if engine.has("feed_numbered_early"):
            early = self._give_positions(outcome)
            yield from self.ground.linger()
        yield transaction, "tail"
        self.ground.point()
        if engine.has("effect_before_command") and isinstance(outcome, Effect):
            self.carrier.write(envelope.id, outcome, None)
            self.ground.point()
        self._write_command(device, envelope, answer)
        if isinstance(outcome, Effect) and not engine.has("effect_before_command"):
            self.carrier.write(envelope.id, outcome, early)
        database.audit[envelope.id] = database.audit.get(envelope.id, 0) + 1
        if engine.has("audit_apart") and isinstance(outcome, Effect):
            database.audit[envelope.id] -= 1
            self.ground.point()
            database.audit[envelope.id] += 1
        self.ground.point()

    def _write_command(self, device: str, envelope: Envelope, answer: Answer) -> None:
        database, key = self.database, (device, envelope.n)
        fingerprint = judging.fingerprint(envelope)
        row = database.devices[device]
        known = replace(row.known, last_n=max(row.known.last_n, envelope.n))
        if self.engine.has("last_n_apart"):
            database.commands[key] = Stored(envelope.id, fingerprint, answer)
            self.ground.point()
        database.devices[device] = row._replace(known=known)
        if self.engine.has("answer_apart"):
            database.commands[key] = Stored(envelope.id, fingerprint, None)
            self.ground.point()
        database.commands[key] = Stored(envelope.id, fingerprint, answer)

    def _give_positions(self, outcome: object) -> list[Row]:
        """What a careless feed does: positions before the lock."""
        if not isinstance(outcome, Effect):
            return []
        rows = []
        for _ in range(8):
            self.database.head += 1
            rows.append(Row(self.database.head, EntityKind.CASE, "", 0))
        return rows
