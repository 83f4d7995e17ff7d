"""The ground that the parts of the simulated central stand on: machine, database, long polls."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, NamedTuple

from clerk.contract.command import AnyCommand
from clerk.sync import restoring
from tests.sim.checks import Checks
from tests.sim.engine import Engine
from tests.sim.plan import Plan
from tests.sim.processes import Machine, Transaction, Want
from tests.sim.record import Database
from tests.sim.town import (
    MINUTE,
    SECOND,
)

Reply = Callable[[str, Any], None]
Steps = Generator[Want, None, Any]


class Waiter(NamedTuple):
    """A desk in a long poll."""

    device: str
    cursor: int
    reply: Reply
    until: int
    scope_version: int


class Ground(Machine):
    """A machine with central's database, which outlives its crashes."""

    def __init__(self, engine: Engine, plan: Plan, checks: Checks) -> None:
        super().__init__(engine)
        self.plan = plan
        self.checks = checks
        self.commands: dict[str, AnyCommand] = {}
        self.database = Database()
        self.backup: Database | None = None
        self.backup_stages: dict[str, str] = {}
        self.waiters: list[Waiter] = []
        self.generations = 1
        self.token = 0
        self.quarantines: list[str] = []

    def stop(self) -> None:
        """Die, and come back by and by."""
        super().stop()
        self.engine.faults["central crashed"] += 1
        self.engine.note("central", "crashed")
        self.waiters.clear()
        self.engine.at(self.engine.chance.randrange(2 * SECOND, 3 * MINUTE), self.start)

    def start(self) -> None:
        """Come back with what was committed."""
        self.up = True

    @property
    def mending(self) -> bool:
        """Whether it waits for what a restore lost."""
        return restoring.is_mending(self.database.restored_at, self.engine.moment())

    def begin(self, transaction: Transaction) -> Steps:
        if self.plan.on_sqlite:
            yield transaction, "database"

    def linger(self) -> Steps:
        """A slow transaction lets others go on in between; on SQLite it has the database."""
        if self.engine.chance.random() < self.plan.rates.slow and not self.engine.healed:
            yield self.engine.chance.randrange(1, 400)

    def note_quarantine(self, device: str) -> None:
        self.quarantines.append(device)
        self.engine.note("central", "quarantined", device)
