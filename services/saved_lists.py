"""Lists that somebody keeps under a name: their own, in the desk's encrypted store."""

from __future__ import annotations

import msgspec

from clerk.decoding import Reader
from clerk.errors import InputError
from clerk.rules.identifiers.masking import looks_like_identifier
from services.changes import Changes
from services.session import Session
from storage import meta
from storage.cases import Order
from storage.store import Store

MOST = 12
"""Lists that one person may keep of a screen: more than that nobody finds again."""

MOST_NAME = 20
_OF = "lists.of."


class SavedList(msgspec.Struct, frozen=True, kw_only=True):
    """A list with what was typed over it, how it is sorted, and whether it is grouped so.

    `of` is whose list it is: nothing for the worklists, which have an `order`; lists in memory
    have the name of a column that they are sorted `by`; earlier programs kept the place of a
    `column`, and -1 as they are.
    """

    name: str
    queue: str
    text: str = ""
    order: Order | None = None
    grouped: bool = False
    of: str = ""
    column: int = -1
    backwards: bool = False
    by: str = ""


class SavedLists:
    """Keeps and forgets the lists of whoever is signed in."""

    def __init__(self, store: Store, session: Session, changes: Changes) -> None:
        """Keep them in this store."""
        self._store = store
        self._session = session
        self._changes = changes

    def all(self, of: str = "") -> tuple[SavedList, ...]:
        """One's own, in the order that they were kept; those of the worklists, or of others."""
        return tuple(one for one in self._read() if one.of == of)

    def keep(self, one: SavedList) -> None:
        """Keep a list; one of the same name is replaced, and those of other screens stay.

        Names stand in sight of the counter, and what was typed outlasts the case it was typed
        for: neither holds anybody's number (个人信息保护法 Art. 19, 28).

        Raises InputError `list.name`, `list.personal` or `list.too_many`.
        """
        name = one.name.strip()
        if not 0 < len(name) <= MOST_NAME:
            raise InputError("list.name", most=MOST_NAME)
        if looks_like_identifier(name) or looks_like_identifier(one.text):
            raise InputError("list.personal")
        kept = [saved for saved in self._read() if (saved.of, saved.name) != (one.of, name)]
        if sum(saved.of == one.of for saved in kept) >= MOST:
            raise InputError("list.too_many", most=MOST)
        self._write((*kept, msgspec.structs.replace(one, name=name)))

    def forget(self, name: str, of: str = "") -> None:
        """Forget a list; one that is gone already stays so."""
        self._write(tuple(one for one in self._read() if (one.of, one.name) != (of, name)))

    def _read(self) -> tuple[SavedList, ...]:
        with self._store.read() as connection:
            body = meta.get(connection, _OF + self._session.get_user().id)
        return _decode(body) if body else ()

    def _write(self, lists: tuple[SavedList, ...]) -> None:
        name = _OF + self._session.get_user().id
        with self._store.begin() as connection:
            meta.put(connection, name, msgspec.json.encode(lists))
        self._changes.publish("lists")


_decode = Reader[tuple[SavedList, ...]](tuple[SavedList, ...])
