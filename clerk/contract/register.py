"""What registers answer about somebody, each answer with its source and its age (登记信息).

A card opens with what central's own tables say. The registers of others are asked one by one, so
that nobody waits for the slowest of them.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.event import Event
from clerk.contract.identity import IdKind

ANY_ITEM = "*"
"""Stands for every item, and for no item yet."""


class AnswerState(StrEnum):
    """What an answer is worth. The values are stored and never change."""

    ANSWERED = "answered"
    """The register said it just now."""
    KEPT = "kept"
    """It said it a while ago, and was not asked again so soon."""
    OLDER = "older"
    """It cannot be asked now: this is what it said before."""
    NONE = "none"
    """It holds nobody of this number."""
    TO_BE_CHECKED = "to_be_checked"
    """Nothing that it said can be relied on, or it said nothing: a person has to look."""


class RegisterFact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a register says; numbers of people in it are masked already.

    Without a `value` it was seen by somebody, and is not for everybody who sees the case.
    `risk`: a person should take care (吊销, 经营异常, overdue inspection). `since` and `until` are
    the days it holds from and to, where the register says so.
    """

    key: str
    label: str
    value: str
    risk: bool = False
    since: date | None = None
    until: date | None = None


class RegisterAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What one register was seen to say, and when.

    `at` is when it was shown, `as_of` the day that its data are of; `age_s` is how old the
    answer was when shown. `problem` is the code of what was wrong with asking.
    """

    register: str
    name: str
    state: AnswerState
    at: datetime
    as_of: datetime | None = None
    age_s: int = 0
    facts: tuple[RegisterFact, ...] = ()
    problem: str = ""


class RegisterOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A register that may be asked about this number, for these items or for any (`*`)."""

    register: str
    name: str
    items: tuple[str, ...]

    def serves(self, items: tuple[str, ...]) -> bool:
        """Whether it may be asked now that these items are chosen."""
        return ANY_ITEM in self.items or bool(set(self.items).intersection(items))


class AskRegister(msgspec.Struct, frozen=True, kw_only=True):
    """Ask one register within a look. The number travels in the body, never in a URL.

    Of a case central knows the number itself. `anew` asks the register even where its last
    answer is young.
    """

    register: str
    id_kind: IdKind = IdKind.UNKNOWN
    id_number: str = ""
    items: tuple[str, ...] = ()
    anew: bool = False


class Represented(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation whose legal representative somebody is."""

    name: str
    masked_number: str
    status: str = ""


class LookedUp(Event, frozen=True, kw_only=True, tag="looked_up"):
    """Registers were looked into for the case; what was seen is kept as evidence."""

    lookup: str
    answers: tuple[RegisterAnswer, ...]
