"""A desk's cache in the simulation: pages, bootstraps and the daily digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from clerk.contract.sync import (
    BootstrapPage,
    Digest,
    Page,
)
from clerk.rules.leases import remaining
from clerk.sync import desk as deciding
from clerk.sync.desk import FetchBootstrap, FetchPage
from clerk.sync.digest import Comparison, compare

if TYPE_CHECKING:
    from tests.sim.desk import Desk

from tests.sim.disk import apply_items
from tests.sim.engine import ViolationError
from tests.sim.town import MINUTE

NUMBERS_LOW = 5
ASKED_EVERY = 5 * MINUTE


class Fetcher:
    """Keeps a desk's cache level with central."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.engine = desk.engine
        self.disk = desk.disk
        self.fetching = False
        self.level = False

    def fetch(self, call: object) -> None:
        if self.fetching:
            return
        if isinstance(call, FetchBootstrap):
            self.fetching = True
            self.desk.ask("bootstrap", (call.key, call.position), call.key)
        elif isinstance(call, FetchPage):
            self.fetching = True
            self.desk.ask("pull", call.cursor, None)

    def take_pull(self, page: Page, context: object, *, late: bool) -> None:
        del context
        if not late:
            self.fetching = False
        bugs, disk = self.engine.bugs, self.disk
        if "old_generation_applied" in bugs:
            page = replace(page, generation=disk.state.generation)
        if "old_scope_applied" in bugs:
            page = replace(page, scope_version=0)
        if not self.desk.begin():
            return
        accepted = deciding.accepts_page(disk.state, page)
        if "stale_page_applied" in bugs and page.start < disk.state.cursor:
            apply_items(disk.cache, page.items, bugs)
        after = deciding.take_page(disk.state, page)
        if accepted and "cursor_before_rows" in bugs:
            disk.state = after
            self.desk.point()
        if accepted:
            apply_items(disk.cache, page.items, bugs)
        disk.state = after
        self.desk.sender.settle()
        self.desk.point()
        if not after.greeted:
            self.desk.greeted = False
        self.level = accepted and page.end == page.head and not page.items
        self.ask_for_numbers()

    def miss_pull(self, status: str, context: object) -> None:
        del status, context
        self.fetching = False

    def take_bootstrap(self, page: BootstrapPage, key: str, *, late: bool) -> None:
        if not late:
            self.fetching = False
        bugs, disk = self.engine.bugs, self.disk
        if not self.desk.begin():
            return
        state = disk.state
        if "old_generation_applied" in bugs:
            page = replace(page, generation=state.generation)
        if "old_scope_applied" in bugs:
            page = replace(page, scope_version=0)
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
        self.desk.point()
        if not disk.state.greeted:
            self.desk.greeted = False

    def _swap(self, page: BootstrapPage) -> None:
        disk, bugs = self.disk, self.engine.bugs
        if "swap_in_two" in bugs:
            disk.cache = {}
            self.desk.point()
        if "old_rows_kept" in bugs:
            disk.cache = {**disk.cache, **disk.fresh}
        elif "bootstrap_seen_at_once" not in bugs:
            disk.cache = disk.fresh
        disk.fresh = {}
        if "tail_skipped" in bugs:
            head = self.desk.central.database.head
            disk.state = replace(disk.state, cursor=head)
        self.desk.sender.settle()
        self.engine.note(self.desk.name, "bootstrapped at", page.position)

    def miss_bootstrap(self, status: str, context: object) -> None:
        del status, context
        self.fetching = False

    def ask_for_numbers(self) -> None:
        state = self.desk.find_lease()
        if state is not None:
            left = remaining(state, self.desk.today())
            waited = self.engine.now - self.desk.numbers_asked >= ASKED_EVERY
            if left < NUMBERS_LOW and (left != self.desk.numbers_refused or waited):
                self.desk.greeted = False

    def ask_digest(self) -> None:
        """Ask central whether both have the same."""
        if self.desk.up and self.desk.greeted:
            self.desk.ask("digest", None, None)

    def take_digest(self, theirs: Digest, context: object, *, late: bool) -> None:
        del context, late
        told = compare(self.disk.state, self.disk.rows(), theirs)
        if told is Comparison.DIFFERENT:
            raise ViolationError("the_cache_differs", desk=self.desk.name, cursor=theirs.position)

    def miss_digest(self, status: str, context: object) -> None:
        """Another day."""
