"""Lists that somebody keeps under a name: their own, in the desk's encrypted store."""

from __future__ import annotations

import msgspec

from clerk.errors import InputError
from services.changes import Changes
from services.session import Session
from storage import meta
from storage.cases import Order
from storage.store import Store

MOST = 12
"""Lists that one person may keep: more than that nobody finds again."""

MOST_NAME = 20
_OF = "lists.of."


class SavedList(msgspec.Struct, frozen=True, kw_only=True):
    """A queue with what was typed over it, how it is sorted, and what it is grouped by."""

    name: str
    queue: str
    text: str = ""
    order: Order | None = None
    grouped: bool = False


class SavedLists:
    """Keeps and forgets the lists of whoever is signed in."""

    def __init__(self, store: Store, session: Session, changes: Changes) -> None:
        """Keep them in this store."""
        self._store = store
        self._session = session
        self._changes = changes

    def all(self) -> tuple[SavedList, ...]:
        """One's own, in the order that they were kept."""
        with self._store.read() as connection:
            body = meta.get(connection, _OF + self._session.get_user().id)
        return _decode(body) if body else ()

    def keep(self, one: SavedList) -> None:
        """Keep a list; one of the same name is replaced.

        Raises InputError `list.name` or `list.too_many`.
        """
        name = one.name.strip()
        if not 0 < len(name) <= MOST_NAME:
            raise InputError("list.name", most=MOST_NAME)
        kept = [saved for saved in self.all() if saved.name != name]
        if len(kept) >= MOST:
            raise InputError("list.too_many", most=MOST)
        self._write((*kept, msgspec.structs.replace(one, name=name)))

    def forget(self, name: str) -> None:
        """Forget a list; one that is gone already stays so."""
        self._write(tuple(one for one in self.all() if one.name != name))

    def _write(self, lists: tuple[SavedList, ...]) -> None:
        name = _OF + self._session.get_user().id
        with self._store.begin() as connection:
            meta.put(connection, name, msgspec.json.encode(lists))
        self._changes.publish("lists")


_decode = msgspec.json.Decoder(tuple[SavedList, ...]).decode
