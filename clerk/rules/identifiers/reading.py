"""What was typed or scanned, read as an identity number and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from clerk.contract.identity import IdKind
from clerk.rules.identifiers import organisation, resident, travel
from clerk.rules.identifiers.problem import Findings, Problem, ProblemCode, normalise
from clerk.rules.identifiers.recognition import recognise

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


_DATELESS_CHECKS: dict[IdKind, Callable[[str], Findings]] = {
    IdKind.USCC: organisation.check_uscc,
    IdKind.OLD_ORG_CODE: organisation.check_org_code,
    IdKind.OLD_REGISTRATION: organisation.check_registration,
    IdKind.PASSPORT: travel.check_passport,
    IdKind.TRAVEL_PERMIT: travel.check_permit,
}
"""Checks of the kinds that say nothing of a birth date, so that today does not matter."""


_OLD = frozenset({ProblemCode.OLD_RESIDENT, ProblemCode.OLD_ORG_CODE, ProblemCode.OLD_REGISTRATION})


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """An identity number as it was understood.

    `number` is whole: keep it out of logs. `candidates` is filled where a person must say
    which document it is; then the number is read again with that kind.
    """

    kind: IdKind
    number: str
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    candidates: tuple[IdKind, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the number can be used; warnings do not hinder."""
        return not self.problems

    @property
    def is_old(self) -> bool:
        """Whether it is a number of a kind that another has replaced: central records those."""
        return any(one.code in _OLD for one in self.problems)


def read_identifier(text: str, kind: IdKind | None = None, *, today: date) -> Reading:
    """Read an identity number; without a kind, find out which document it comes from."""
    number = normalise(text)
    if not number:
        return _refuse(kind or IdKind.UNKNOWN, number, Problem(ProblemCode.EMPTY))
    if kind is None or kind is IdKind.UNKNOWN:
        return _recognise_and_read(text, number, today)
    return _read_as(kind, number, today)


def _recognise_and_read(text: str, number: str, today: date) -> Reading:
    kinds = recognise(number, text, today)
    if not kinds:
        return _refuse(IdKind.UNKNOWN, number, Problem(ProblemCode.UNKNOWN, {"have": len(number)}))
    if len(kinds) > 1:
        named = ", ".join(kind.value for kind in kinds)
        problem = Problem(ProblemCode.AMBIGUOUS, {"candidates": named})
        return _refuse(IdKind.UNKNOWN, number, problem, kinds)
    return _read_as(kinds[0], number, today)


def _read_as(kind: IdKind, number: str, today: date) -> Reading:
    found = _check(kind, number, today)
    return Reading(kind=kind, number=number, problems=found.problems, warnings=found.warnings)


def _check(kind: IdKind, number: str, today: date) -> Findings:
    if kind in _DATELESS_CHECKS:
        return _DATELESS_CHECKS[kind](number)
    if kind is IdKind.FOREIGN_PERMANENT_RESIDENCE and travel.is_old_residence(number):
        return travel.check_old_residence(number)
    return resident.check_resident(number, kind, today)


def _refuse(
    kind: IdKind, number: str, problem: Problem, candidates: tuple[IdKind, ...] = ()
) -> Reading:
    return Reading(kind=kind, number=number, problems=(problem,), candidates=candidates)
