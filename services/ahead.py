"""Pages of a bootstrap that are on their way while the one before them is written.

While one is written the next is read into rows, and the one after it is fetched: central, the
line and this machine work at the same time, and never more than three pages are in memory.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Self

import msgspec

from clerk.contract.sync import BootstrapPage
from clerk.errors import ClerkError
from clerk.log import write_event
from storage.arriving import Arrived

_log = logging.getLogger(__name__)


class AskBootstrap(msgspec.Struct, frozen=True, kw_only=True):
    """Where a bootstrap goes on; an empty key begins one."""

    key: str
    position: int


def place_after(page: BootstrapPage) -> AskBootstrap | None:
    """Where the page after this one begins, if it is not the last."""
    return AskBootstrap(key=page.next_key, position=page.position) if page.next_key else None


class Ahead:
    """A page that is fetched and read in a thread of its own."""

    def __init__(
        self,
        place: AskBootstrap,
        ask: Callable[[AskBootstrap], BootstrapPage],
        read: Callable[[BootstrapPage], Arrived],
    ) -> None:
        """Begin at once."""
        self.place = place
        self._ask = ask
        self._read = read
        self._arrived: Arrived | None = None
        self._turn = threading.Lock()
        self._may_go_on = False
        self._next_place: AskBootstrap | None = None
        self._following: Ahead | None = None
        self._thread = threading.Thread(target=self._fetch, name="page-ahead", daemon=True)
        self._thread.start()

    def go_on(self) -> Self:
        """Fetch the page after it too, as soon as it tells where that one begins."""
        with self._turn:
            self._may_go_on = True
            self._follow()
        return self

    def wait(self) -> tuple[Arrived | None, Ahead | None]:
        """The page with the one after it, as far as they are under way.

        Nothing where it did not come: who needs it asks again and learns why.
        """
        self._thread.join()
        return self._arrived, self._following

    def _fetch(self) -> None:
        try:
            page = self._ask(self.place)
            with self._turn:
                self._next_place = place_after(page)
                self._follow()
            self._arrived = self._read(page)
        except ClerkError as error:
            write_event(_log, "bootstrap.not_ahead", code=error.code)
        except AssertionError:
            # A case that is not whole: it fails again, and aloud, where the page is to be written.
            write_event(_log, "bootstrap.not_ahead", code="sync.broken")

    def _follow(self) -> None:
        if self._may_go_on and self._next_place is not None and self._following is None:
            self._following = Ahead(self._next_place, self._ask, self._read)
