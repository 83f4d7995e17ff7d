"""A desk in the simulation: its loop, its calls and its people, with the real decisions."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from msgspec.structs import replace

from clerk.contract.sync import (
    Hello,
    Welcome,
)
from clerk.rules.leases import LeaseState, add_lease, remaining
from clerk.sync import desk as deciding
from clerk.sync import outbox as keeping
from clerk.sync.desk import Halt, SayHello, SendCommands
from clerk.sync.outbox import Kept, Status
from tests.sim.central import Central
from tests.sim.checks import Checks
from tests.sim.disk import Disk
from tests.sim.engine import Engine, ViolationError
from tests.sim.fetching import Fetcher
from tests.sim.line import Line
from tests.sim.processes import Machine
from tests.sim.sending import MOST_COMMANDS, Sender
from tests.sim.town import MINUTE, SECOND, WINDOWS


class Desk(Machine):
    """One running desk over a disk; `line` brings its calls to central."""

    def __init__(self, engine: Engine, disk: Disk, central: Central, checks: Checks) -> None:
        super().__init__(engine)
        self.disk = disk
        self.central = central
        self.checks = checks
        self.line = Line(engine, central, disk.device, self.heard)
        self.chance = Random(f"{disk.name}{central.plan.seed}")
        self.skew = 0
        self.full_until = 0
        self._forget()
        self.start()

    @property
    def name(self) -> str:
        """Its name in the trace."""
        return self.disk.name

    @property
    def copied(self) -> bool:
        """Whether there is a copy of its disk, or it is one."""
        return self.disk.has_twin

    def _forget(self) -> None:
        """What lives in memory only."""
        self.run = f"{self.chance.getrandbits(48):x}"
        self.token = 0
        self.greeted = False
        self.greeting = False
        self.failures = 0
        self.ticking = False
        self.numbers_refused = -1
        self.numbers_asked = 0
        self.sender = Sender(self)
        self.fetcher = Fetcher(self)

    def stop(self) -> None:
        """Die, and be started again by somebody."""
        super().stop()
        self.engine.faults["desk crashed"] += 1
        self.engine.note(self.name, "crashed")
        self.line.cut()
        self.disk.open_by = None
        pause = self.engine.chance.randrange(SECOND, 10 * MINUTE)
        self.engine.at(pause, self.start)

    def start(self) -> None:
        """Open the store, put right what was cut off, and begin unknown to central."""
        if self.disk.open_by is not None and not self.engine.has("instance_not_locked"):
            return
        self.up = True
        self.disk.open_by = self
        self._forget()
        self._recover()
        self.tick_soon(1)

    def _recover(self) -> None:
        disk = self.disk
        for n in sorted(disk.outbox, reverse=True):
            kept = disk.outbox[n]
            if not kept.unsent:
                continue
            queued = disk.is_queued(kept.envelope)
            if not keeping.never_left(kept, queued=queued) or n != disk.last_n:
                break
            self.checks.clerk_was_told_nothing_happened(kept.envelope.id, copied=self.copied)
            if self.engine.has("cut_acts_are_queued"):
                break
            del disk.outbox[n]
            disk.last_n = n - 1
        self._check_kept()

    def _check_kept(self) -> None:
        """Nothing that was told saved is missing from the disk, unless central has it."""
        for command, (disk, n) in self.checks.saved.items():
            if disk == self.disk.name:
                held = self.disk.outbox.get(n)
                if held is None or held.envelope.id != command:
                    raise ViolationError("a_saved_command_is_gone", command=command, n=n)

    def point(self) -> None:
        """A transaction ends or begins: what is on the disk now is what people see."""
        shown = self.disk.look()
        if shown != self.disk.shown:
            self.checks.shown(self.disk.shown, shown)
            self.disk.shown = shown
        super().point()

    def begin(self) -> bool:
        """Begin a transaction; false where the disk is full."""
        self.point()
        if self.engine.now < self.full_until and not self.engine.healed:
            self.engine.faults["disk full"] += 1
            return False
        return True

    def tick_soon(self, delay: int) -> None:
        """Look what is to be done."""
        if not self.ticking:
            self.ticking = True
            self.engine.at(delay, self._tick, self.boot)

    def _tick(self, boot: int) -> None:
        if boot != self.boot or not self.up:
            return
        self.ticking = False
        if self.sender.act and not self.sender.pushing:
            self.sender.try_act()
        disk = self.disk
        state = disk.state
        if not self.greeted and state.greeted:
            state = replace(state, greeted=False)
        batch = () if self.sender.pushing else self.sender.batch()
        call = deciding.next_call(state, batch, MOST_COMMANDS)
        if isinstance(call, SayHello):
            self._say_hello()
        elif isinstance(call, SendCommands):
            self.sender.push(call.commands)
            if self.sender.act is None:
                self.fetcher.fetch(deciding.next_call(state, (), MOST_COMMANDS))
        elif isinstance(call, Halt):
            self.engine.at(30 * MINUTE, self._ask_again, self.boot)
        else:
            self.fetcher.fetch(call)

    def _ask_again(self, boot: int) -> None:
        """A halted desk asks again now and then: a person may have mended it."""
        if boot == self.boot and self.up and not self.greeting:
            self._say_hello()

    def ask(self, call: str, told: object, context: object) -> None:
        self.line.ask(call, told, self.token, context)

    def heard(self, call: str, status: str, answer: Any, context: Any, *, late: bool) -> None:  # noqa: ANN401
        """An answer, or that there will be none. Late ones belong to calls given up."""
        if not self.up or (late and call in {"hello", "session", "digest"}):
            return
        if status == "ok":
            getattr(self._part(call), f"take_{call}")(answer, context, late=late)
            if not late:
                self.failures = 0
            self.tick_soon(self.engine.chance.randrange(1, 30))
            return
        if late:
            return
        if status in {"stale", "refused"} and answer != "session.expired":
            self.greeted = False
        getattr(self._part(call), f"miss_{call}")(status, context)
        self.failures += 1
        self.tick_soon(self.engine.chance.randrange(1, SECOND << min(self.failures, 6)))

    def _say_hello(self) -> None:
        if self.greeting or not self.begin():
            if not self.greeting:
                self.tick_soon(MINUTE)
            return
        disk = self.disk
        disk.state = replace(disk.state, hello_count=disk.state.hello_count + 1)
        self.point()
        leases = self.find_lease()
        hello = Hello(
            device=disk.device,
            incarnation=1,
            count=disk.state.hello_count,
            protocol_oldest=1,
            protocol_newest=1,
            generation=disk.state.generation,
            cursor=disk.state.cursor,
            last_n=disk.last_n,
            numbers_left=remaining(leases, self.today()) if leases else 0,
            scope_version=disk.state.scope_version,
            run=self.run,
        )
        self.greeting = True
        self.ask("hello", hello, hello.numbers_left)

    def today(self) -> date:
        """The day by its own clock."""
        return self.engine.moment(self.skew).date()

    def find_lease(self) -> LeaseState | None:
        window = WINDOWS.get(self.disk.window)
        return self.disk.leases.get(window, LeaseState(window=window)) if window else None

    def take_hello(self, welcome: Welcome, numbers: int, *, late: bool) -> None:
        del late
        self.greeting = False
        if not self.begin():
            return
        disk, bugs = self.disk, self.engine.bugs
        restored = deciding.finds_restored(disk.state, welcome)
        before = disk.state
        disk.state = deciding.take_welcome(disk.state, welcome)
        if "cut_bootstrap_goes_on" in bugs and before.bootstrapping:
            disk.state = replace(
                disk.state,
                bootstrap_key=before.bootstrap_key,
                bootstrap_position=before.bootstrap_position,
            )
        if restored and "restore_not_followed" not in bugs:
            self._follow_restore(welcome.last_n)
        if disk.state.greeted:
            disk.window, disk.department = welcome.scope
            self.token, self.greeted = int(welcome.token), True
            self._take_lease(welcome)
            self.numbers_refused = numbers if welcome.lease is None else -1
            self.numbers_asked = self.engine.now
        self.point()
        self.engine.note(self.name, "greeted", welcome.directive)

    def _take_lease(self, welcome: Welcome) -> None:
        lease = welcome.lease
        if lease is not None:
            state = self.disk.leases.get(lease.window, LeaseState(window=lease.window))
            self.disk.leases[lease.window] = add_lease(state, lease, self.today())

    def _follow_restore(self, central_last_n: int) -> None:
        disk = self.disk
        for n, kept in disk.outbox.items():
            followed = keeping.follow_restore(kept, central_last_n)
            if self.engine.has("refused_sent_again") and not kept.unsent and n > central_last_n:
                followed = Kept(envelope=kept.envelope, status=Status.SENDING, under_way=1)
            disk.outbox[n] = followed
        self.engine.note(self.name, "sends again from", central_last_n)

    def miss_hello(self, status: str, context: object) -> None:
        del status, context
        self.greeting = False
        if self.sender.act is not None:
            self.sender.act = None  # the clerk is told that the line is down

    def _part(self, call: str) -> object:
        """Who hears what came of a call."""
        if call == "hello":
            return self
        return self.sender if call in {"push", "session"} else self.fetcher
