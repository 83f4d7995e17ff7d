"""Taking ratings: once for each visit or online case, whichever way comes first (好差评)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec

from central.acts.mattering import open_follow_up
from central.db import cases, devices, ratings, settings
from central.db.devices import Device
from central.db.engine import Connection
from central.db.feed import Change
from central.secrets import hash_token
from central.sync.seal_key import open_box
from clerk.contract.answer import Refusal
from clerk.contract.command import RateVisit, ReceiveCase
from clerk.contract.matter import Brought, MatterKind, MatterWay
from clerk.contract.rating import RATING_INFO, Chosen, RatedCase, Rating, RatingWay
from clerk.decoding import decode
from clerk.errors import RefusedError
from clerk.rules.case import Case, fold
from clerk.rules.case.context import refuse
from clerk.rules.numbers import read_case_number
from clerk.rules.rating import (
    is_bad,
    is_over,
    looks_like_code,
    tell_follow_up,
    visit_of,
    wrong_choice,
)


class Came(NamedTuple):
    """How a rating came: the way, what tells the device apart, and when it was given."""

    way: RatingWay
    device: str
    at: datetime


class Heard(NamedTuple):
    """A rating that counts, with the follow-up that it opened."""

    changes: tuple[Change, ...] = ()


def note_code(
    connection: Connection, case_id: str, command: ReceiveCase, channel: str, given_at: datetime
) -> None:
    """Remember the code that stands on a receipt."""
    if looks_like_code(command.rating_code):
        visit = visit_of(command.application, case_id, channel)
        ratings.add_code(connection, hash_token(command.rating_code), visit, given_at)


def open_code(connection: Connection, code: str, now: datetime) -> str:
    """The visit that a code is for. Raises RefusedError `rating.code_unknown`, `rating.code_over`.

    A code that nobody gave out and one that never was are told alike.
    """
    given = ratings.find_code(connection, hash_token(code)) if looks_like_code(code) else None
    if given is None:
        raise RefusedError("rating.code_unknown")
    days = settings.get_rating_choice(connection).days
    if is_over(given.given_at, now, days):
        raise RefusedError("rating.code_over", days=str(days))
    return given.visit


def list_rated(connection: Connection, visit: str) -> tuple[Case, ...]:
    """The cases that a rating is about, by their numbers."""
    ids = ratings.list_cases(connection, visit)
    records = cases.find_records(connection, ids)
    return tuple(fold(records[one]) for one in ids)


def rate(connection: Connection, visit: str, chosen: Chosen, came: Came) -> Heard | None:
    """Keep what an applicant chose, if it is the first word on this visit.

    Who comes second is not heard, whatever way the first one came. Announce what is returned.
    """
    rated = list_rated(connection, visit)
    assert rated, "a code or a desk names a visit that has cases"
    return keep(connection, _describe(visit, rated, chosen, came))


def keep(connection: Connection, rating: Rating) -> Heard | None:
    """Keep a rating that is told in whole, unless its visit has one.

    A bad one opens its follow-up here and now, so that none is without.
    """
    if not ratings.add(connection, rating):
        return None
    if not is_bad(rating.chosen.level):
        return Heard()
    opened = open_follow_up(connection, _brought(rating), rating.at, window=rating.window)
    return Heard(tuple(filter(None, (opened,))))


def rate_at_desk(
    connection: Connection, device: Device, visit: str, command: RateVisit, at: datetime
) -> Heard | Refusal:
    """Keep what was chosen at the desk of a window, or say why it may not be.

    A second rating is taken and not counted: the desk learns of none whether there is one.
    """
    rated = list_rated(connection, visit)
    if not rated or not all(_was_here(connection, device, case) for case in rated):
        return refuse("rating.visit_unknown")
    chosen = _open(connection, device, visit, command)
    if chosen is None:
        return refuse("rating.malformed")
    came = Came(RatingWay.DESK, device.id, at)
    return wrong_choice(chosen) or rate(connection, visit, chosen, came) or Heard()


def _brought(rating: Rating) -> Brought:
    """What the follow-up is told: what for, never how many stars."""
    first = rating.first
    return Brought(
        kind=MatterKind.FOLLOW_UP,
        way=MatterWay.RATING,
        text=tell_follow_up(rating.chosen),
        department=first.department,
        case_number=first.number,
        item=first.item,
        item_name=first.item_name,
        rating=rating.visit,
    )


def _describe(visit: str, rated: tuple[Case, ...], chosen: Chosen, came: Came) -> Rating:
    first = rated[0]
    return Rating(
        visit=visit,
        at=came.at,
        way=came.way,
        device=came.device,
        chosen=chosen,
        cases=tuple(
            RatedCase(one.id, one.number, one.terms.item, one.terms.name, one.terms.department)
            for one in rated
        ),
        window=first.window,
        clerk=first.received_by.user,
        clerk_name=first.received_by.name,
    )


def _was_here(connection: Connection, device: Device, case: Case) -> bool:
    """Whether a case was taken in at this desk, or at the window where it stands now."""
    if case.window == device.window:
        return True
    return devices.holds_number(connection, device.id, read_case_number(case.number))


def _open(connection: Connection, device: Device, visit: str, command: RateVisit) -> Chosen | None:
    plain = open_box(connection, command.box, RATING_INFO + visit.encode(), device.id)
    try:
        return None if plain is None else decode(plain, Chosen)
    except msgspec.DecodeError:
        return None
