"""When a licence is to be renewed, when its holder is told so, and what counts as renewed.

The source of all of it is 行政许可法 Art. 50.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.asking import RenewalUndecided
from clerk.contract.case import AnyEvent
from clerk.contract.item import Item
from clerk.contract.licence import RENEWAL_DAYS, Licence, LicenceStatus
from clerk.rules.case.context import Context
from clerk.rules.case.state import Case

AHEAD_DAYS = 30
"""How long before renewal is due its holder is told."""


def renew_by(until: date, renewal_days: int = RENEWAL_DAYS) -> date:
    """The last day on which renewal is applied for in time: calendar days before the end."""
    return until - timedelta(days=renewal_days)


def is_to_remind(until: date, renewal_days: int, today: date) -> bool:
    """Whether it is time to tell the holder, and not too late to be of use."""
    due = renew_by(until, renewal_days)
    return due - timedelta(days=AHEAD_DAYS) <= today <= until


RENEWING = ("延续", "续期", "续展", "届满换")
"""What an item, or the situation that was chosen, is called where a licence is renewed by it."""

_LIVE = frozenset({LicenceStatus.VALID, LicenceStatus.SUSPENDED, LicenceStatus.EXPIRED})


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """A licence whose last day is over, beside all that its holder holds."""

    licence: Licence
    held: tuple[Licence, ...]
    renewal_days: int = RENEWAL_DAYS


def renews(case: Case, item: Item | None, ended: Ended) -> bool:
    """Whether a case is an application for renewing this licence.

    A licence that the application names is renewed by an item of its type, or by one that is for
    renewing. Where none is named, an item for renewing does the only one of its type that held
    when it was filed. The holder is the applicant.
    """
    licence = ended.licence
    same_type = bool(licence.type) and case.terms.result.licence_type == licence.type
    named = [one.id for one in ended.held if _is_named(case, one)]
    if named:
        return licence.id in named and (same_type or _is_renewing(case, item))
    filed = case.received_at.astimezone(OFFICE_ZONE).date()
    rivals = [one.id for one in ended.held if one.type == licence.type and _held_on(one, filed)]
    return same_type and _is_renewing(case, item) and rivals == [licence.id]


def counts_as_renewed(case: Case, item: Item | None, ended: Ended, today: date) -> bool:
    """Whether the law counts a licence as renewed until this case is decided (Art. 50).

    The renewal was applied for in time, and undecided when the licence ended.
    """
    licence = ended.licence
    if licence.valid_until is None or licence.valid_until >= today or not case.in_hand:
        return False
    if licence.status not in _LIVE or licence.case_id == case.id:
        return False
    filed = case.received_at.astimezone(OFFICE_ZONE).date()
    in_time = filed <= renew_by(licence.valid_until, ended.renewal_days)
    return in_time and renews(case, item, ended)


def put_before_person(case: Case, licence: Licence, days: int, context: Context) -> AnyEvent:
    """Put before the department's approver, with so many working days; it grants nothing."""
    assert licence.valid_until is not None, "what has ended had a last day"
    return RenewalUndecided(
        at=context.now,
        by=context.actor,
        ask=len(case.asks) + 1,
        licence=licence.id,
        licence_name=licence.type_name,
        number=licence.number,
        until=licence.valid_until,
        due=context.calendar.working_day_after(context.today, days),
        department=case.terms.department,
    )


def _is_named(case: Case, licence: Licence) -> bool:
    evidence = {one.evidence for one in case.materials}
    typed = {text.strip() for text in case.fields.values()}
    return licence.id in evidence or bool({licence.number} & (evidence | typed))


def _is_renewing(case: Case, item: Item | None) -> bool:
    names = [case.terms.name]
    for situation in item.situations if item else ():
        chosen = case.answers.get(situation.key)
        names += [option.label for option in situation.options if option.key == chosen]
    return any(word in name for name in names for word in RENEWING)


def _held_on(licence: Licence, day: date) -> bool:
    until = licence.valid_until
    return licence.status in _LIVE and (until is None or until >= day)
