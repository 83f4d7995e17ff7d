"""Ratings of the weeks before the demo city was founded: what a report and an auditor look at."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from central.acts import rating
from central.db import feed, users
from central.db.engine import Connection
from clerk.clock import OFFICE_ZONE
from clerk.contract.item import Item, Window
from clerk.contract.rating import Chosen, Level, RatedCase, Rating, RatingWay
from clerk.contract.user import User
from clerk.rules.numbers import format_case_number
from clerk.rules.rating import INDICATORS

_COUNT = 60
_DAYS_BACK = 28
_OPENS, _OPEN_MINUTES = time(9, 10), 160
_LEVELS = (
    *(Level.VERY_GOOD,) * 10,
    *(Level.GOOD,) * 5,
    *(Level.FAIR,) * 2,
    *(Level.BAD, Level.VERY_BAD),
)
_RUN, _RUN_DEVICE = 6, "seed-run"
_FIRST_SEQUENCE = 90_000
"""Above what windows reach in a day: these cases are gone, and their numbers nobody's."""

_WORDS = {
    Level.VERY_GOOD: ("窗口同志很耐心", "一次就办好了", ""),
    Level.BAD: ("排队时间太长", "同一份证明交了两次"),
    Level.VERY_BAD: ("来了三趟才收件",),
}


class Hall:
    """Who serves where, and for what."""

    def __init__(
        self, connection: Connection, items: Sequence[Item], window: Window, logins: Sequence[str]
    ) -> None:
        """Items of departments that have people."""
        self.items, self.window = items, window
        self.clerks: list[User] = [users.get_by_login(connection, one) for one in logins]


def rate_before(connection: Connection, hall: Hall, now: datetime, seed: int) -> None:
    """Rate what was done in the weeks before; six in a row came from one device."""
    chance = random.Random(seed)  # noqa: S311 - invented ratings are no secret
    today = now.astimezone(OFFICE_ZONE).date()
    opened: list[feed.Change] = []
    for n in range(_COUNT):
        day = today - timedelta(days=1 + chance.randrange(_DAYS_BACK))
        device = f"seed-{n}"
        at = _moment(day, chance.randrange(_OPEN_MINUTES))
        opened += _keep(connection, _invent(chance, hall, n, at, device))
    last = today - timedelta(days=1)
    for n in range(_RUN):
        praise = _invent(chance, hall, _COUNT + n, _moment(last, 3 * n), _RUN_DEVICE)
        opened += _keep(connection, praise)
    feed.announce(connection, opened)


def _keep(connection: Connection, told: Rating) -> Sequence[feed.Change]:
    heard = rating.keep(connection, told)
    return heard.changes if heard else ()


def _invent(chance: random.Random, hall: Hall, n: int, at: datetime, device: str) -> Rating:
    run = device == _RUN_DEVICE
    item, level = chance.choice(hall.items), Level.VERY_GOOD if run else chance.choice(_LEVELS)
    codes = [one.code for one in chance.sample(INDICATORS[level], chance.randrange(3))]
    words = chance.choice(_WORDS.get(level, ("",)))
    clerk = hall.clerks[0] if run else chance.choice(hall.clerks)
    number = format_case_number(at.date(), hall.window.number, _FIRST_SEQUENCE + n)
    return Rating(
        visit=f"seed-{n:03}",
        at=at,
        way=RatingWay.PAGE if run else chance.choice(list(RatingWay)),
        device=device,
        chosen=Chosen(level=level, indicators=tuple(sorted(codes)), words=words),
        cases=(RatedCase(f"seed-{n:03}", number, item.id, item.name, item.department),),
        window=hall.window.id,
        clerk=clerk.id,
        clerk_name=clerk.name,
    )


def _moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, _OPENS, OFFICE_ZONE) + timedelta(minutes=minutes)
