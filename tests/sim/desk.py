"""A desk in the simulation: its loop, its calls and its people, with the real decisions."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import Any

from clerk.contract.command import AnyCommand, Envelope
from clerk.contract.sync import BootstrapPage, Digest, Hello, Page, Push, Pushed, Welcome
from clerk.rules.leases import LeaseState, add_lease, remaining
from clerk.sync import desk as deciding
from clerk.sync import outbox as keeping
from clerk.sync.desk import FetchBootstrap, FetchPage, Halt, SayHello, SendCommands
from clerk.sync.digest import Comparison, compare
from clerk.sync.outbox import Kept, Status
from tests.sim.central import Central
from tests.sim.checks import Checks
from tests.sim.disk import Disk, apply_items
from tests.sim.engine import Engine, ViolationError
from tests.sim.line import Line
from tests.sim.processes import Machine
from tests.sim.town import MINUTE, SECOND, USERS, WINDOWS

MOST_COMMANDS = 6
MOST_BYTES = 1 << 20
NUMBERS_LOW = 5


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
        self.copied = False
        self._forget()
        self.start()

    @property
    def name(self) -> str:
        """Its name in the trace."""
        return self.disk.name

    def _forget(self) -> None:
        """What lives in memory only."""
        self.run = f"{self.chance.getrandbits(48):x}"
        self.token = 0
        self.greeted = False
        self.greeting = self.pushing = self.fetching = False
        self.hold_until = 0
        self.failures = 0
        self.ticking = False
        self.signed_in: set[str] = set()
        self.act: tuple[str, AnyCommand, str] | None = None
        self.acting = 0
        self.numbers_refused = -1
        self.level = False

    # Life and death.

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
            self.checks.clerk_was_told_nothing_happened(kept.envelope.id)
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
                    raise ViolationError("a saved command is gone", command=command, n=n)

    def begin(self) -> bool:
        """Begin a transaction; false where the disk is full."""
        self.point()
        if self.engine.now < self.full_until and not self.engine.healed:
            self.engine.faults["disk full"] += 1
            return False
        return True

    # The loop.

    def tick_soon(self, delay: int) -> None:
        """Look what is to be done."""
        if not self.ticking:
            self.ticking = True
            self.engine.at(delay, self._tick, self.boot)

    def _tick(self, boot: int) -> None:
        if boot != self.boot or not self.up:
            return
        self.ticking = False
        self.level = False
        if self.act and not self.pushing:
            self._try_act()
        disk = self.disk
        state = disk.state
        if not self.greeted and state.greeted:
            state = deciding.DeskState(**{**_fields(state), "greeted": False})
        batch = () if self.pushing else self._batch()
        call = deciding.next_call(state, batch, MOST_COMMANDS)
        if isinstance(call, SayHello):
            self._say_hello()
        elif isinstance(call, SendCommands):
            self._push(call.commands)
            if self.act is None:
                self._fetch(deciding.next_call(state, (), MOST_COMMANDS))
        elif isinstance(call, Halt):
            self.engine.at(30 * MINUTE, self._ask_again, self.boot)
        else:
            self._fetch(call)

    def _ask_again(self, boot: int) -> None:
        """A halted desk asks again now and then: a person may have mended it."""
        if boot == self.boot and self.up and not self.greeting:
            self._say_hello()

    def _batch(self) -> tuple[Envelope, ...]:
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

    def _fetch(self, call: object) -> None:
        if self.fetching:
            return
        if isinstance(call, FetchBootstrap):
            self.fetching = True
            self._ask("bootstrap", (call.key, call.position), call.key)
        elif isinstance(call, FetchPage):
            self.fetching = True
            self._ask("pull", call.cursor, None)

    def _ask(self, call: str, told: object, context: object) -> None:
        self.line.ask(call, told, self.token, context)

    # What came of a call.

    def heard(self, call: str, status: str, answer: Any, context: Any, *, late: bool) -> None:  # noqa: ANN401
        """An answer, or that there will be none. Late ones belong to calls given up."""
        if not self.up or (late and call in {"hello", "session", "digest"}):
            return
        if status == "ok":
            getattr(self, f"_take_{call}")(answer, context, late=late)
            if not late:
                self.failures = 0
            self.tick_soon(self.engine.chance.randrange(1, 30))
            return
        if late:
            return
        if status in {"stale", "refused"} and answer != "session.expired":
            self.greeted = False
        getattr(self, f"_miss_{call}")(status, context)
        self.failures += 1
        self.tick_soon(self.engine.chance.randrange(1, SECOND << min(self.failures, 6)))

    # Hello.

    def _say_hello(self) -> None:
        if self.greeting or not self.begin():
            if not self.greeting:
                self.tick_soon(MINUTE)
            return
        disk = self.disk
        disk.state = deciding.DeskState(
            **{**_fields(disk.state), "hello_count": disk.state.hello_count + 1}
        )
        self.point()
        leases = self._lease()
        hello = Hello(
            device=disk.device,
            incarnation=1,
            count=disk.state.hello_count,
            protocol_oldest=1,
            protocol_newest=1,
            generation=disk.state.generation,
            cursor=disk.state.cursor,
            last_n=disk.last_n,
            numbers_left=remaining(leases) if leases else 0,
            scope_version=disk.state.scope_version,
            run=self.run,
            leases=(*leases.spent, *leases.leases) if leases else (),
        )
        self.greeting = True
        self._ask("hello", hello, hello.numbers_left)

    def _lease(self) -> LeaseState | None:
        window = WINDOWS.get(self.disk.window)
        return self.disk.leases.get(window, LeaseState(window=window)) if window else None

    def _take_hello(self, welcome: Welcome, numbers: int, *, late: bool) -> None:
        del late
        self.greeting = False
        if not self.begin():
            return
        disk, bugs = self.disk, self.engine.bugs
        restored = deciding.finds_restored(disk.state, welcome)
        before = disk.state
        disk.state = deciding.take_welcome(disk.state, welcome)
        if "cut_bootstrap_goes_on" in bugs and before.bootstrapping:
            kept = {"bootstrap_key": before.bootstrap_key}
            kept["bootstrap_position"] = before.bootstrap_position  # type: ignore[assignment]
            disk.state = deciding.DeskState(**{**_fields(disk.state), **kept})
        if restored and "restore_not_followed" not in bugs:
            self._follow_restore(welcome.last_n)
        if disk.state.greeted:
            disk.window, disk.department = welcome.scope
            self.token, self.greeted = int(welcome.token), True
            self._take_lease(welcome)
            self.numbers_refused = numbers if welcome.lease is None else -1
        self.point()
        self.engine.note(self.name, "greeted", welcome.directive)

    def _take_lease(self, welcome: Welcome) -> None:
        lease = welcome.lease
        if lease is not None:
            state = self.disk.leases.get(lease.window, LeaseState(window=lease.window))
            self.disk.leases[lease.window] = add_lease(state, lease)

    def _follow_restore(self, central_last_n: int) -> None:
        disk = self.disk
        for n, kept in disk.outbox.items():
            followed = keeping.follow_restore(kept, central_last_n)
            if self.engine.has("refused_sent_again") and not kept.unsent and n > central_last_n:
                followed = Kept(envelope=kept.envelope, status=Status.SENDING, under_way=1)
            disk.outbox[n] = followed
        self.engine.note(self.name, "sends again from", central_last_n)

    def _miss_hello(self, status: str, context: object) -> None:
        del status, context
        self.greeting = False
        if self.act is not None:
            self.act = None  # the clerk is told that the line is down

    # Push.

    def _push(self, batch: tuple[Envelope, ...]) -> None:
        if self.pushing or not batch:
            return
        if not self.begin():
            self.hold_until = self.engine.now + MINUTE
            self.tick_soon(MINUTE)
            return
        for one in batch:
            self.disk.outbox[one.n] = keeping.begin_attempt(self.disk.outbox[one.n])
            if self.engine.has("forgotten_when_sent"):
                del self.disk.outbox[one.n]
        self.point()
        void = keeping.void_numbers(self.disk.state.central_last_n, batch)
        if self.engine.has("void_not_told"):
            void = ()
        self.pushing = True
        message = Push(device=self.disk.device, incarnation=1, commands=batch, void=void)
        self._ask("push", message, tuple(one.n for one in batch))

    def _take_push(self, pushed: Pushed, numbers: tuple[int, ...], *, late: bool) -> None:
        if not late:
            self.pushing = False
        disk = self.disk
        if not self.begin():
            self._end_act()
            return
        counts = deciding.counts_answers(disk.state, pushed)
        disk.state = deciding.take_pushed(disk.state, pushed)
        if counts or self.engine.has("old_answers_count"):
            for answer in pushed.answers:
                self._keep(answer.n, answer, pushed)
        self._settle()
        self.point()
        if not disk.state.greeted:
            self.greeted = False
        if not late:
            if pushed.mending or len(pushed.answers) < len(numbers):
                self.hold_until = self.engine.now + MINUTE
                self.engine.at(MINUTE, self.tick_soon, 1)
            if self.acting and numbers[-1] == self.acting:
                self._end_act()

    def _keep(self, n: int, answer: Any, pushed: Pushed) -> None:  # noqa: ANN401
        kept = self.disk.outbox.get(n)
        if kept is None or not kept.unsent:
            return
        if self.engine.has("clone_is_a_repeat"):
            answer = _renamed(answer, command=kept.envelope.id)
        taken = keeping.take_answer(kept, answer, pushed.head)
        if not self.copied:
            self.checks.answered(pushed.generation, kept.envelope.id, answer)
            if taken.status is Status.ANSWERED and not taken.applied:
                self.checks.refused.add(kept.envelope.id)
        self.disk.outbox[n] = taken

    def _settle(self) -> None:
        for n, kept in self.disk.outbox.items():
            if keeping.settles(kept, self.disk.state.cursor):
                self.disk.outbox[n] = Kept(**{**_fields(kept), "status": Status.SETTLED})

    def _miss_push(self, status: str, numbers: tuple[int, ...]) -> None:
        self.pushing = False
        self.hold_until = self.engine.now + SECOND
        never = status != "awaited"
        if not self.begin():
            self._end_act()
            return
        for n in numbers if never else ():
            kept = self.disk.outbox.get(n)
            if kept is not None:
                self.disk.outbox[n] = keeping.end_unreached(kept)
        self.point()
        if status == "refused":
            self.signed_in.clear()
        if self.acting and numbers[-1] == self.acting:
            if never or self.engine.has("taken_back_after_sending"):
                self._take_back(self.acting)
            self._end_act()
        else:
            self.act = None

    # Online acts.

    def perform(self, case_id: str, command: AnyCommand, user: str) -> None:
        """Somebody does what needs central's answer, and waits for it."""
        if self.act is None and not self.acting and self.up:
            self.act = (case_id, command, user)
            if user not in self.signed_in:
                self._ask("session", user, None)
            self._try_act()

    def _take_session(self, user: str, context: object, *, late: bool) -> None:
        del context, late
        self.signed_in.add(user)

    def _miss_session(self, status: str, context: object) -> None:
        del status, context
        self.act = None

    def _try_act(self) -> None:
        """Once the way is free: append, and send at once."""
        assert self.act is not None, "somebody waits"
        case_id, command, user = self.act
        if self.pushing or not self.greeted or user not in self.signed_in or self.disk.unsent():
            return
        self.act = None
        held = self.disk.cache.get(_case_key(case_id))
        envelope = self.append(case_id, command, user, held[0] if held else 0)
        if envelope is not None:
            self.acting = envelope.n
            self.hold_until = 0
            self._push((envelope,))

    def _end_act(self) -> None:
        self.acting = 0

    def _take_back(self, n: int) -> None:
        kept = self.disk.outbox[n]
        careless = self.engine.has("taken_back_after_sending")
        if not keeping.may_take_back(kept, self.disk.last_n) and not careless:
            return
        if self.begin():
            del self.disk.outbox[n]
            self.disk.last_n = n - 1
            self.checks.clerk_was_told_nothing_happened(kept.envelope.id)
            self.point()

    def append(
        self, case_id: str, command: AnyCommand, user: str, base_version: int
    ) -> Envelope | None:
        """Put a command into the outbox; nothing where the disk is full."""
        if not self.begin():
            return None
        envelope = self.write(case_id, command, user, base_version)
        self.point()
        return envelope

    def write(self, case_id: str, command: AnyCommand, user: str, base_version: int) -> Envelope:
        """The same within a transaction."""
        disk = self.disk
        n = disk.last_n + 1
        if self.engine.has("number_from_the_rows"):
            n = max((k for k, one in disk.outbox.items() if one.unsent), default=0) + 1
        envelope = Envelope(
            n=n,
            id=f"{disk.name}-{self.run}-{n}-{self.chance.getrandbits(32):x}",
            case_id=case_id,
            base_version=base_version,
            user=user,
            at=self.engine.moment(self.skew),
            body=self.line.encode(command),
            window=disk.window,
        )
        disk.outbox[n] = Kept(envelope=envelope)
        disk.commands[n] = command
        disk.last_n = n
        self.central.commands[envelope.id] = command
        self.engine.note(self.name, "keeps", n, type(command).__name__, case_id, user)
        return envelope

    # Pull and bootstrap.

    def _take_pull(self, page: Page, context: object, *, late: bool) -> None:
        del context
        if not late:
            self.fetching = False
        bugs, disk = self.engine.bugs, self.disk
        if "old_generation_applied" in bugs:
            page = _renamed(page, generation=disk.state.generation)
        if "old_scope_applied" in bugs:
            page = _renamed(page, scope_version=0)
        if "any_cursor" in bugs and page.start != disk.state.cursor:
            page = _renamed(page, start=disk.state.cursor)
        if not self.begin():
            return
        accepted = deciding.accepts_page(disk.state, page)
        after = deciding.take_page(disk.state, page)
        if accepted and "cursor_before_rows" in bugs:
            disk.state = after
            self.point()
        if accepted:
            self._check_scope(page)
            apply_items(disk.cache, page.items, bugs)
        disk.state = after
        self._settle()
        self.point()
        if not after.greeted:
            self.greeted = False
        self.level = accepted and page.end == page.head and not page.items
        self._ask_for_numbers()

    def _check_scope(self, page: Page) -> None:
        for item in page.items:
            del item

    def _miss_pull(self, status: str, context: object) -> None:
        del status, context
        self.fetching = False

    def _take_bootstrap(self, page: BootstrapPage, key: str, *, late: bool) -> None:
        if not late:
            self.fetching = False
        bugs, disk = self.engine.bugs, self.disk
        if not self.begin():
            return
        state = disk.state
        if "old_generation_applied" in bugs:
            page = _renamed(page, generation=state.generation)
        if "old_scope_applied" in bugs:
            page = _renamed(page, scope_version=0)
        if "any_bootstrap_page" in bugs and state.bootstrapping:
            key = state.bootstrap_key
            page = _renamed(page, position=state.bootstrap_position or page.position)
        accepted = deciding.accepts_bootstrap(state, key, page)
        disk.state = deciding.take_bootstrap(state, key, page)
        if accepted:
            if not state.bootstrap_key:
                disk.fresh = {}
            fresh = disk.cache if "bootstrap_seen_at_once" in bugs else disk.fresh
            for put in page.items:
                fresh[put.kind, put.id] = (put.version, put.body)
            if not page.next_key:
                self._swap(page)
        self.point()
        if not disk.state.greeted:
            self.greeted = False

    def _swap(self, page: BootstrapPage) -> None:
        disk, bugs = self.disk, self.engine.bugs
        if "swap_in_two" in bugs:
            disk.cache = {}
            self.point()
        if "old_rows_kept" in bugs:
            disk.cache = {**disk.cache, **disk.fresh}
        elif "bootstrap_seen_at_once" not in bugs:
            disk.cache = disk.fresh
        disk.fresh = {}
        if "tail_skipped" in bugs:
            head = self.central.database.head
            disk.state = deciding.DeskState(**{**_fields(disk.state), "cursor": head})
        self._settle()
        self.engine.note(self.name, "bootstrapped at", page.position)

    def _miss_bootstrap(self, status: str, context: object) -> None:
        del status, context
        self.fetching = False

    def _ask_for_numbers(self) -> None:
        state = self._lease()
        if state is not None:
            left = remaining(state)
            if left < NUMBERS_LOW and left != self.numbers_refused:
                self.greeted = False

    # The daily digest.

    def ask_digest(self) -> None:
        """Ask central whether both have the same."""
        if self.up and self.greeted:
            self._ask("digest", None, None)

    def _take_digest(self, theirs: Digest, context: object, *, late: bool) -> None:
        del context, late
        told = compare(self.disk.state, self.disk.rows(), theirs)
        if told is Comparison.DIFFERENT:
            raise ViolationError("the cache differs", desk=self.name, cursor=theirs.position)

    def _miss_digest(self, status: str, context: object) -> None:
        """Another day."""

    def sign_everybody_in(self) -> None:
        """All whose commands wait come to the desk."""
        for envelope in self.disk.unsent():
            if envelope.user not in self.signed_in and USERS[envelope.user]:
                self._ask("session", envelope.user, None)


def _fields(struct: Any) -> dict[str, Any]:  # noqa: ANN401
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


_renamed = partial(__import__("msgspec").structs.replace)


def _case_key(case_id: str) -> Any:  # noqa: ANN401
    from clerk.contract.sync import EntityKind

    return (EntityKind.CASE, case_id)
