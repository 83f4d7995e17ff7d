"""The facts behind a report as they come from central, page after page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clerk.contract.report import AnyFact, FactPage
from clerk.errand import Errand, Phase


class Facts:
    """All facts of a report, fetched while they are read. Raises CancelledError between pages.

    `made_at` is the moment of the first page: all is told as of then. `office` is the
    name of the centre.
    """

    def __init__(self, kind: str, ask: Callable[[str], FactPage], errand: Errand) -> None:
        """Fetch the first page; `ask` gets the page that begins at a place."""
        self._kind, self._ask, self._errand = kind, ask, errand
        errand.tell(Phase.FETCHING)
        self._first = ask("")
        self.made_at, self.office = self._first.made_at, self._first.office

    def __iter__(self) -> Iterator[AnyFact]:
        """The facts of all pages; once only."""
        page, total, done = self._first, self._first.total, 0
        while True:
            done += page.done
            self._errand.tell(Phase.FETCHING, done, total)
            yield from page.facts(self._kind)
            if not page.next:
                return
            page = self._ask(page.next)
