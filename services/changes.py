"""What changed, told once to whoever shows it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """What a screen may have to load again.

    `kinds` are entity kinds of the feed, or `outbox`, `drafts`, `line`, `session`; `cases` are
    the ids of cases, where only some of them changed.
    """

    kinds: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()


Listener = Callable[[Changed], None]


class Changes:
    """Tells one listener, from whatever thread the change came."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self._listener: Listener | None = None
        self._turn = threading.Lock()

    def listen(self, listener: Listener | None) -> None:
        """Tell this one from now on, or nobody."""
        with self._turn:
            self._listener = listener

    def publish(self, *kinds: str, cases: frozenset[str] = frozenset()) -> None:
        """Tell what changed; nothing changed is not told."""
        with self._turn:
            listener = self._listener
        if listener is not None and (kinds or cases):
            listener(Changed(kinds=frozenset(kinds), cases=cases))
