"""Asking the registers for the applicant's card, section by section, without holding up a key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple, TypeVar

from clerk.contract.register import AskRegister, RegisterAnswer, RegisterOffer
from clerk.contract.session import ApplicantCard
from clerk.errors import ClerkError, UnreachableError
from clerk.locale import mark
from clerk.rules.identifiers import Reading
from clerk.rules.looking import due_offers, needs, with_answer
from screens.intake.card import CardState, LookUpState
from screens.telling import explain
from services.lookup import Lookup

MOST_AT_ONCE = 8
"""Registers that one card asks at once; they wait in threads of their own, not in the app's."""

ASKS_AGAIN: dict[str, tuple[str, str]] = {
    "refresh": (mark("Refresh"), mark("Ask the registers about this number once more")),
}
"""What F5 does on a screen with a card."""

T = TypeVar("T")
Section = Callable[[ApplicantCard, RegisterOffer, AskRegister], RegisterAnswer]


class Subject(NamedTuple):
    """Whom a card is about: a name for the number, how its card is opened, how it is asked for."""

    name: str
    open_card: Callable[[], ApplicantCard]
    ask: AskRegister


def subject_of(lookup: Lookup, reading: Reading, draft_id: str) -> Subject:
    """Whom a walk-in is about."""
    card = partial(lookup.card, reading.kind, reading.number, draft_id)
    ask = AskRegister(register="", id_kind=reading.kind, id_number=reading.number)
    return Subject(f"{reading.kind.value}/{reading.number}", card, ask)


class CardRegister:
    """One number is asked for once, because every look-up is recorded; the newest one counts.

    The card opens with what central itself knows. Each register of others that an item needs is
    then asked beside it, and its answer takes its place whenever it comes.
    """

    def __init__(
        self,
        section: Section,
        run: Callable[[Coroutine[None, None, None], str], object],
        tell: Callable[[CardState], None],
    ) -> None:
        """Ask sections with the first, in what the second starts; tell the third how it goes."""
        self._section = section
        self._run = run
        self._tell = tell
        self._subject: Subject | None = None
        self._state = CardState()
        self._asked: dict[str, frozenset[str]] = {}
        self._items: tuple[str, ...] = ()
        self._anew = False
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="registers")

    def forget(self, *, anew: bool = False) -> None:
        """The number changed, or is to be asked for once more: then no kept answer will do."""
        self._subject, self._state, self._anew = None, CardState(), anew
        self._asked = {}

    def remember(self, subject: Subject, card: ApplicantCard) -> None:
        """Its card is here already, with the answers that came."""
        self._subject = subject
        self._state = CardState(LookUpState.ANSWERED, card)
        answered = {one.register for one in card.answers}
        self._asked = {
            offer.register: frozenset(offer.items)
            for offer in card.offers
            if offer.register in answered
        }

    def ask(self, subject: Subject) -> None:
        """Ask for somebody, unless they were asked for."""
        if self._subject is None or subject.name != self._subject.name:
            self._subject, self._asked = subject, {}
            self._show(CardState(LookUpState.ASKING))
            self._run(self._open(subject), "look-up")

    def choose(self, items: Sequence[str]) -> None:
        """Ask what these items need and nobody has asked yet."""
        self._items = tuple(items)
        card, subject = self._state.card, self._subject
        if card is None or subject is None:
            return
        for offer in due_offers(card, self._items, self._asked):
            known = self._asked.get(offer.register, frozenset())
            self._asked[offer.register] = known | needs(offer, self._items)
            self._show(self._state.asking_also(offer.register))
            ask = self._ask_of(subject, offer)
            self._run(self._fill_in(subject, offer, ask), f"register-{offer.register}")

    def close(self) -> None:
        """Wait for nobody any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ask_of(self, subject: Subject, offer: RegisterOffer) -> AskRegister:
        ask = subject.ask
        return AskRegister(
            register=offer.register,
            id_kind=ask.id_kind,
            id_number=ask.id_number,
            items=self._items,
            anew=self._anew,
        )

    async def _open(self, subject: Subject) -> None:
        try:
            card = await self._wait_for(subject.open_card)
        except UnreachableError:
            state = CardState(LookUpState.LINE_DOWN)
        except ClerkError as problem:
            told = str(explain(problem.code, problem.parameters))
            state = CardState(LookUpState.FAILED, problem=told)
        else:
            state = CardState(LookUpState.ANSWERED, card)
        if self._subject is subject:
            self._show(state)
            self.choose(self._items)

    async def _fill_in(self, subject: Subject, offer: RegisterOffer, ask: AskRegister) -> None:
        """One answer into its place; of a number that is no longer there it is dropped."""
        opened = self._state.card
        assert opened is not None, "a section is asked for once the card is open"
        answer = await self._wait_for(lambda: self._section(opened, offer, ask))
        card = self._state.card
        if self._subject is subject and card is not None and card.lookup == opened.lookup:
            self._show(self._state.answered(with_answer(card, answer), offer.register))

    async def _wait_for(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, act)

    def _show(self, state: CardState) -> None:
        self._state = state
        self._tell(state)
