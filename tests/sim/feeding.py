"""The feed of the simulated central: rows, pulls, bootstraps, digests."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from clerk.contract.sync import (
    BootstrapPage,
    Digest,
    EntityKind,
    Page,
    Put,
    Remove,
)
from clerk.sync import central as judging
from clerk.sync import digest, scope
from tests.sim.ground import Ground, Waiter
from tests.sim.record import Database, DeviceRow, Row
from tests.sim.town import (
    MINUTE,
)

POLL_MS = 40 * MINUTE


class Feeder:
    """Writes the feed and reads it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.engine = ground.engine

    @property
    def database(self) -> Database:
        """The database as it is now; a restore puts another in its place."""
        return self.ground.database

    def announce(  # noqa: PLR0917 - what a row holds
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
            self.ground.checks.fed(label, position)
        self.wake()

    def wake(self) -> None:
        waiters, self.ground.waiters = self.ground.waiters, []
        for waiter in waiters:
            self.engine.at(1, self._look_again, self.ground.boot, waiter)

    def _look_again(self, boot: int, waiter: Waiter) -> None:
        if boot == self.ground.boot:
            self.pull_or_wait(waiter)

    def pull_or_wait(self, waiter: Waiter) -> None:
        row = self.database.devices[waiter.device]
        page = self._page(row, waiter.cursor)
        nothing = not page.items and page.scope_version == waiter.scope_version
        if nothing and self.engine.now < waiter.until and page.end == waiter.cursor:
            self.ground.waiters.append(waiter)
            self.engine.at(waiter.until - self.engine.now, self._end_wait, waiter)
            return
        waiter.reply("ok", page)

    def _end_wait(self, waiter: Waiter) -> None:
        if waiter in self.ground.waiters:
            self.ground.waiters.remove(waiter)
            self.pull_or_wait(waiter)

    def _page(self, row: DeviceRow, cursor: int) -> Page:
        """One snapshot: rows, their present state and the head together."""
        database, limit = self.database, self.ground.plan.page_rows
        labels = scope.scope_of(row.window, row.department)
        found: list[Row] = []
        for label in labels:
            rows = database.feed.get(label)
            if rows and rows[-1].position > cursor:
                start = bisect_right(rows, cursor, key=_position)
                found.extend(rows[start : start + limit])
        found = sorted(found)[:limit]
        end = judging.end_of_page([one.position for one in found], limit, database.head, cursor)
        if self.engine.has("head_read_later") and found:
            end = max(end, database.head)
        self.ground.checks.read(labels, min(end, database.head))
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

    def bootstrap(self, row: DeviceRow, key: str, position: int) -> BootstrapPage:
        limit = self.ground.plan.page_rows
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
        self.ground.checks.read(labels, min(position, self.database.head))
        return BootstrapPage(
            generation=self.database.generation,
            position=position,
            next_key=keys[-1] if len(keys) == limit else "",
            items=tuple(puts),
            scope_version=row.known.scope_version,
        )

    def digest_of(self, row: DeviceRow) -> Digest:
        labels = scope.scope_of(row.window, row.department)
        count, value = digest.sum_rows(self.database.rows_in(labels))
        return Digest(
            generation=self.database.generation,
            position=self.database.head,
            count=count,
            value=value,
            scope_version=row.known.scope_version,
        )


def _position(row: Row) -> int:
    return row.position
