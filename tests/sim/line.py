"""The line between a desk and central: it loses, doubles, delays and reorders."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from clerk.contract.command import AnyCommand
from tests.sim.central import Central
from tests.sim.engine import Engine
from tests.sim.town import MINUTE, SECOND

ANSWER_MS = 15 * SECOND
_POLL_MS = 41 * MINUTE


class Heard(Protocol):
    """Who is told what came of a call."""

    def __call__(
        self,
        call: str,
        status: str,
        answer: Any,  # noqa: ANN401
        context: Any,  # noqa: ANN401
        *,
        late: bool,
    ) -> None:
        """Take it."""


class Flight:
    """A call under way. `over` once it was answered or given up."""

    __slots__ = ("call", "context", "over")

    def __init__(self, call: str, context: object) -> None:
        self.call = call
        self.context = context
        self.over = False


class Line:
    """One desk's line."""

    def __init__(self, engine: Engine, central: Central, device: str, heard: Heard) -> None:
        self.engine = engine
        self.central = central
        self.device = device
        self.heard = heard
        self.down_until = 0
        self.boot = 0
        self.rates = central.plan.rates

    def encode(self, command: AnyCommand) -> msgspec.Raw:
        """The body of an envelope."""
        return msgspec.Raw(msgspec.json.encode(command))

    def cut(self) -> None:
        """The desk died: whatever comes, nobody hears it."""
        self.boot += 1

    def ask(self, call: str, told: object, token: int, context: object) -> None:
        """Make a call. Either it surely changed nothing, or nobody knows, or it is answered."""
        engine, flight = self.engine, Flight(call, context)
        boot = self.boot
        if not self.central.up or (engine.now < self.down_until and not engine.healed):
            engine.faults["not reached"] += 1
            engine.at(5, self._end, boot, flight, "down", None)
            return
        if engine.strikes("busy", self.rates.busy):
            engine.at(9, self._end, boot, flight, "busy", None)
            return
        wait = _POLL_MS if call == "pull" else ANSWER_MS
        engine.at(wait, self._end, boot, flight, "awaited", None)
        if engine.strikes("request dropped", self.rates.drop):
            return
        copies = 2 if engine.strikes("request doubled", self.rates.double) else 1
        for _ in range(copies):
            engine.at(self._way(), self._arrive, flight, boot, told, token)

    def _way(self) -> int:
        """How long a message travels; a delayed one is overtaken by later ones."""
        if self.engine.strikes("delayed", self.rates.delay):
            return self.engine.chance.choice((500, 5 * SECOND, 20 * SECOND, 5 * MINUTE))
        return self.engine.chance.randrange(1, 40)

    def _arrive(self, flight: Flight, boot: int, told: object, token: int) -> None:
        if not self.central.up:
            return

        def reply(status: str, answer: Any) -> None:  # noqa: ANN401
            self._answer(flight, boot, status, answer)

        self.central.receive(flight.call, self.device, told, token, reply)

    def _answer(self, flight: Flight, boot: int, status: str, answer: object) -> None:
        engine = self.engine
        if engine.strikes("answer dropped", self.rates.drop):
            return
        engine.at(self._way(), self._end, boot, flight, status, answer)

    def _end(self, boot: int, flight: Flight, status: str, answer: object) -> None:
        if boot != self.boot:
            return
        late, flight.over = flight.over, True
        if not late or status == "ok":
            self.heard(flight.call, status, answer, flight.context, late=late)
