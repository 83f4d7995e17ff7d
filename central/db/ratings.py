"""Ratings and the codes to give them by; a visit or an online case has one rating at most."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

import msgspec
from sqlalchemy import ColumnElement, func, or_, select, update

from central.db import dialect
from central.db.engine import Connection
from central.db.rating_schema import rating_codes, ratings
from central.db.schema import cases
from clerk.clock import begin_of_day
from clerk.contract.rating import Rating
from clerk.decoding import Reader

_DAY = timedelta(days=1)
_read = Reader[Rating](Rating)


class GivenCode(NamedTuple):
    """What a code is for, and since when."""

    visit: str
    given_at: datetime


def add_code(connection: Connection, code_hash: str, visit: str, given_at: datetime) -> None:
    """Remember a code that stands on a receipt; that of a visit comes with each of its cases."""
    row = {"code_hash": code_hash, "visit": visit, "given_at": given_at}
    dialect.add_unless_there(connection, rating_codes, row)


def find_code(connection: Connection, code_hash: str) -> GivenCode | None:
    """What a code is for, if it is one."""
    columns = (rating_codes.c.visit, rating_codes.c.given_at)
    statement = select(*columns).where(rating_codes.c.code_hash == code_hash)
    row = connection.execute(statement).one_or_none()
    return None if row is None else GivenCode(*row)


def list_cases(connection: Connection, visit: str) -> tuple[str, ...]:
    """The cases that a rating of this visit, or of this online case, is about, by their numbers."""
    of_visit = or_(cases.c.application == visit, cases.c.id == visit)
    statement = select(cases.c.id).where(of_visit).order_by(cases.c.number)
    return tuple(connection.execute(statement).scalars())


def add(connection: Connection, rating: Rating) -> bool:
    """Keep a rating; whether it is the first of its visit."""
    row = {
        "visit": rating.visit,
        "at": rating.at,
        "level": rating.chosen.level.value,
        "department": rating.first.department,
        "device": rating.device,
        "watched": False,
        "body": msgspec.json.encode(rating),
    }
    return dialect.add_unless_there(connection, ratings, row)


def is_rated(connection: Connection, visit: str) -> bool:
    """Whether somebody has rated it."""
    statement = select(ratings.c.visit).where(ratings.c.visit == visit)
    return connection.execute(statement).first() is not None


def list_unwatched(connection: Connection, limit: int) -> tuple[Rating, ...]:
    """Some that the rule about devices has not looked at."""
    statement = select(ratings.c.body).where(ratings.c.watched.is_(False)).limit(limit)
    return tuple(map(_read, connection.execute(statement).scalars()))


def list_of_device(connection: Connection, device: str, day: date) -> tuple[Rating, ...]:
    """What came from one device on a day of the office, oldest first."""
    begin = begin_of_day(day)
    statement = select(ratings.c.body).where(
        ratings.c.device == device, ratings.c.at >= begin, ratings.c.at < begin + _DAY
    )
    ordered = statement.order_by(ratings.c.at, ratings.c.visit)
    return tuple(map(_read, connection.execute(ordered).scalars()))


def note_watched(connection: Connection, visits: Iterable[str]) -> None:
    """The rule has looked at these."""
    statement = update(ratings).where(ratings.c.visit.in_(list(visits)))
    connection.execute(statement.values(watched=True))


def count_between(connection: Connection, since: date, until: date, department: str) -> int:
    """How many there were between two days; of one department on demand."""
    condition = _between(since, until, department)
    statement = select(func.count()).select_from(ratings).where(*condition)
    return connection.execute(statement).scalar_one()


def page_between(  # noqa: PLR0917 - a stretch, a department, and a page of it
    connection: Connection, since: date, until: date, department: str, after: str, limit: int
) -> tuple[Rating, ...]:
    """The next ratings by their visits."""
    statement = select(ratings.c.body).where(
        *_between(since, until, department), ratings.c.visit > after
    )
    rows = connection.execute(statement.order_by(ratings.c.visit).limit(limit))
    return tuple(map(_read, rows.scalars()))


def _between(since: date, until: date, department: str) -> list[ColumnElement[bool]]:
    wanted = [ratings.c.at >= begin_of_day(since), ratings.c.at < begin_of_day(until) + _DAY]
    return [*wanted, ratings.c.department == department] if department else wanted
