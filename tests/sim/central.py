"""Central in the simulation: its calls over a database in memory, with the real decisions."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from clerk.contract.case import Stage
from clerk.contract.sync import (
    EntityKind,
)
from clerk.rules.case import Context
from clerk.rules.case.counter import deemed_acceptance, five_days_over
from clerk.sync import restoring, scope
from tests.sim.carrying import Carrier
from tests.sim.checks import Checks
from tests.sim.engine import Engine
from tests.sim.feeding import POLL_MS, Feeder
from tests.sim.greeting import Greeter
from tests.sim.ground import Ground, Reply, Steps, Waiter
from tests.sim.plan import Plan
from tests.sim.processes import Transaction
from tests.sim.taking import Taker
from tests.sim.town import (
    CLOCK_USER,
)
from tests.support.work_calendar import REAL_CALENDAR


class Central(Ground):
    """The service."""

    def __init__(self, engine: Engine, plan: Plan, checks: Checks) -> None:
        super().__init__(engine, plan, checks)
        self.feeder = Feeder(self)
        self.greeter = Greeter(self)
        self.carrier = Carrier(self, self.feeder)
        self.taker = Taker(self, self.carrier)

    def make_backup(self) -> None:
        """Keep a copy of the database."""
        self.backup = self.database.copied()
        self.backup_stages = dict(self.checks.stages)

    def restore(self) -> None:
        """The disk is gone; go on from the backup as another generation."""
        if self.backup is None:
            return
        self.engine.faults["central restored"] += 1
        super().stop()
        self.up = True
        self.waiters.clear()
        self.database = self.backup.copied()
        self.generations += 1
        if not self.engine.has("generation_kept"):
            self.database.generation = f"g{self.generations}"
        self.database.restored_at = self.engine.moment()
        self.checks.forget_effects(self.backup_stages)
        self.checks.effects.update(self.database.effects)
        self.engine.note("central", "restored", self.database.generation)

    def receive(self, call: str, device: str, told: Any, token: int, reply: Reply) -> None:  # noqa: ANN401
        """A request arrives."""
        row = self.database.devices[device]
        if call == "hello":
            self.spawn(self.greeter.hello(told, reply))
        elif row.known.quarantined:
            reply("refused", "device.quarantined")
        elif token not in row.tokens:
            reply("stale", None)
        elif call == "push":
            self.spawn(self.taker.push(device, told[0], told[1], reply))
        elif call == "pull":
            until = self.engine.now + POLL_MS
            version = row.known.scope_version
            self.feeder.pull_or_wait(Waiter(device, told, reply, until, version))
        elif call == "bootstrap":
            reply("ok", self.feeder.bootstrap(row, *told))
        elif call == "digest":
            reply("ok", self.feeder.digest_of(row))
        else:
            self._sign_in(device, told, reply)

    def _sign_in(self, device: str, user: str, reply: Reply) -> None:
        self.point()
        self.token += 1
        serial = self.token
        self.database.sessions |= {(device, user, serial)}
        self.point()
        reply("ok", (user, serial))

    def sweep(self) -> None:
        """One worker accepts what nobody acted on in five days."""
        if not self.up or not restoring.may_deem(mending=self.mending):
            return
        self.spawn(self._sweep())

    def _sweep(self) -> Steps:
        due = [
            case_id
            for case_id, (_, case) in self.database.cases.items()
            if case.stage is Stage.RECEIVED and five_days_over(case, self._by_the_clock())
        ]
        for case_id in due:
            transaction = Transaction()
            yield from self.begin(transaction)
            careless = self.engine.has("sweep_not_looking_again")
            if not careless:
                yield transaction, ("case", case_id)
            yield from self.linger()
            case = self.database.cases[case_id][1]
            over = case.stage is Stage.RECEIVED and five_days_over(case, self._by_the_clock())
            if over or (careless and case.five_days_from):
                event = deemed_acceptance(case, self._by_the_clock())
                effect = yield from self.carrier.prepare(transaction, case_id, (event,))
                yield from self.linger()
                yield transaction, "tail"
                self.point()
                name = f"deemed {case_id} {case.five_days_from}"
                self.carrier.write(name, effect, None)
                self.database.audit[name] = self.database.audit.get(name, 0) + 1
                self.point()
            self.release(transaction)

    def _by_the_clock(self) -> Context:
        return Context(now=self.engine.moment(), calendar=REAL_CALENDAR, user=CLOCK_USER)

    def publish(self, which: int) -> None:
        """A new version of an item."""
        if not self.up:
            return
        item = sorted(self.database.items.values(), key=lambda one: one.id)[which % 3]
        item = replace(item, version=item.version + 1)
        self.point()
        self.database.items[item.id] = item
        self.database.item_versions[item.id, item.version] = item
        self.feeder.announce(
            EntityKind.ITEM, item.id, item.version, frozenset({scope.ALL}), frozenset()
        )

    def move_desk(self, device: str, window: str, department: str) -> None:
        """A desk serves another window or department from now on."""
        row = self.database.devices[device]
        known = replace(row.known, scope_version=row.known.scope_version + 1)
        self.database.devices[device] = row._replace(
            known=known, window=window, department=department
        )
        self.feeder.wake()

    def end_sessions(self, device: str) -> None:
        """Everybody at a desk has to sign in anew."""
        kept = frozenset(one for one in self.database.sessions if one[0] != device)
        self.database.sessions = kept
