"""Central in the simulation: its calls over a database in memory, with the real decisions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Generator
from typing import Any, NamedTuple

from msgspec.structs import replace

from clerk.contract.answer import Answer, Refusal
from clerk.contract.case import AnyEvent, CaseRecord, Received, Stage
from clerk.contract.command import AnyCommand, Envelope, ReceiveCase
from clerk.contract.numbers import NumberLease
from clerk.contract.sync import (
    BootstrapPage,
    Digest,
    Directive,
    EntityKind,
    Hello,
    Page,
    Push,
    Pushed,
    Put,
    Remove,
    Welcome,
)
from clerk.rules.case import Case, Context, decide
from clerk.rules.case.context import refuse
from clerk.rules.case.counter import deemed_acceptance, five_days_over
from clerk.rules.case.fold import begin, evolve_all
from clerk.rules.numbers import document_number, read_case_number
from clerk.rules.overlay import extend
from clerk.sync import central as judging
from clerk.sync import digest, restoring, scope
from clerk.sync.central import Arrival, Known
from tests.sim.checks import Checks, check_papers
from tests.sim.engine import Engine
from tests.sim.plan import Plan
from tests.sim.processes import Machine, Transaction, Want
from tests.sim.record import Database, DeviceRow, Row, Stored
from tests.sim.town import (
    CLOCK_USER,
    MINUTE,
    SECOND,
    USERS,
    WINDOWS,
    paper_of,
)
from tests.support.work_calendar import REAL_CALENDAR

NUMBERS_AT_ONCE = 12
NUMBERS_LOW = 5
POLL_MS = 40 * MINUTE
_SERIES = {"market": "市监", "fire": "消防"}
Reply = Callable[[str, Any], None]
Steps = Generator[Want, None, Any]


class Waiter(NamedTuple):
    """A desk in a long poll."""

    device: str
    cursor: int
    reply: Reply
    until: int


class Effect(NamedTuple):
    """What a command makes happen, decided and not written yet."""

    record: CaseRecord
    case: Case
    before: Case | None
    events: tuple[AnyEvent, ...]
    counters: dict[tuple[int, str, str], int]


class Central(Machine):
    """The service; `database` outlives its crashes."""

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

    # What happens to it.

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
        if not self.engine.has("numbers_lent_again"):
            for window, newest in self.database.newest_lent.items():
                self.database.skipped[window] = newest
                self.database.newest_lent[window] = restoring.skip_lent(newest)
        self.checks.forget_effects(self.backup_stages)
        self.checks.effects.update(self.database.effects)
        self.engine.note("central", "restored", self.database.generation)

    @property
    def mending(self) -> bool:
        """Whether it waits for what a restore lost."""
        return restoring.is_mending(self.database.restored_at, self.engine.moment())

    # The calls.

    def receive(self, call: str, device: str, told: Any, token: int, reply: Reply) -> None:  # noqa: ANN401
        """A request arrives."""
        row = self.database.devices[device]
        if call == "hello":
            self.spawn(self._hello(told, reply))
        elif row.known.quarantined:
            reply("refused", "device.quarantined")
        elif token not in row.tokens:
            reply("stale", None)
        elif call == "push":
            self.spawn(self._push(device, told, reply))
        elif call == "pull":
            self._pull_or_wait(Waiter(device, told, reply, self.engine.now + POLL_MS))
        elif call == "bootstrap":
            reply("ok", self._bootstrap(row, *told))
        elif call == "digest":
            reply("ok", self._digest(row))
        else:
            self._sign_in(device, told, reply)

    def _sign_in(self, device: str, user: str, reply: Reply) -> None:
        self.point()
        self.database.sessions |= {(device, user)}
        self.point()
        reply("ok", user)

    # Hello.

    def _hello(self, hello: Hello, reply: Reply) -> Steps:
        transaction = Transaction()
        yield from self._begin(transaction)
        yield transaction, ("device", hello.device)
        yield from self._linger()
        database = self.database
        row = database.devices[hello.device]
        known = row.known
        directive = judging.judge_hello(hello, known, database.generation, database.head)
        if self.engine.has("copy_not_seen") and directive is Directive.QUARANTINED:
            directive = Directive.GO_ON
        if self.engine.has("late_hello_is_a_copy") and directive is Directive.GREET_AGAIN:
            directive = Directive.QUARANTINED
        runs = judging.remember_run(known, hello)
        lease = None
        greets = directive in {Directive.GO_ON, Directive.BOOTSTRAP}
        if greets and row.window and hello.numbers_left < NUMBERS_LOW:
            yield transaction, ("window", row.window)
            lease = self._next_lease(WINDOWS[row.window])
        self.point()
        count = hello.count if greets else known.hello_count
        quarantined = directive is Directive.QUARANTINED
        known = replace(known, runs=runs, hello_count=count, quarantined=quarantined)
        self.token += greets
        tokens = row.tokens | {self.token} if greets else row.tokens
        database.devices[hello.device] = row._replace(known=known, tokens=tokens)
        if quarantined:
            self._note_quarantine(hello.device)
        if greets:
            self._adopt(hello, row)
        if lease is not None:
            self._note_lease(hello.device, lease)
        self.point()
        self.release(transaction)
        reply("ok", self._welcome(database.devices[hello.device], directive, lease))

    def _welcome(self, row: DeviceRow, directive: Directive, lease: NumberLease | None) -> Welcome:
        now = self.engine.moment()
        return Welcome(
            protocol=1,
            directive=directive,
            token=str(self.token),
            token_until=now,
            generation=self.database.generation,
            head=self.database.head,
            last_n=row.known.last_n,
            scope_version=row.known.scope_version,
            server_time=now,
            scope=(row.window, row.department),
            lease=lease,
            count=row.known.hello_count,
        )

    def _next_lease(self, window: int) -> NumberLease:
        newest = self.database.newest_lent.get(window, 0)
        return NumberLease(window, *judging.next_range(newest, NUMBERS_AT_ONCE))

    def _note_lease(self, device: str, lease: NumberLease) -> None:
        key = (device, lease.window)
        self.database.newest_lent[lease.window] = lease.last
        self.database.lent[key] = (*self.database.lent.get(key, ()), lease)

    def _adopt(self, hello: Hello, row: DeviceRow) -> None:
        """Take back in what was lent by what a restore lost."""
        for lease in hello.leases:
            key = (hello.device, lease.window)
            held = self.database.lent.get(key, ())
            skipped = self.database.skipped.get(lease.window)
            if skipped is None or lease in held or not restoring.may_readopt(lease, skipped):
                continue
            self.database.lent[key] = (*held, lease)

    def _note_quarantine(self, device: str) -> None:
        self.quarantines.append(device)
        self.engine.note("central", "quarantined", device)

    # Push.

    def _push(self, device: str, message: Push, reply: Reply) -> Steps:
        refused = self._demand_sessions(device, message)
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

    def _demand_sessions(self, device: str, message: Push) -> str:
        for envelope in message.commands:
            if isinstance(self.commands[envelope.id], ReceiveCase):
                continue
            if (device, envelope.user) in self.database.sessions:
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
        yield from self._begin(transaction)
        key = (device, envelope.n)
        careless = engine.has("check_then_insert")
        if not careless:
            yield transaction, ("command", key)
        stored = self.database.commands.get(key)
        if stored is not None:
            self.release(transaction)
            return self._repeat(device, envelope, stored)
        yield from self._linger()
        if not careless:
            yield transaction, ("device", device)
        last_n = self.database.devices[device].known.last_n
        arrival = judging.judge_arrival(envelope, None, last_n, void)
        if engine.has("gap_ignored") and arrival is Arrival.GAP:
            arrival = Arrival.FRESH
        if careless and arrival is Arrival.CLONE:
            arrival = Arrival.FRESH
        if arrival is not Arrival.FRESH:
            self.release(transaction)
            if arrival is Arrival.CLONE:
                self._quarantine(device)
            return arrival, None
        yield transaction, ("case", envelope.case_id)
        held = self.database.cases.get(envelope.case_id)
        version = held[1].version if held else 0
        if restoring.is_early(envelope, version, mending=self.mending):
            self.release(transaction)
            return None, None
        outcome = yield from self._decide(transaction, device, envelope)
        yield from self._linger()
        yield from self._commit(transaction, device, envelope, outcome)
        stored = self.database.commands[key]
        self.release(transaction)
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
        self.point()
        row = self.database.devices[device]
        known = replace(row.known, quarantined=True)
        self.database.devices[device] = row._replace(known=known)
        self._note_quarantine(device)

    def _decide(
        self, transaction: Transaction, device: str, envelope: Envelope
    ) -> Generator[Want, None, Effect | tuple[Refusal, int, str]]:
        command, now = self.commands[envelope.id], self.engine.moment()
        held = self.database.cases.get(envelope.case_id)
        user = USERS[envelope.user]
        if isinstance(command, ReceiveCase):
            refusal = self._wrong_receipt(device, envelope, command)
            if refusal:
                return refusal, 0, ""
            at = judging.receipt_moment(envelope, now)
            item = self.database.item_versions.get((command.item, command.item_version))
            context = Context(
                now=at, calendar=REAL_CALENDAR, user=user, window=command.window, item=item
            )
            decided = decide(None, command, context)
        else:
            row = self.database.devices[device]
            seen = scope.scope_of(row.window, row.department)
            if held is None or not seen & self.database.audiences[envelope.case_id]:
                return refuse("case.unknown"), 0, ""
            at = restoring.act_moment(envelope, now, self.database.restored_at)
            context = Context(now=at, calendar=REAL_CALENDAR, user=user, window=row.window)
            decided = decide(held[1], command, context)
        if isinstance(decided, Refusal):
            if held is None:
                return decided, 0, ""
            stale = envelope.base_version != held[1].version
            overtaken = held[0].events[-1].by.name if stale else ""
            return decided, held[1].version, overtaken
        return (yield from self._prepare(transaction, envelope.case_id, decided))

    def _wrong_receipt(
        self, device: str, envelope: Envelope, command: ReceiveCase
    ) -> Refusal | None:
        if envelope.case_id in self.database.cases:
            return refuse("case.already_received", "number", number=command.number)
        number = read_case_number(command.number)
        if command.number in self.database.numbers and not self.engine.has("number_not_checked"):
            return refuse("case_number.taken", "number", number=command.number)
        lent = self.database.was_lent(device, number.window, number.sequence)
        if number.window != WINDOWS[command.window] or not lent:
            return refuse("case_number.not_lent", "number", number=command.number)
        return None

    def _prepare(
        self, transaction: Transaction, case_id: str, events: tuple[AnyEvent, ...]
    ) -> Generator[Want, None, Effect]:
        """Number the papers and fold; nothing is written yet."""
        held = self.database.cases.get(case_id)
        counters: dict[tuple[int, str, str], int] = {}
        numbered = []
        for event in events:
            kind = paper_of(event)
            if kind is not None and held is not None:
                department = held[1].terms.department
                key = (event.at.year, department, kind.value)
                if not self.engine.has("counter_not_locked"):
                    yield transaction, ("series", key)
                n = self.database.counters.get(key, 0) + 1
                if self.engine.has("counter_outside"):
                    self.database.counters[key] = n
                counters[key] = n
                number = document_number(f"{_SERIES[department]}{kind.value}", key[0], n)
                event = replace(event, document=number)  # type: ignore[call-arg]  # noqa: PLW2901
            numbered.append(event)
        if held is None:
            first = numbered[0]
            assert isinstance(first, Received), "a case begins with its receipt"
            case, before = begin(case_id, first), None
        else:
            before = held[1]
            case = evolve_all(before, numbered)
        record = extend(case_id, held[0] if held else None, numbered)
        return Effect(record, case, before, tuple(numbered), counters)

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
            yield from self._linger()
        yield transaction, "tail"
        self.point()
        if engine.has("effect_before_command") and isinstance(outcome, Effect):
            self._write_effect(envelope.id, outcome, None)
            self.point()
        self._write_command(device, envelope, answer)
        if isinstance(outcome, Effect) and not engine.has("effect_before_command"):
            self._write_effect(envelope.id, outcome, early)
        database.audit[envelope.id] = database.audit.get(envelope.id, 0) + 1
        if engine.has("audit_apart") and isinstance(outcome, Effect):
            database.audit[envelope.id] -= 1
            self.point()
            database.audit[envelope.id] += 1
        self.point()

    def _write_command(self, device: str, envelope: Envelope, answer: Answer) -> None:
        database, key = self.database, (device, envelope.n)
        fingerprint = judging.fingerprint(envelope)
        row = database.devices[device]
        known = replace(row.known, last_n=max(row.known.last_n, envelope.n))
        if self.engine.has("last_n_apart"):
            database.commands[key] = Stored(envelope.id, fingerprint, answer)
            self.point()
        database.devices[device] = row._replace(known=known)
        if self.engine.has("answer_apart"):
            database.commands[key] = Stored(envelope.id, fingerprint, None)
            self.point()
        database.commands[key] = Stored(envelope.id, fingerprint, answer)

    def _write_effect(self, command: str, effect: Effect, early: list[Row] | None) -> None:
        database, case = self.database, effect.case
        check_papers(effect.events)
        database.cases[case.id] = (effect.record, case)
        database.counters.update(effect.counters)
        if effect.before is None:
            database.numbers[case.number] = case.id
        before = database.audiences.get(case.id, frozenset())
        after = self._audiences(case)
        database.audiences[case.id] = after
        self.checks.took_effect(command)
        self.checks.happened(case.id, effect.events)
        database.effects[command] = 1
        if self.engine.has("receipt_seen_by_window_only") and effect.before is None:
            after = frozenset(one for one in after if one.startswith("window"))
        self._announce(EntityKind.CASE, case.id, case.version, after, before - after, early)

    def _audiences(self, case: Case) -> frozenset[str]:
        """Who sees a case; in some towns departments see it from acceptance on."""
        seen = scope.audiences_of(case)
        if self.plan.late_sight and case.stage in {Stage.RECEIVED, Stage.SUPPLEMENTING}:
            return frozenset({scope.window_label(case.window)})
        return seen

    def _give_positions(self, outcome: object) -> list[Row]:
        """What a careless feed does: positions before the lock."""
        if not isinstance(outcome, Effect):
            return []
        rows = []
        for _ in range(8):
            self.database.head += 1
            rows.append(Row(self.database.head, EntityKind.CASE, "", 0))
        return rows

    def _announce(  # noqa: PLR0917 - what a row holds
        self,
        kind: EntityKind,
        entity: str,
        version: int,
        after: frozenset[str],
        lost_by: frozenset[str],
        early: list[Row] | None = None,
    ) -> None:
        if self.engine.has("losers_not_told"):
            lost_by = frozenset()
        for label, _removed in scope.told_rows(after, lost_by):
            if early:
                position = early.pop(0).position
            else:
                self.database.head += 1
                position = self.database.head
            rows = self.database.feed.setdefault(label, [])
            rows.append(Row(position, kind, entity, version))
            if early is not None:
                rows.sort()
            self.checks.fed(label, position)
        self._wake()

    # Pull.

    def _wake(self) -> None:
        waiters, self.waiters = self.waiters, []
        for waiter in waiters:
            self.engine.at(1, self._look_again, self.boot, waiter)

    def _look_again(self, boot: int, waiter: Waiter) -> None:
        if boot == self.boot:
            self._pull_or_wait(waiter)

    def _pull_or_wait(self, waiter: Waiter) -> None:
        row = self.database.devices[waiter.device]
        page = self._page(row, waiter.cursor)
        nothing = not page.items and page.scope_version == row.known.scope_version
        if nothing and self.engine.now < waiter.until and page.end == waiter.cursor:
            self.waiters.append(waiter)
            self.engine.at(waiter.until - self.engine.now, self._end_wait, waiter)
            return
        waiter.reply("ok", page)

    def _end_wait(self, waiter: Waiter) -> None:
        if waiter in self.waiters:
            self.waiters.remove(waiter)
            self._pull_or_wait(waiter)

    def _page(self, row: DeviceRow, cursor: int) -> Page:
        """One snapshot: rows, their present state and the head together."""
        database, limit = self.database, self.plan.page_rows
        labels = scope.scope_of(row.window, row.department)
        found: list[Row] = []
        for label in labels:
            rows = database.feed.get(label, [])
            start = bisect_right(rows, cursor, key=_position)
            found.extend(rows[start : start + limit])
        found = sorted(found)[:limit]
        end = judging.end_of_page([one.position for one in found], limit, database.head, cursor)
        if self.engine.has("head_read_later") and found:
            end = max(end, database.head)
        self.checks.read(labels, min(end, database.head))
        return Page(
            generation=database.generation,
            start=cursor,
            end=end,
            head=database.head,
            items=self._present(found, labels),
            scope_version=row.known.scope_version,
        )

    def _present(self, rows: list[Row], labels: frozenset[str]) -> tuple[Put | Remove, ...]:
        last = {(row.kind, row.id): row for row in rows}
        return tuple(
            self._put(row.kind, row.id, labels) or Remove(row.kind, row.id, row.version)
            for row in sorted(last.values())
        )

    def _put(self, kind: EntityKind, entity: str, labels: frozenset[str]) -> Put | None:
        """A thing as it is now; its body is the object itself, which spares the encoding."""
        body: Any
        if kind is EntityKind.ITEM:
            body = self.database.items[entity]
            return Put(kind, entity, body.version, body)
        body = self.database.cases[entity]
        if not self.database.audiences[entity] & labels and not self.engine.has("scope_not_asked"):
            return None
        return Put(kind, entity, body[1].version, body)

    def _bootstrap(self, row: DeviceRow, key: str, position: int) -> BootstrapPage:
        limit = self.plan.page_rows
        labels = scope.scope_of(row.window, row.department)
        keys = [f"item:{one}" for one in sorted(self.database.items)]
        seen = self.database.audiences
        keys += [f"x:{one}" for one in sorted(seen) if seen[one] & labels]
        keys = [one for one in keys if one > key][:limit]
        puts = []
        for one in keys:
            kind = EntityKind.ITEM if one.startswith("item:") else EntityKind.CASE
            put = self._put(kind, one.partition(":")[2], labels)
            assert put is not None, "what is seen is there"
            puts.append(put)
        if self.engine.has("position_read_last") and len(keys) < limit:
            position = self.database.head
        position = position or self.database.head
        self.checks.read(labels, min(position, self.database.head))
        return BootstrapPage(
            generation=self.database.generation,
            position=position,
            next_key=keys[-1] if len(keys) == limit else "",
            items=tuple(puts),
            scope_version=row.known.scope_version,
        )

    def _digest(self, row: DeviceRow) -> Digest:
        labels = scope.scope_of(row.window, row.department)
        count, value = digest.sum_rows(self.database.rows_in(labels))
        return Digest(
            generation=self.database.generation,
            position=self.database.head,
            count=count,
            value=value,
            scope_version=row.known.scope_version,
        )

    # Its own work.

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
            yield from self._begin(transaction)
            careless = self.engine.has("sweep_not_looking_again")
            if not careless:
                yield transaction, ("case", case_id)
            yield from self._linger()
            case = self.database.cases[case_id][1]
            over = case.stage is Stage.RECEIVED and five_days_over(case, self._by_the_clock())
            if over or (careless and case.five_days_from):
                event = deemed_acceptance(case, self._by_the_clock())
                effect = yield from self._prepare(transaction, case_id, (event,))
                yield from self._linger()
                yield transaction, "tail"
                self.point()
                name = f"deemed {case_id} {case.five_days_from}"
                self._write_effect(name, effect, None)
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
        self._announce(
            EntityKind.ITEM, item.id, item.version, frozenset({scope.ALL}), frozenset()
        )

    def move_desk(self, device: str, window: str, department: str) -> None:
        """A desk serves another window or department from now on."""
        row = self.database.devices[device]
        known = replace(row.known, scope_version=row.known.scope_version + 1)
        self.database.devices[device] = row._replace(
            known=known, window=window, department=department
        )
        self._wake()

    def end_sessions(self, device: str) -> None:
        """Everybody at a desk has to sign in anew."""
        kept = frozenset(one for one in self.database.sessions if one[0] != device)
        self.database.sessions = kept

    def _begin(self, transaction: Transaction) -> Steps:
        if self.plan.on_sqlite:
            yield transaction, "database"

    def _linger(self) -> Steps:
        """A slow transaction lets others go on in between; on SQLite it has the database."""
        if self.engine.chance.random() < self.plan.rates.slow and not self.engine.healed:
            yield self.engine.chance.randrange(1, 400)


def _position(row: Row) -> int:
    return row.position



