"""Hello at the simulated central, and the numbers that it lends."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.numbers import NumberLease
from clerk.contract.sync import (
    Directive,
    Hello,
    Welcome,
)
from clerk.sync import central as judging
from clerk.sync.lending import next_range, usable_until
from tests.sim.ground import Ground, Reply, Steps
from tests.sim.processes import Transaction
from tests.sim.record import Database, DeviceRow, GivenRange
from tests.sim.town import (
    WINDOWS,
)

NUMBERS_AT_ONCE = 12
NUMBERS_LOW = 5
_SKIPPED = 4_000


class Greeter:
    """Greets desks."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.engine = ground.engine

    @property
    def database(self) -> Database:
        """The database as it is now; a restore puts another in its place."""
        return self.ground.database

    def hello(self, hello: Hello, reply: Reply) -> Steps:
        transaction = Transaction()
        yield from self.ground.begin(transaction)
        yield transaction, ("device", hello.device)
        yield from self.ground.linger()
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
        self.ground.point()
        count = hello.count if greets else known.hello_count
        quarantined = directive is Directive.QUARANTINED
        known = replace(known, runs=runs, hello_count=count, quarantined=quarantined)
        self.ground.token += greets
        tokens = row.tokens | {self.ground.token} if greets else row.tokens
        database.devices[hello.device] = row._replace(known=known, tokens=tokens)
        if quarantined:
            self.ground.note_quarantine(hello.device)
        if lease is not None:
            self._note_lease(hello.device, lease)
        self.ground.point()
        self.ground.release(transaction)
        reply("ok", self._welcome(database.devices[hello.device], directive, lease))

    def _welcome(self, row: DeviceRow, directive: Directive, lease: NumberLease | None) -> Welcome:
        now = self.engine.moment()
        return Welcome(
            protocol=1,
            directive=directive,
            token=str(self.ground.token),
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

    def _next_lease(self, window: int) -> NumberLease | None:
        lent, now = self.database.known_lent(window), self.engine.moment()
        if self.engine.has("numbers_lent_again"):
            lent = replace(lent, restored_at=None, since=now, newest_at=now)
        if self.engine.has("numbers_skipped_alike") and lent.restored_at:
            lent = replace(lent, restored_at=None, since=now, newest_at=now)
            lent = replace(lent, newest=max(lent.newest, _SKIPPED))
        numbers = next_range(lent, NUMBERS_AT_ONCE, now)
        return NumberLease(window, *numbers, until=usable_until(now)) if numbers else None

    def _note_lease(self, device: str, lease: NumberLease) -> None:
        given = GivenRange(lease, device, self.engine.moment())
        self.database.lent[lease.window] = (*self.database.lent.get(lease.window, ()), given)
