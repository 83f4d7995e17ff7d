"""A desk's outbox in the simulation: pushing, and acts that wait for their answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from clerk.contract.command import AnyCommand, Envelope
from clerk.contract.sync import (
    EntityKind,
    Push,
    Pushed,
)
from clerk.sync import desk as deciding
from clerk.sync import outbox as keeping
from clerk.sync.outbox import Kept, Status

if TYPE_CHECKING:
    from tests.sim.desk import Desk

from tests.sim.town import MINUTE, SECOND

MOST_COMMANDS = 6
MOST_BYTES = 1 << 20


class Sender:
    """Sends what a desk asks of central. What it knows beside the disk dies with the desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.engine = desk.engine
        self.disk = desk.disk
        self.checks = desk.checks
        self.pushing = False
        self.hold_until = 0
        self.signed_in: dict[str, int] = {}
        self.act: tuple[str, AnyCommand, str] | None = None
        self.acting = 0

    def batch(self) -> tuple[Envelope, ...]:
        if self.engine.now < self.hold_until:
            return ()
        unsent = self.disk.unsent()
        if self.engine.has("order_swapped"):
            unsent = unsent[::-1]
        return keeping.choose_batch(
            unsent,
            (MOST_COMMANDS, MOST_BYTES),
            is_queued=self.disk.is_queued,
            has_session=self.signed_in.__contains__,
        )

    def push(self, batch: tuple[Envelope, ...]) -> None:
        if self.pushing or not batch:
            return
        if not self.desk.begin():
            self.hold_until = self.engine.now + MINUTE
            self.desk.tick_soon(MINUTE)
            return
        for one in batch:
            self.disk.outbox[one.n] = keeping.begin_attempt(self.disk.outbox[one.n])
            if self.engine.has("forgotten_when_sent"):
                del self.disk.outbox[one.n]
        self.desk.point()
        void = keeping.void_numbers(self.disk.state.central_last_n, batch)
        if self.engine.has("void_not_told"):
            void = ()
        self.pushing = True
        generation = self.disk.state.generation
        message = Push(
            device=self.disk.device,
            incarnation=1,
            commands=batch,
            void=void,
            generation=generation,
        )
        session = next(
            (self.signed_in[one.user] for one in batch if not self.disk.is_queued(one)), 0
        )
        self.desk.ask("push", (message, session), tuple(one.n for one in batch))

    def take_push(self, pushed: Pushed, numbers: tuple[int, ...], *, late: bool) -> None:
        if not late:
            self.pushing = False
        disk = self.disk
        if not self.desk.begin():
            self.end_act()
            return
        counts = deciding.counts_answers(disk.state, pushed)
        disk.state = deciding.take_pushed(disk.state, pushed)
        if counts or self.engine.has("old_answers_count"):
            for answer in pushed.answers:
                self._keep(answer.n, answer, pushed)
        self.settle()
        self.desk.point()
        if not disk.state.greeted:
            self.desk.greeted = False
        if not late:
            if pushed.mending or len(pushed.answers) < len(numbers):
                self.hold_until = self.engine.now + MINUTE
                self.engine.at(MINUTE, self.desk.tick_soon, 1)
            if self.acting and numbers[-1] == self.acting:
                self.end_act()

    def _keep(self, n: int, answer: Any, pushed: Pushed) -> None:  # noqa: ANN401
        kept = self.disk.outbox.get(n)
        if kept is None or not kept.unsent:
            return
        if self.engine.has("clone_is_a_repeat"):
            answer = replace(answer, command=kept.envelope.id)
        taken = keeping.take_answer(kept, answer, pushed.head)
        if not self.desk.copied:
            self.checks.answered(pushed.generation, kept.envelope.id, answer)
            if taken.status is Status.ANSWERED and not taken.applied:
                self.checks.was_refused(kept.envelope.id, answer)
        self.disk.outbox[n] = taken

    def settle(self) -> None:
        for n, kept in self.disk.outbox.items():
            if keeping.settles(kept, self.disk.state.cursor):
                self.disk.outbox[n] = replace(kept, status=Status.SETTLED)

    def miss_push(self, status: str, numbers: tuple[int, ...]) -> None:
        self.pushing = False
        self.hold_until = self.engine.now + SECOND
        never = status != "awaited"
        if not self.desk.begin():
            self.end_act()
            return
        for n in numbers if never else ():
            kept = self.disk.outbox.get(n)
            if kept is not None:
                self.disk.outbox[n] = keeping.end_unreached(kept)
        self.desk.point()
        if status == "refused":
            self.signed_in.clear()
        if self.acting and numbers[-1] == self.acting:
            if never or self.engine.has("taken_back_after_sending"):
                self._take_back(self.acting)
            self.end_act()
        else:
            self.act = None

    def perform(self, case_id: str, command: AnyCommand, user: str) -> None:
        """Somebody does what needs central's answer, and waits for it."""
        if self.act is None and not self.acting and self.desk.up:
            self.act = (case_id, command, user)
            if user not in self.signed_in:
                self.desk.ask("session", user, None)
            self.try_act()

    def take_session(self, session: tuple[str, int], context: object, *, late: bool) -> None:
        del context, late
        self.signed_in[session[0]] = session[1]

    def miss_session(self, status: str, context: object) -> None:
        del status, context
        self.act = None

    def try_act(self) -> None:
        """Once the way is free: append, and send at once."""
        assert self.act is not None, "somebody waits"
        case_id, command, user = self.act
        if (
            self.pushing
            or not self.desk.greeted
            or user not in self.signed_in
            or self.disk.unsent()
        ):
            return
        self.act = None
        held = self.disk.cache.get((EntityKind.CASE, case_id))
        envelope = self.append(case_id, command, user, held[0] if held else 0)
        if envelope is not None:
            self.acting = envelope.n
            self.hold_until = 0
            self.push((envelope,))

    def end_act(self) -> None:
        self.acting = 0

    def _take_back(self, n: int) -> None:
        kept = self.disk.outbox[n]
        careless = self.engine.has("taken_back_after_sending")
        if not keeping.may_take_back(kept, self.disk.last_n) and not careless:
            return
        if self.desk.begin():
            del self.disk.outbox[n]
            self.disk.last_n = n - 1
            self.checks.clerk_was_told_nothing_happened(kept.envelope.id, copied=self.desk.copied)
            self.desk.point()

    def append(
        self, case_id: str, command: AnyCommand, user: str, base_version: int
    ) -> Envelope | None:
        """Put a command into the outbox; nothing where the disk is full."""
        if not self.desk.begin():
            return None
        envelope = self.write(case_id, command, user, base_version)
        self.desk.point()
        return envelope

    def write(self, case_id: str, command: AnyCommand, user: str, base_version: int) -> Envelope:
        """The same within a transaction."""
        disk = self.disk
        n = disk.last_n + 1
        if self.engine.has("number_from_the_rows"):
            n = max((k for k, one in disk.outbox.items() if one.unsent), default=0) + 1
        envelope = Envelope(
            n=n,
            id=f"{disk.name}-{self.desk.run}-{n}-{self.desk.chance.getrandbits(32):x}",
            case_id=case_id,
            base_version=base_version,
            user=user,
            at=self.engine.moment(self.desk.skew),
            body=self.desk.line.encode(command),
            window=disk.window,
        )
        disk.outbox[n] = Kept(envelope=envelope)
        disk.commands[n] = command
        disk.last_n = n
        self.desk.central.commands[envelope.id] = command
        self.engine.note(self.desk.name, "keeps", n, type(command).__name__, case_id, user)
        return envelope

    def sign_everybody_in(self) -> None:
        """All whose commands wait come to the desk."""
        for envelope in self.disk.unsent():
            if envelope.user not in self.signed_in:
                self.desk.ask("session", envelope.user, None)
