"""Keeps a draft as it is typed: soon after each change, always the newest, one save at a time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import TypeVar

from clerk.contract.draft import Draft
from clerk.errors import ClerkError

T = TypeVar("T")
KEEP_AFTER_S = 0.2
"""A change lies in the store within a second; keys that come faster are kept together."""


class DraftKeeper:
    """Saves off the screen's thread; after its last act no late save brings a draft back."""

    def __init__(
        self,
        save: Callable[[Draft], object],
        run: Callable[[Coroutine[None, None, None]], object],
        failed: Callable[[ClerkError], None],
        after_s: float = KEEP_AFTER_S,
    ) -> None:
        """Save with the first, work in what the second starts, report to the third."""
        self._after_s = after_s
        self._save = save
        self._run = run
        self._failed = failed
        self._gate = threading.Lock()
        self._latest: Draft | None = None
        self._saved: Draft | None = None
        self._working = False
        self._over = False
        self._ending = False

    @property
    def is_behind(self) -> bool:
        """Whether something was typed that is not in the store yet."""
        return self._latest is not self._saved and not self._over

    def keep(self, draft: Draft) -> None:
        """Save this soon."""
        self._latest = draft
        if not self._working and self.is_behind:
            self._working = True
            self._run(self._work())

    def flush(self) -> None:
        """Save now what is not saved yet; blocks, so that it is done when this returns.

        While the draft's last act is going on there is nothing to save, nor to wait for: that
        act may be waiting for the very thread that asks.
        """
        if not self._ending:
            with self._gate:
                self._write()

    def finish(self, act: Callable[[], T]) -> T:
        """Do what ends the draft, such as receiving it; when it succeeds nothing is saved after."""
        with self._gate:
            self._ending = True
            try:
                result = act()
            finally:
                self._ending = False
            self._over = True
            return result

    async def _work(self) -> None:
        try:
            while self.is_behind:
                await asyncio.sleep(self._after_s)
                await asyncio.to_thread(self.flush)
        except ClerkError as problem:
            self._failed(problem)
        finally:
            self._working = False

    def _write(self) -> None:
        draft = self._latest
        if draft is not None and self.is_behind:
            self._save(draft)
            self._saved = draft


def is_blank(draft: Draft) -> bool:
    """Whether nothing was typed that is worth keeping."""
    typed = (draft.id_text, draft.name, draft.phone, draft.address, draft.agent_name)
    return not draft.items and not any(typed)
