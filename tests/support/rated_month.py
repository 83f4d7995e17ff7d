"""Ratings by chance over the cases of a central, bad ones followed up, some of them excluded."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from central.acts import rating
from central.acts.rating import Came
from central.db import matters, ratings
from central.db.engine import Connection
from clerk.contract.matter import AppealDecided, MatterAppealed
from clerk.contract.rating import Chosen, Level, Rating, RatingWay
from clerk.contract.user import Actor
from clerk.rules.matter import extend_matter, fold_matter
from clerk.rules.rating import INDICATORS

_LEVELS = (*Level, Level.VERY_GOOD, Level.GOOD)
_OF_TEN_RATED, _OF_TEN_EXCLUDED = 6, 3
_RATED_SIDE = Actor(user="u-approver", name="科长", department="market")
_DECIDER = Actor(user="u-m", name="主任己")


def rate_by_chance(connection: Connection, visits: list[tuple[str, datetime]], seed: int) -> int:
    """Rate most of these visits within a day of their moments; how many."""
    chance, rated = random.Random(seed), 0
    for visit, received_at in visits:
        if chance.randrange(10) >= _OF_TEN_RATED:
            continue
        level = chance.choice(_LEVELS)
        codes = sorted(one.code for one in chance.sample(INDICATORS[level], chance.randrange(4)))
        at = received_at + timedelta(minutes=chance.randrange(1440))
        came = Came(chance.choice(list(RatingWay)), f"device-{chance.randrange(50)}", at)
        chosen = Chosen(level=level, indicators=tuple(codes))
        heard = rating.rate(connection, visit, chosen, came)
        assert heard is not None, "each visit is rated once"
        if heard.changes and chance.randrange(10) < _OF_TEN_EXCLUDED:
            exclude(connection, visit, at + timedelta(days=1))
        rated += 1
    return rated


def exclude(connection: Connection, visit: str, at: datetime) -> None:
    """Let the rated side appeal, and somebody else find the rating malicious."""
    record = matters.find_of_rating(connection, visit)
    assert record is not None, "a bad rating has its follow-up"
    before = fold_matter(record)
    appealed = MatterAppealed(at=at, by=_RATED_SIDE, reason="与本次办件无关")
    decided = AppealDecided(at=at, by=_DECIDER, excluded=True, reason="恶意评价，证据见录像")
    matters.put(connection, before, extend_matter(record.id, record, (appealed, decided)))


def list_ratings(connection: Connection) -> tuple[Rating, ...]:
    """Every rating of the year, looked at by the rule about devices or not."""
    return ratings.page_between(connection, date(2026, 1, 1), date(2026, 12, 31), "", "", 100)
