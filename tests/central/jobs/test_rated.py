"""Many ratings of one device are told to the auditor once; what was excluded makes no run."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from central.db import findings, matters, ratings
from central.db.engine import Connection
from central.jobs.rated import sweep_ratings
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.rating import Chosen, Level, RatedCase, Rating, RatingWay
from clerk.contract.supervision import Finding
from tests.support.cases import APPROVER, CLERK, MONDAY
from tests.support.central import AUDITOR, MANAGER, MakeDesk
from tests.support.matters import APPEAL, EXCLUDE, MatterStory

MINUTE = timedelta(minutes=1)


def rating(n: int, at: datetime, device: str = "d") -> Rating:
    return Rating(
        visit=f"visit-{n:02}",
        at=at,
        way=RatingWay.PAGE,
        device=device,
        chosen=Chosen(level=Level.VERY_GOOD),
        cases=(RatedCase(f"c{n}", f"number-{n}", "food", "食品经营许可", "market"),),
        window="w1",
        clerk=CLERK.id,
        clerk_name=CLERK.name,
    )


def keep(central: Central, *some: Rating) -> None:
    def add(connection: Connection) -> None:
        for one in some:
            assert ratings.add(connection, one)

    central.database.commit(add)


def found(central: Central) -> tuple[Finding, ...]:
    with central.database.read() as connection:
        return findings.list_between(connection, MONDAY, MONDAY + timedelta(days=9), "R07")


def test_a_run_is_found_once_however_it_came_in(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    audit = make_desk()
    audit.pull()
    some = [rating(n, MONDAY + n * MINUTE) for n in range(5)]
    keep(central, *some[:3])
    sweep_ratings(central)  # as the running central may do as well
    assert not found(central)
    keep(central, *some[3:], *(rating(10 + n, MONDAY + n * MINUTE, f"d{n}") for n in range(5)))
    sweep_ratings(central)
    assert sweep_ratings(central) == 0
    (one,) = found(central)
    assert (one.id, one.parameters["count"], one.actor) == ("R07|visit-00", "5", CLERK.id)
    assert (one.department, one.window, one.case_number) == ("market", "w1", "number-4")
    audit.sign_in(AUDITOR.login)
    assert [put.id for put in audit.pull().items] == [one.id]


@pytest.mark.parametrize("apart", [timedelta(minutes=16), timedelta(hours=5)])
def test_an_ordinary_day_is_none(central: Central, apart: timedelta) -> None:
    keep(central, *(rating(n, MONDAY + n * apart) for n in range(6)))
    assert sweep_ratings(central) == 0


def test_what_was_excluded_makes_no_run(central: Central) -> None:
    excluded = MatterStory.rated().do(APPEAL, APPROVER).do(EXCLUDE, MANAGER)
    assert excluded.record is not None
    central.database.commit(partial(matters.add, record=excluded.record))
    assert excluded.matter.brought.rating == "r-1"
    keep(central, *(rating(n, MONDAY + n * MINUTE) for n in range(4)))
    keep(central, replace(rating(4, MONDAY + 4 * MINUTE), visit="r-1"))
    assert sweep_ratings(central) == 0
    keep(central, rating(5, MONDAY + 5 * MINUTE))
    assert sweep_ratings(central) == 1
