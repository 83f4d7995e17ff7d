"""Looking an applicant up: online, under a session, and recorded at central every time."""

from __future__ import annotations

import msgspec

from clerk.contract.identity import IdKind
from clerk.contract.session import ApplicantCard, LookUp, Purpose
from services.client import Call, encode
from services.line import Line
from services.session import Session


class AskUnmask(msgspec.Struct, frozen=True, kw_only=True):
    """Why somebody needs a number whole."""

    reason: str


class Unmasked(msgspec.Struct, frozen=True, kw_only=True):
    """The whole numbers of a case's applicant and agent."""

    id_number: str
    phone: str = ""
    agent_id_number: str = ""
    agent_phone: str = ""

    def __repr__(self) -> str:
        """Nothing of it."""
        return "Unmasked()"


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

    def unmask(self, case_id: str, reason: str) -> Unmasked:
        """The numbers of a case in sight; central records the look with its reason."""
        body = encode(AskUnmask(reason=reason))
        call = Call(path=f"/cases/{case_id}/unmask", body=body)
        return self._line.ask(call, Unmasked, self._session.get_token())
