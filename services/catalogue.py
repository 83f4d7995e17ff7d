"""The catalogue as the desk holds it: it needs no line."""

from __future__ import annotations

from clerk.contract.item import Bundle, Department, Item, Window
from clerk.rules.calendar import WorkCalendar
from clerk.rules.finding import Findable, rank
from services.calendars import get_calendar
from storage import catalogue
from storage.catalogue import ItemHit
from storage.store import Store

__all__ = ["Catalogue", "ItemHit"]

MOST_HITS = 20


class Catalogue:
    """Items, bundles, departments, windows and the calendar."""

    def __init__(self, store: Store) -> None:
        """Read them from this store."""
        self._store = store

    def find(self, text: str, limit: int = MOST_HITS) -> tuple[ItemHit, ...]:
        """Items by Chinese, pinyin, initials or code, best first."""
        with self._store.read() as connection:
            return catalogue.search(connection, text, limit)

    def find_bundles(self, text: str, limit: int = MOST_HITS) -> tuple[Bundle, ...]:
        """Bundles by Chinese, pinyin, initials or id, best first; there are few of them."""
        ranked = [(rank(text, _findable(one)), one) for one in self.bundles()]
        found = sorted(
            ((order, one.id, one) for order, one in ranked if order is not None),
            key=lambda hit: hit[:2],
        )
        return tuple(one for _order, _id, one in found[:limit])

    def item(self, item_id: str, version: int) -> Item:
        """One version of an item. Raises StoreError `item.unknown`."""
        with self._store.read() as connection:
            return catalogue.get(connection, item_id, version)

    def bundle(self, bundle_id: str) -> Bundle:
        """One bundle. Raises StoreError `bundle.unknown`."""
        with self._store.read() as connection:
            return catalogue.get_bundle(connection, bundle_id)

    def bundles(self) -> tuple[Bundle, ...]:
        """All bundles."""
        with self._store.read() as connection:
            return catalogue.bundles(connection)

    def departments(self) -> tuple[Department, ...]:
        """All departments."""
        with self._store.read() as connection:
            return catalogue.departments(connection)

    def windows(self) -> tuple[Window, ...]:
        """All windows."""
        with self._store.read() as connection:
            return catalogue.windows(connection)

    def calendar(self) -> WorkCalendar:
        """The office's calendar. Raises StoreError `calendar.unknown`."""
        with self._store.read() as connection:
            return get_calendar(connection)

    def count(self) -> int:
        """How many items can be found."""
        with self._store.read() as connection:
            return catalogue.count_items(connection)


def _findable(bundle: Bundle) -> Findable:
    return Findable(
        name=bundle.name, initials=bundle.initials, pinyin=bundle.pinyin, code=bundle.id
    )
