"""One seed from beginning to end: the town lives through its plan, heals, and is examined."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import NamedTuple

from clerk.contract.sync import EntityKind
from clerk.sync import scope
from clerk.sync.central import KnownDevice
from clerk.sync.digest import sum_rows
from tests.sim import people
from tests.sim.central import Central
from tests.sim.checks import Checks, check_deadlines, check_folds, check_numbers
from tests.sim.desk import Desk
from tests.sim.disk import Disk
from tests.sim.engine import Engine, ViolationError
from tests.sim.losses import check_losses
from tests.sim.papers import check_custody
from tests.sim.plan import Op, Place, Plan, make_plan
from tests.sim.record import DeviceRow, Stored
from tests.sim.town import DAY, DEPARTMENTS, HOUR, MINUTE, WINDOWS

MOST_EVENTS = 80_000
HEALING = 36 * HOUR


class Outcome(NamedTuple):
    """What became of a seed."""

    seed: int
    events: int
    faults: Counter[str]
    effects: int
    violation: str
    seen: str
    trace: tuple[str, ...]


def run(seed: int, bugs: frozenset[str] = frozenset()) -> Outcome:
    """Run a seed."""
    return run_plan(make_plan(seed), bugs)


def run_plan(plan: Plan, bugs: frozenset[str] = frozenset(), *, traced: bool = False) -> Outcome:
    """Run a plan."""
    engine = Engine(plan.seed, bugs, traced=traced)
    town = Town(engine, plan)
    violation, seen = "", ""
    try:
        town.live()
    except ViolationError as found:
        violation, seen = found.code, str(found.seen)
        engine.note("checks", "violation", found)
    except (AssertionError, KeyError, IndexError) as found:
        if not bugs:
            raise
        violation, seen = f"broken: {type(found).__name__}", str(found)
    effects = sum(town.checks.effects.values())
    return Outcome(
        plan.seed, engine.events, engine.faults, effects, violation, seen, tuple(engine.trace)
    )


class Town:
    """Central, desks, and what is done to them."""

    def __init__(self, engine: Engine, plan: Plan) -> None:
        self.engine = engine
        self.plan = plan
        self.checks = Checks(engine)
        self.central = Central(engine, plan, self.checks)
        self.desks = [self._place(k, place) for k, place in enumerate(plan.desks)]

    def _place(self, k: int, place: Place) -> Desk:
        device = f"d{k}"
        known = KnownDevice(incarnation=1, hello_count=0, last_n=0, scope_version=1)
        row = DeviceRow(known, place.window, place.department)
        self.central.database.devices[device] = row
        disk = Disk(device, device, place.window, place.department)
        return Desk(self.engine, disk, self.central, self.checks)

    def live(self) -> None:
        """The plan, the healing, the examination."""
        for op in self.plan.ops:
            self.engine.at(op.at, self._do, op)
        self.engine.run_until(self.plan.days * DAY, MOST_EVENTS)
        self._heal()
        self._examine()

    def _do(self, op: Op) -> None:
        if op.kind == "sweep":
            self.central.sweep()
            return
        desk = self.desks[op.who % len(self.desks)]
        getattr(self, f"_{op.kind}")(desk, Random(op.salt))

    def _act(self, desk: Desk, chance: Random) -> None:
        if desk.copied:
            desk = chance.choice([one for one in self.desks if one.copied])
        people.act(desk, chance)

    def _crash_desk(self, desk: Desk, chance: Random) -> None:
        if desk.up:
            desk.crash_in = chance.randint(1, 12)

    def _crash_central(self, desk: Desk, chance: Random) -> None:
        del desk
        if self.central.up:
            self.central.crash_in = chance.randint(1, 12)

    def _line_down(self, desk: Desk, chance: Random) -> None:
        self.engine.faults["line down"] += 1
        desk.line.down_until = self.engine.now + chance.choice((MINUTE, HOUR, 5 * HOUR))

    def _clock_jump(self, desk: Desk, chance: Random) -> None:
        self.engine.faults["clock jumped"] += 1
        desk.skew = chance.choice((-DAY, -HOUR, -5 * MINUTE, 0, 5 * MINUTE, HOUR, DAY))

    def _disk_full(self, desk: Desk, chance: Random) -> None:
        desk.full_until = self.engine.now + chance.choice((MINUTE, HOUR))

    def _move_desk(self, desk: Desk, chance: Random) -> None:
        if not self.central.up or desk.copied:
            return
        self.engine.faults["desk moved"] += 1
        if chance.random() < 0.5:
            self.engine.at(chance.randrange(1, 1_000), self._move_desk, desk, chance)
        if desk.disk.window:
            self.central.move_desk(desk.disk.device, chance.choice(tuple(WINDOWS)), "")
        else:
            self.central.move_desk(desk.disk.device, "", chance.choice(DEPARTMENTS))

    def _end_session(self, desk: Desk, chance: Random) -> None:
        del chance
        self.central.end_sessions(desk.disk.device)

    def _publish(self, desk: Desk, chance: Random) -> None:
        del desk
        self.central.publish(chance.randrange(3))

    def _second_instance(self, desk: Desk, chance: Random) -> None:
        del chance
        if not desk.up or desk.copied:
            return
        self.engine.faults["second instance"] += 1
        second = Desk(self.engine, desk.disk, self.central, self.checks)
        if not self.engine.has("instance_not_locked"):
            second.up = False

    def _digest(self, desk: Desk, chance: Random) -> None:
        del chance
        desk.fetcher.ask_digest()

    def _clone_disk(self, desk: Desk, chance: Random) -> None:
        del chance
        if desk.copied or not desk.disk.state.hello_count:
            return
        self.engine.faults["disk cloned"] += 1
        desk.disk.has_twin = True
        clone = Desk(self.engine, desk.disk.copied(f"{desk.name}'"), self.central, self.checks)
        self.desks.append(clone)

    def _backup(self, desk: Desk, chance: Random) -> None:
        del desk, chance
        self.central.make_backup()

    def _restore(self, desk: Desk, chance: Random) -> None:
        del desk, chance
        self.central.restore()

    # Healing and examination.

    def _heal(self) -> None:
        engine = self.engine
        engine.healed = True
        self.central.crash_in = 0
        for desk in self.desks:
            desk.crash_in = 0
        for desk in self.desks:
            desk.greeted = desk.greeted and not desk.copied  # its token runs out
        until = engine.now + HEALING
        while engine.now < until:
            for desk in self.desks:
                if desk.up:
                    desk.sender.sign_everybody_in()
                    desk.tick_soon(1)
            engine.run_until(engine.now + 20 * MINUTE, MOST_EVENTS)
            if self._is_level():
                break

    def _is_level(self) -> bool:
        return all(self._desk_is_level(desk) for desk in self.desks)

    def _desk_is_level(self, desk: Desk) -> bool:
        state = desk.disk.state
        if state.halted:
            return True
        return (
            desk.up
            and not desk.disk.unsent()
            and not state.bootstrapping
            and state.cursor == self.central.database.head
            and desk.greeted
            and state.scope_version == self._row(desk).known.scope_version
            and state.generation == self.central.database.generation
        )

    def _row(self, desk: Desk) -> DeviceRow:
        return self.central.database.devices[desk.disk.device]

    def _examine(self) -> None:
        for desk in self.desks:
            self._examine_desk(desk)
        self._examine_commands()
        self._examine_clones()
        database = self.central.database
        cases = [case for _, case in database.cases.values()]
        check_numbers(cases)
        check_folds(list(database.cases.values())[:3])
        for record, case in database.cases.values():
            check_custody(case, record.events)
            check_losses(case.id, record.events)
        check_deadlines(cases[-3:], self.engine)
        for stored in database.commands.values():
            applied = stored.answer is not None and stored.answer.conclusion == "applied"
            if applied != (stored.command in database.effects):
                raise ViolationError("an_answer_without_its_effect", command=stored.command)
        for name, count in database.audit.items():
            if count != 1:
                raise ViolationError("audit_records", command=name, count=count)
        if set(database.audit) - set(_commands(self.central)) - _deemed(database.audit):
            raise ViolationError("audit_of_nothing")

    def _examine_desk(self, desk: Desk) -> None:
        state = desk.disk.state
        if state.halted:
            if not desk.copied:
                raise ViolationError("an_honest_desk_was_put_away", desk=desk.name)
            return
        if not self._desk_is_level(desk):
            raise ViolationError(
                "does_not_come_level",
                desk=desk.name,
                unsent=[one.n for one in desk.disk.unsent()],
                state=state,
                head=self.central.database.head,
            )
        labels = scope.scope_of(desk.disk.window, desk.disk.department)
        for kind, one in desk.disk.cache:
            seen = self.central.database.audiences.get(one, frozenset())
            if kind == EntityKind.CASE and not seen & labels:
                raise ViolationError("a_row_outside_its_scope", desk=desk.name, case=one)
        mine = sum_rows(desk.disk.rows())
        if mine != sum_rows(self.central.database.rows_in(labels)):
            raise ViolationError("the_cache_differs", desk=desk.name)
        for (kind, one), (_, body) in desk.disk.cache.items():
            held = self.central.database.cases.get(one) if kind == EntityKind.CASE else None
            if held is not None and held[0] != body[0]:
                raise ViolationError("another_case_under_its_version", desk=desk.name, case=one)

    def _examine_commands(self) -> None:
        """Everything that was told saved took effect or was refused, as its desk knows."""
        by_name = {desk.disk.name: desk for desk in self.desks}
        for command, (disk, n) in self.checks.saved.items():
            desk = by_name[disk]
            kept = desk.disk.outbox.get(n)
            if kept is None or kept.envelope.id != command:
                raise ViolationError("a_saved_command_is_gone", command=command)
            stored = self.central.database.commands.get((desk.disk.device, n))
            if desk.copied and kept.applied and not self._has(stored, command):
                raise ViolationError("a_saved_command_was_lost", command=command, stored=stored)
            if desk.disk.state.halted or desk.copied:
                continue
            if stored is not None and (stored.command, stored.answer) == (command, kept.answer):
                continue
            if stored is None and command in self.checks.refused:
                continue  # central lost that it refused it; its clerk was told
            raise ViolationError("a_saved_command_was_lost", command=command, stored=stored)
        order: dict[str, int] = {}
        for device, n in self.central.database.commands:
            if n <= order.get(device, 0):
                raise ViolationError("out_of_order", device=device, n=n)
            order[device] = n

    def _has(self, stored: Stored | None, command: str) -> bool:
        """What a restore lost and a quarantined copy may not send again lies in its outbox."""
        if self.central.generations > 1:
            return True
        return stored is not None and stored.command == command

    def _examine_clones(self) -> None:
        """Two copies that both spoke are found."""
        copies = [desk for desk in self.desks if desk.copied]
        if copies and not any(desk.disk.state.halted for desk in copies):
            counts = {desk.disk.state.hello_count for desk in copies}
            raise ViolationError("a_copied_disk_was_not_found", counts=counts)


def _commands(central: Central) -> list[str]:
    return [stored.command for stored in central.database.commands.values()]


def _deemed(names: dict[str, int]) -> set[str]:
    return {name for name in names if name.startswith("deemed ")}
