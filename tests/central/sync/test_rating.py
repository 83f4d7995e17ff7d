"""What an applicant chose at a desk: sealed, heard once whatever the way, and told to no desk."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import text

from central.db import matters
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.answer import Answer, Conclusion
from clerk.contract.command import RateVisit
from clerk.contract.matter import MatterKind
from clerk.contract.rating import RATING_INFO, Chosen, Level, Rating, RatingWay
from clerk.contract.sealed_box import SealedBox
from clerk.contract.sync import EntityKind
from clerk.rules.matter import fold_matter
from clerk.rules.rating import make_code
from services.sealed_box import seal_for_central
from tests.support.cases import CLERK, HANDLER, receive_command
from tests.support.central import MakeDesk, TalkingDesk
from tests.support.rated_month import list_ratings

VISIT = "visit-1"
CODE = make_code(bytes(16))
BAD = Chosen(level=Level.VERY_BAD, indicators=("115",), words="太慢了")


@pytest.fixture
def window(make_desk: MakeDesk) -> TalkingDesk:
    desk = make_desk(window="w1")
    command = replace(receive_command(), number="", application=VISIT, rating_code=CODE)
    assert desk.receive(command)[1].refusal is None
    return desk


def seal(desk: TalkingDesk, chosen: object, visit: str = VISIT, info: bytes = b"") -> RateVisit:
    assert desk.welcome is not None
    key = base64.b64decode(desk.welcome.seal_key)
    info = info or RATING_INFO + visit.encode()
    device = desk.enrolled.device
    return RateVisit(box=seal_for_central(msgspec.json.encode(chosen), key, info, device))


def rate(desk: TalkingDesk, command: RateVisit, visit: str = VISIT) -> Answer:
    return desk.send(desk.envelope(command, CLERK, visit))[0]


def find_all(central: Central) -> tuple[Rating, ...]:
    with central.database.read() as connection:
        return list_ratings(connection)


def test_taken_without_a_session_at_its_own_time_and_told_to_nobody(
    window: TalkingDesk, central: Central, clock: SettableClock
) -> None:
    window.pull()
    envelope = window.envelope(seal(window, BAD), CLERK, VISIT)
    given_at = clock.now()
    clock.turn(timedelta(hours=5))
    first, repeat = window.send(envelope)[0], window.send(envelope)[0]
    assert first == repeat
    assert first.conclusion is Conclusion.APPLIED
    (kept,) = find_all(central)
    assert (kept.chosen, kept.way, kept.at) == (BAD, RatingWay.DESK, given_at)
    assert (kept.device, kept.window, kept.clerk) == (window.enrolled.device, "w1", CLERK.id)
    assert not window.pull().items
    assert not [one for one in window.bootstrap() if "rating" in one.kind]


def test_whichever_way_comes_first_counts(window: TalkingDesk, central: Central) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert window.http.post(f"/rate/{CODE}", content=b"level=5", headers=form).status_code == 200
    assert rate(window, seal(window, BAD)).refusal is None, "the desk learns of nothing"
    assert [one.chosen.level for one in find_all(central)] == [Level.VERY_GOOD]
    assert window.http.post(f"/rate/{CODE}", content=b"level=1", headers=form).status_code == 409


def test_both_ways_at_once_are_one(window: TalkingDesk, central: Central) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    command = seal(window, BAD)

    def by_page(_n: int) -> object:
        return window.http.post(f"/rate/{CODE}", content=b"level=5", headers=form).status_code

    def at_desk(_n: int) -> object:
        return rate(window, command).conclusion

    with ThreadPoolExecutor(4) as threads:
        runs = [threads.submit(one, n) for n, one in enumerate((by_page, at_desk, by_page))]
        told = [one.result() for one in runs]
    assert Conclusion.APPLIED in told
    assert len(find_all(central)) == 1


def test_nothing_readable_is_kept_but_the_rating(window: TalkingDesk, central: Central) -> None:
    assert rate(window, seal(window, BAD)).refusal is None
    with central.database.read() as connection:
        for table in ("commands", "audit", "events", "feed"):
            rows = [str(row) for row in connection.execute(text(f"select * from {table}"))]  # noqa: S608
            assert not [row for row in rows if '"115"' in row or "太慢" in row], table


def test_only_where_the_visit_was_and_only_what_the_page_offers(
    window: TalkingDesk, make_desk: MakeDesk, central: Central
) -> None:
    other = make_desk(window="w2")
    department = make_desk(department="market")
    refusals = [
        rate(other, seal(other, BAD)),
        department.act(VISIT, seal(department, BAD), HANDLER),
        rate(window, seal(window, BAD, "visit-2"), "visit-2"),
        rate(window, seal(window, BAD, "visit-2")),
        rate(window, seal(window, BAD, info=b"clerk outbox 1")),
        rate(window, seal(window, {"level": "7"})),
        rate(window, seal(window, replace(BAD, indicators=("510",)))),
        rate(window, RateVisit(box=SealedBox(key="x", nonce="", body="!"))),
        rate(window, RateVisit(box=seal(other, BAD).box)),
    ]
    codes = [one.refusal.code for one in refusals if one.refusal]
    assert codes == ["rating.visit_unknown"] * 3 + ["rating.malformed"] * 6
    assert not find_all(central)


def test_a_bad_one_opens_its_follow_up_and_a_good_one_none(
    window: TalkingDesk, make_desk: MakeDesk, central: Central
) -> None:
    department = make_desk(department="market")
    window.bootstrap()
    department.bootstrap()
    assert rate(window, seal(window, BAD)).refusal is None
    with central.database.read() as connection:
        opened = matters.find_of_rating(connection, VISIT)
    assert opened is not None
    brought = fold_matter(opened).brought
    assert (brought.kind, brought.department) == (MatterKind.FOLLOW_UP, "market")
    assert brought.text == "服务态度差效率低；太慢了"
    assert not window.pull().items, "no window gets it"
    (put,) = department.pull().items
    assert put.kind == EntityKind.MATTER
    for stars in (b"very", b"level", b"stars"):
        assert stars not in msgspec.json.encode(put)
    again = replace(receive_command(), number="", application="visit-2")
    assert window.receive(again)[1].refusal is None
    good = seal(window, Chosen(level=Level.FAIR), "visit-2")
    assert rate(window, good, "visit-2").refusal is None
    with central.database.read() as connection:
        assert matters.find_of_rating(connection, "visit-2") is None
