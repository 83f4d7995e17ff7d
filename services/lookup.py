"""Looking an applicant up: online, under a session, and recorded at central every time."""

from __future__ import annotations

from clerk.contract.identity import IdKind
from clerk.contract.session import ApplicantCard, LookUp, Purpose
from services.client import Call, encode
from services.line import Line
from services.session import Session


class Lookup:
    """Asks the registers through central."""

    def __init__(self, line: Line, session: Session) -> None:
        """Ask in the name of whoever is signed in."""
        self._line = line
        self._session = session

    def card(self, id_kind: IdKind, id_number: str, draft_id: str) -> ApplicantCard:
        """What the city knows about the applicant of a draft.

        Raises UnreachableError with the line down: then the clerk types by hand.
        """
        message = LookUp(
            id_kind=id_kind, id_number=id_number, purpose=Purpose.DRAFT, subject=draft_id
        )
        token = self._session.get_token()
        return self._line.ask(Call(path="/lookups", body=encode(message)), ApplicantCard, token)
