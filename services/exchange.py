"""How far an exchange with central is: what is sent, what is fetched, what is compared."""

from __future__ import annotations

from clerk.errand import Errand, Phase
from clerk.sync.desk import Call, FetchBootstrap, FetchPage, SendCommands
from services.comparing import Comparer
from services.pulling import Puller


class Exchange:
    """Tells an errand of each step before it is taken; between two steps it may be called off."""

    def __init__(self, errand: Errand | None, puller: Puller, comparer: Comparer) -> None:
        """Nothing is known yet of how much there is to fetch. Without an errand nobody waits."""
        self.errand = errand or Errand()
        self._is_awaited = errand is not None
        self._puller, self._comparer = puller, comparer
        self._rows_before = self._rows_all = 0
        self._begin = -1

    def tell(self, call: Call) -> None:
        """Say what comes next. Raises CancelledError."""
        match call:
            case SendCommands():
                self.errand.tell(Phase.SENDING)
            case FetchBootstrap() if self._is_awaited:
                self._tell_rows()
            case FetchPage(cursor):
                self._tell_positions(cursor)
            case _:
                self.errand.tell(Phase.FETCHING)

    def _tell_rows(self) -> None:
        if not self._rows_all:
            self.errand.tell(Phase.FETCHING)
            self._rows_before = self._puller.rows_fetched
            kept = self._puller.count_kept()
            self._rows_all = max(1, self._comparer.count_theirs() - kept)
        done = min(self._puller.rows_fetched - self._rows_before, self._rows_all)
        self.errand.tell(Phase.FETCHING, done, self._rows_all)

    def _tell_positions(self, cursor: int) -> None:
        """How many changes there are is known with the first page of them."""
        if not 0 <= self._begin <= cursor:
            self._begin = cursor
        self.errand.tell(
            Phase.FETCHING, cursor - self._begin, max(0, self._puller.head - self._begin)
        )
