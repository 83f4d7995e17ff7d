"""What a correction changes: what stood, what stands now. Numbers of people are masked in it."""

from __future__ import annotations

from collections.abc import Iterator

from clerk.contract.item import FieldKind
from clerk.contract.proposal import (
    ActUndone,
    ApplicantAmendment,
    Change,
    CorrectPlan,
    DecisionAmendment,
    FormAmendment,
    StopAmendment,
    TickAmendment,
)
from clerk.contract.tick import MaterialState, Ticked
from clerk.rules.case.state import Case
from clerk.rules.identifiers import mask_identifier, mask_phone

_MASKS = {FieldKind.IDENTIFIER: mask_identifier, FieldKind.PHONE: mask_phone}


def changes_of(case: Case, plan: CorrectPlan) -> tuple[Change, ...]:
    """Every thing that would be otherwise, in the order in which it is told.

    What is masked counts as changed: a desk sees no more of it than its ends.
    """
    return tuple(_find(case, plan))


def _find(case: Case, plan: CorrectPlan) -> Iterator[Change]:
    match plan.amendment:
        case ApplicantAmendment():
            yield from _of_applicant(case, plan.amendment)
        case FormAmendment(fields=fields):
            yield from _of_form(case, fields)
        case TickAmendment(materials=materials):
            yield from _of_ticks(case, materials)
        case StopAmendment():
            yield from _of_stop(case, plan.act, plan.amendment)
        case DecisionAmendment():
            yield from _of_decision(case, plan.amendment)
        case ActUndone():
            return


def _of_applicant(case: Case, amended: ApplicantAmendment) -> Iterator[Change]:
    stood = case.applicant
    if amended.name and amended.name != stood.name:
        yield Change(what="name", stood=stood.name, stands=amended.name)
    if amended.phone:
        yield Change(what="phone", stood=mask_phone(stood.phone), stands=mask_phone(amended.phone))
    if amended.address and amended.address != stood.address:
        yield Change(what="address", stood=stood.address, stands=amended.address)


def _of_form(case: Case, fields: dict[str, str]) -> Iterator[Change]:
    for field in case.terms.fields:
        if field.key not in fields:
            continue
        mask = _MASKS.get(field.kind)
        stood, stands = case.fields.get(field.key, ""), fields[field.key]
        if mask:
            stood, stands = mask(stood), mask(stands)
        if mask or stood != stands:
            yield Change(what="field", name=field.label, stood=stood, stands=stands)


def _of_ticks(case: Case, materials: tuple[Ticked, ...]) -> Iterator[Change]:
    known = {one.key: one for one in case.materials}
    for tick in materials:
        stood = known.get(tick.key) or Ticked(
            key=tick.key, name=tick.name, state=MaterialState.MISSING
        )
        for what, before, after in (
            ("material", stood.state.value, tick.state.value),
            ("originals", str(stood.originals), str(tick.originals)),
            ("copies", str(stood.copies), str(tick.copies)),
            ("due", _day(stood.due), _day(tick.due)),
        ):
            if before != after:
                yield Change(what=what, name=tick.name, stood=before, stands=after)


def _of_stop(case: Case, n: int, amended: StopAmendment) -> Iterator[Change]:
    stop = next((one for one in case.stops if one.n == n), None)
    if stop is None:
        return
    for what, before, after in (
        ("procedure", stop.procedure.value, amended.procedure.value),
        ("basis", stop.basis, amended.basis),
        ("planned_days", str(stop.planned_days), str(amended.planned_days)),
    ):
        if before != after:
            yield Change(what=what, stood=before, stands=after)


def _of_decision(case: Case, amended: DecisionAmendment) -> Iterator[Change]:
    stood = case.decision
    if stood is None:
        return
    for what, before, after in (
        ("opinion", stood.opinion, amended.opinion),
        ("reason", stood.reason, amended.reason),
        ("licence_until", _day(stood.licence_until), _day(amended.licence_until)),
    ):
        if before != after and (after or what != "licence_until"):
            yield Change(what=what, stood=before, stands=after)


def _day(day: object) -> str:
    return str(day) if day else ""
