"""Looking an applicant up: online, under a session, and recorded at central every time."""

from __future__ import annotations

import msgspec

from clerk.clock import Clock
from clerk.contract.identity import IdKind
from clerk.contract.register import AnswerState, AskRegister, RegisterAnswer, RegisterOffer
from clerk.contract.session import ApplicantCard, LookUp, Purpose
from clerk.errors import ClerkError
from services.client import Call, encode
from services.line import Line
from services.session import Session

_NO_CASE = "none"
"""What stands for the draft or case of a look that has none."""


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

    def __init__(self, line: Line, session: Session, clock: Clock) -> None:
        """Ask in the name of whoever is signed in."""
        self._line = line
        self._session = session
        self._clock = clock

    def card(self, id_kind: IdKind, id_number: str, draft_id: str) -> ApplicantCard:
        """What the city knows about the applicant of a draft.

        Raises UnreachableError with the line down: then the clerk types by hand.
        """
        return self._open(
            LookUp(id_kind=id_kind, id_number=id_number, purpose=Purpose.DRAFT, subject=draft_id)
        )

    def of_case(self, case_id: str) -> ApplicantCard:
        """What the city knows about the applicant of a case in sight; central has the number."""
        kind = IdKind.UNKNOWN
        return self._open(LookUp(id_kind=kind, id_number="", purpose=Purpose.CASE, subject=case_id))

    def break_glass(self, id_kind: IdKind, id_number: str, reason: str) -> ApplicantCard:
        """Look somebody up for no case of one's own; the auditor is told, with the reason."""
        return self._open(
            LookUp(
                id_kind=id_kind,
                id_number=id_number,
                purpose=Purpose.BREAK_GLASS,
                subject=_NO_CASE,
                reason=reason,
            )
        )

    def section(
        self, card: ApplicantCard, offer: RegisterOffer, ask: AskRegister
    ) -> RegisterAnswer:
        """What one register says; where it cannot be asked, that it is to be checked, and why."""
        call = Call(path=f"/lookups/{card.lookup}/answers", body=encode(ask))
        try:
            return self._line.ask(call, RegisterAnswer, self._session.get_token())
        except ClerkError as problem:
            return RegisterAnswer(
                register=offer.register,
                name=offer.name,
                state=AnswerState.TO_BE_CHECKED,
                at=self._clock.now(),
                problem=problem.code,
            )

    def _open(self, message: LookUp) -> ApplicantCard:
        token = self._session.get_token()
        return self._line.ask(Call(path="/lookups", body=encode(message)), ApplicantCard, token)

    def unmask(self, case_id: str, reason: str) -> Unmasked:
        """The numbers of a case in sight; central records the look with its reason."""
        body = encode(AskUnmask(reason=reason))
        call = Call(path=f"/cases/{case_id}/unmask", body=body)
        return self._line.ask(call, Unmasked, self._session.get_token())
