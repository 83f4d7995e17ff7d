"""What changed, told once to whoever shows it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """What a screen may have to load again.

    `kinds` are entity kinds of the feed, or `outbox`, `drafts`, `line`, `scans`, `session`;
    `cases` are the ids of cases, where only some of them changed.
    """

    kinds: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()


Listener = Callable[[Changed], None]


class Changes:
    """Tells a screen and some services, from whatever thread the change came."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self._listener: Listener | None = None
        self._followers: list[Listener] = []
        self._turn = threading.Lock()

    def listen(self, listener: Listener | None) -> None:
        """Tell this one from now on, or nobody."""
        with self._turn:
            self._listener = listener

    def follow(self, follower: Listener) -> None:
        """Tell a service of every change, for as long as the desk is open; before any screen."""
        with self._turn:
            self._followers.append(follower)

    def publish(self, *kinds: str, cases: frozenset[str] = frozenset()) -> None:
        """Tell what changed; nothing changed is not told."""
        with self._turn:
            told = [*self._followers, *([self._listener] if self._listener else [])]
        if kinds or cases:
            changed = Changed(kinds=frozenset(kinds), cases=cases)
            for one in told:
                one(changed)
