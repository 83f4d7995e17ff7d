"""What an administrator sees at an administrators' desk: central is asked, nothing is kept."""

from __future__ import annotations

from clerk.contract.administration import Overview
from clerk.rules.administering import administers
from clerk.sync.scope import ADMINISTRATION
from services.client import Call
from services.line import Line
from services.session import Session
from storage import identity
from storage.store import Store


class Administration:
    """Reads alone: whatever an administrator does is a command at central."""

    def __init__(self, store: Store, line: Line, session: Session) -> None:
        """Ask in the name of whoever is signed in."""
        self._store = store
        self._line = line
        self._session = session

    @property
    def is_open(self) -> bool:
        """Whether an administrator sits at an administrators' desk."""
        user = self._session.user
        if user is None or not administers(user):
            return False
        with self._store.read() as connection:
            return identity.get_enrolled(connection).department == ADMINISTRATION

    def look(self) -> Overview:
        """The whole system as it is now. Raises UnreachableError or RefusedError."""
        call = Call(path="/administration", method="GET")
        return self._line.ask(call, Overview, self._session.get_token())
