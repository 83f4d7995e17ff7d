"""Asking the register for the applicant's card, without holding up a key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

from clerk.contract.identity import IdKind
from clerk.contract.session import ApplicantCard
from clerk.errors import ClerkError, UnreachableError
from clerk.rules.identifiers import Reading
from screens.intake.card import CardState, LookUpState
from screens.telling import explain

Fetch = Callable[[IdKind, str, str], ApplicantCard]


class CardRegister:
    """One number is asked for once, because every look-up is recorded; the newest one counts."""

    def __init__(
        self,
        fetch: Fetch,
        run: Callable[[Coroutine[None, None, None]], object],
        tell: Callable[[CardState], None],
    ) -> None:
        """Fetch with the first, in what the second starts; tell the third how it goes."""
        self._fetch = fetch
        self._run = run
        self._tell = tell
        self._asked = ""

    def forget(self) -> None:
        """The number changed, or is to be asked for once more."""
        self._asked = ""

    def remember(self, reading: Reading) -> None:
        """Its card is here already."""
        self._asked = _name(reading)

    def ask(self, reading: Reading, draft_id: str) -> None:
        """Ask for a number that can be used, unless it was asked for."""
        if reading.valid and _name(reading) != self._asked:
            self._asked = _name(reading)
            self._tell(CardState(LookUpState.ASKING))
            self._run(self._ask(reading, draft_id))

    async def _ask(self, reading: Reading, draft_id: str) -> None:
        try:
            card = await asyncio.to_thread(self._fetch, reading.kind, reading.number, draft_id)
        except UnreachableError:
            state = CardState(LookUpState.LINE_DOWN)
        except ClerkError as problem:
            told = str(explain(problem.code, problem.parameters))
            state = CardState(LookUpState.FAILED, problem=told)
        else:
            state = CardState(LookUpState.ANSWERED, card)
        if self._asked == _name(reading):
            self._tell(state)


def _name(reading: Reading) -> str:
    return f"{reading.kind.value}/{reading.number}"
