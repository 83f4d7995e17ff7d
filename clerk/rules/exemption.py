"""What stands for a paper that the city holds already, and why it does not (免提交).

A material names in `replaced_by` the types of licences that stand for it, or facts of registers
as `REGISTER:FACT`. What the city can see for itself is not asked for (行政许可法 Art. 31).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.item import Material
from clerk.contract.licence import Licence, LicenceStatus, Renewal
from clerk.contract.register import AnswerState, RegisterAnswer
from clerk.contract.tick import MaterialState, Ticked

_BETWEEN = ":"
_SURE = frozenset({AnswerState.ANSWERED, AnswerState.KEPT})


class Flaw(StrEnum):
    """Why a licence or a fact does not stand for a paper; the code of what is said about it."""

    EXPIRED = "evidence.expired"
    SUSPENDED = "evidence.suspended"
    REVOKED = "evidence.revoked"
    CANCELLED = "evidence.cancelled"
    OTHER_NAME = "evidence.other_name"
    OTHER_NUMBER = "evidence.other_number"
    RISK = "evidence.risk"
    NOT_SURE = "evidence.not_sure"
    NOT_HELD = "evidence.not_held"
    RENEWAL_OPEN = "evidence.renewal_open"


_BY_STATUS = {
    LicenceStatus.SUSPENDED: Flaw.SUSPENDED,
    LicenceStatus.REVOKED: Flaw.REVOKED,
    LicenceStatus.CANCELLED: Flaw.CANCELLED,
    LicenceStatus.EXPIRED: Flaw.EXPIRED,
}


class HeldFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of a register that stands for a paper, or would: whose word it is, and of when.

    `since` and `until` are the days it holds from and to, where the register says so. `problem`
    is the code of what was wrong with asking.
    """

    register: str
    key: str
    label: str
    source: str
    as_of: datetime
    since: date | None = None
    until: date | None = None
    problem: str = ""

    @property
    def evidence(self) -> str:
        """How a case names it."""
        return f"{self.register}{_BETWEEN}{self.key}"


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen beside licences: of whom the card is, and what registers said.

    An empty `name` is not known yet. `same_number` is false where the card was fetched for
    another number than the one that is typed now.
    """

    name: str = ""
    same_number: bool = True
    answers: tuple[RegisterAnswer, ...] = ()


_NOTES = frozenset(flaw.value for flaw in Flaw)


def is_asked_after_all(tick: Ticked) -> bool:
    """Whether a desk had exempted it and central did not find that it holds."""
    return tick.state is MaterialState.MISSING and tick.note in _NOTES


def stands_for(licence: Licence, material: Material) -> bool:
    """Whether a licence replaces a paper: the material names its type, or its type the material."""
    shared = bool(material.shared) and material.shared in licence.replaces
    return licence.type in material.replaced_by or shared


def read_fact(evidence: str) -> tuple[str, str] | None:
    """The register and the fact that an evidence names; None where it names a licence."""
    register, between, key = evidence.partition(_BETWEEN)
    return (register, key) if between and register and key else None


def licence_flaw(licence: Licence, seen: Seen, day: date) -> Flaw | None:
    """Why a licence may not be relied on that day for this applicant.

    One that ended while its timely renewal is undecided holds once a person has confirmed that
    it counts as renewed (Art. 50); before that it is to be checked.
    """
    if not seen.same_number:
        return Flaw.OTHER_NUMBER
    status = licence.status_on(day)
    if status is LicenceStatus.EXPIRED and licence.renewal is Renewal.TO_CONFIRM:
        return Flaw.RENEWAL_OPEN
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return None if same_name(licence.holder_name, seen.name) else Flaw.OTHER_NAME


def same_name(one: str, other: str) -> bool:
    """Whether two registers mean one holder: width, case and spaces apart. Unknown names do."""
    return not one or not other or _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def find_facts(
    materials: Sequence[Material], seen: Seen, day: date
) -> tuple[tuple[HeldFact, Flaw | None], ...]:
    """The facts that every one of these materials names, with what speaks against each."""
    named = [one for one in materials[0].replaced_by if read_fact(one)]
    common = [one for one in named if all(one in each.replaced_by for each in materials)]
    said = {answer.register: answer for answer in seen.answers}
    found = (_find_fact(read_fact(one), said, seen, day) for one in common)
    return tuple(one for one in found if one)


def _find_fact(
    named: tuple[str, str] | None, said: dict[str, RegisterAnswer], seen: Seen, day: date
) -> tuple[HeldFact, Flaw | None] | None:
    """Nothing where nobody asked the register, or it knows no such thing."""
    register, key = named or ("", "")
    answer = said.get(register)
    if answer is None or answer.state is AnswerState.NONE:
        return None
    flaw = fact_flaw(answer, key, day)
    if flaw is Flaw.NOT_HELD:
        return None
    held = hold_fact(answer, key)
    return held, flaw if seen.same_number else Flaw.OTHER_NUMBER


def hold_fact(answer: RegisterAnswer, key: str) -> HeldFact:
    """A fact as a register told it, or would have."""
    fact = next((one for one in answer.facts if one.key == key), None)
    return HeldFact(
        register=answer.register,
        key=key,
        label=fact.label if fact else "",
        source=answer.name,
        as_of=answer.as_of or answer.at,
        since=fact.since if fact else None,
        until=fact.until if fact else None,
        problem=answer.problem,
    )


def fact_flaw(answer: RegisterAnswer, key: str, day: date) -> Flaw | None:
    """Why what a register said does not stand for a paper on that day.

    An older answer, or none that can be believed, has to be looked into by a person first.
    """
    facts = [one for one in answer.facts if one.key == key]
    if any(one.risk for one in facts):
        return Flaw.RISK
    if answer.state in {AnswerState.OLDER, AnswerState.TO_BE_CHECKED}:
        return Flaw.NOT_SURE
    if any(one.until and one.until < day for one in facts):
        return Flaw.EXPIRED
    return None if facts and answer.state in _SURE else Flaw.NOT_HELD
