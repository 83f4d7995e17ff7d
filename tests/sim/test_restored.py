"""A message that a restore overtakes: the scenario that once put an honest desk away, made small.

The desk's act was refused, central was restored from a backup of before, and the desk told it that
the act's number will never come. Then a copy of the act arrives that was on its way all the while.
"""

from __future__ import annotations

from random import Random
from typing import Any

from clerk.contract.answer import Conclusion
from clerk.contract.command import ClaimCase
from clerk.contract.sync import EntityKind
from tests.sim import people
from tests.sim.engine import Engine
from tests.sim.plan import CALM, Place, Plan
from tests.sim.runs import Town
from tests.sim.town import CLERKS, HOUR, MINUTE

PLAN = Plan(
    seed=1,
    desks=(Place("w1", ""),),
    ops=(),
    rates=CALM,
    on_sqlite=False,
    late_sight=False,
    page_rows=20,
    days=1,
)
MOST_EVENTS = 20_000


class Restored:
    """One desk at a window, a central that is restored, and every push that arrived there."""

    def __init__(self, bugs: frozenset[str] = frozenset()) -> None:
        self.engine = Engine(PLAN.seed, bugs, traced=False)
        self.town = Town(self.engine, PLAN)
        (self.desk,) = self.town.desks
        self.pushes: list[tuple[Any, int]] = []
        self.receive = self.town.central.receive
        self.town.central.receive = self._note  # type: ignore[method-assign]
        self.wait()

    def _note(self, call: str, device: str, told: Any, token: int, reply: Any) -> None:  # noqa: ANN401
        if call == "push":
            self.pushes.append((told, token))
        self.receive(call, device, told, token, reply)

    def wait(self, pause: int = 5 * MINUTE) -> None:
        """Let everybody do what is to be done."""
        self.engine.run_until(self.engine.now + pause, MOST_EVENTS)

    def take_in(self) -> None:
        """Receive a case."""
        people.receive(self.desk, Random(1 + self.desk.disk.last_n))
        self.wait()

    def ask_in_vain(self) -> int:
        """An act that the rules refuse; its number."""
        kinds = self.desk.disk.cache
        case_id = next(key[1] for key in kinds if key[0] is EntityKind.CASE)
        self.desk.sender.perform(case_id, ClaimCase(), CLERKS[0])
        self.wait()
        kept = self.desk.disk.outbox[self.desk.disk.last_n]
        assert kept.answer is not None
        assert kept.answer.conclusion is not Conclusion.APPLIED
        return kept.envelope.n

    def live(self) -> None:
        """All up to the moment at which the copy arrives, and that."""
        self.take_in()
        self.ask_in_vain()
        self.town.central.make_backup()
        refused = self.ask_in_vain()
        copy, token = self.pushes[-1]
        self.take_in()
        self.town.central.restore()
        self.wait()
        self.take_in()
        self.wait(HOUR)
        assert self.desk.disk.state.generation == "g2"
        assert self.desk.disk.state.central_last_n > refused
        self.receive("push", self.desk.disk.device, copy, token, lambda *_told: None)
        self.wait()

    @property
    def put_away(self) -> bool:
        """Whether central takes the desk for a copy."""
        return self.town.central.database.devices[self.desk.disk.device].known.quarantined


def test_a_push_that_a_restore_overtook_puts_no_honest_desk_away() -> None:
    restored = Restored()
    restored.live()
    assert not restored.put_away
    restored.take_in()
    assert not restored.desk.disk.unsent()


def test_it_would_if_central_looked_at_it() -> None:
    careless = Restored(frozenset({"old_pushes_count"}))
    careless.live()
    assert careless.put_away
