"""One register of others with its breaker: what it says now, or what it said before.

It never raises for what a register does: a card shows each outcome in its place.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from central.registers.description import Description
from central.registers.outside.answer import About, Said, read_answer
from central.registers.outside.asking import Asker
from central.registers.outside.breaker import Breaker
from central.registers.outside.failure import BUSY, DOUBTS, RESTING, RegisterError
from clerk.clock import Clock
from clerk.contract.register import AnswerState


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a register said about somebody, and when."""

    at: datetime
    said: Said


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """How an ask ended. `kept` is what to show; `fresh` that it was said just now."""

    state: AnswerState
    kept: Kept | None = None
    problem: str = ""
    fresh: bool = False


class OutsideRegister:
    """Asks within the limits of its description; one process's view of one register."""

    def __init__(self, description: Description, clock: Clock) -> None:
        """Take the description in force."""
        self.description = description
        self._asker = Asker(description)
        self._breaker = Breaker(description.failures, description.pause_s * 1000)
        self._clock = clock
        self._busy = 0

    async def find(self, about: About, kept: Kept | None, *, anew: bool = False) -> Found:
        """What it says about somebody; `kept` is what it said before."""
        age_s = (self._clock.now() - kept.at).total_seconds() if kept else 0
        if kept and not anew and 0 <= age_s <= self.description.fresh_s:
            return Found(state=_state(kept.said, AnswerState.KEPT), kept=kept)
        try:
            said = await self._ask(about)
        except RegisterError as error:
            shown = kept is not None and age_s <= self.description.older_s
            if not shown or error.code in DOUBTS:
                return Found(state=AnswerState.TO_BE_CHECKED, problem=error.code)
            return Found(state=AnswerState.OLDER, kept=kept, problem=error.code)
        now = Kept(at=self._clock.now(), said=said)
        return Found(state=_state(said, AnswerState.ANSWERED), kept=now, fresh=True)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._asker.close()

    async def _ask(self, about: About) -> Said:
        """Ask and read. Raises RegisterError; only a register that is away opens the breaker."""
        if self._busy >= self.description.at_once:
            raise RegisterError(BUSY)
        if not self._breaker.admits(self._clock.monotonic_ms()):
            raise RegisterError(RESTING)
        self._busy += 1
        try:
            raw = await self._asker.ask(about)
        except RegisterError as error:
            if error.failed:
                self._breaker.note_failure(self._clock.monotonic_ms())
            else:
                self._breaker.note_nothing()
            raise
        except BaseException:
            self._breaker.note_nothing()
            raise
        finally:
            self._busy -= 1
        self._breaker.note_success()
        return read_answer(raw, self.description, about)


def _state(said: Said, known: AnswerState) -> AnswerState:
    return known if said.found else AnswerState.NONE
