"""An applicant rates with the code of the receipt: a plain page, once, and never seen outside."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from msgspec.structs import replace

from central.db import settings
from central.db.engine import Connection
from central.service import Central
from central.visits import MOST
from clerk.clock import SettableClock
from clerk.contract.rating import Level, Rating, RatingWay
from clerk.contract.setting import RATING_CHOICE, RatingChoice
from clerk.rules.rating import INDICATORS, make_code
from tests.support.cases import receive_command
from tests.support.central import SIGN, MakeDesk, TalkingDesk
from tests.support.rated_month import list_ratings

CODE = make_code(bytes(range(16)))
CHINESE = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"}
ENGLISH = {"accept-language": "en-GB,en;q=0.8,de;q=0.9"}
BROWSER = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def window(make_desk: MakeDesk) -> TalkingDesk:
    """A desk whose visitor came for two items, and has one code."""
    desk = make_desk(window="w1")
    food = replace(receive_command(), number="", application="visit-1", rating_code=CODE)
    sign = replace(food, item=SIGN.id, item_version=SIGN.version, materials=(), fields={})
    for command in (food, sign):
        assert desk.receive(command)[1].refusal is None
    return desk


def ask(window: TalkingDesk, code: str = CODE, **headers: str) -> httpx.Response:
    return window.http.get(f"/rate/{code}", headers=headers)


def send(window: TalkingDesk, form: str, code: str = CODE) -> httpx.Response:
    return window.http.post(f"/rate/{code}", content=form.encode(), headers=BROWSER | CHINESE)


def find(central: Central, visit: str = "visit-1") -> Rating:
    with central.database.read() as connection:
        every = list_ratings(connection)
    return next(one for one in every if one.visit == visit)


def test_a_page_that_says_what_is_rated_and_nothing_of_people(window: TalkingDesk) -> None:
    page = ask(window, **CHINESE)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for told in ("食品经营许可", "户外广告设置审批", "综合窗口一", "非常满意", "非常不满意"):
        assert told in page.text
    assert "<script" not in page.text
    command = receive_command()
    assert command.applicant.name not in page.text
    assert command.applicant.id_number not in page.text
    assert page.text.count('type="radio"') == len(Level)
    assert page.text.count('type="checkbox"') == sum(map(len, INDICATORS.values()))
    assert "form-action 'self'" in page.headers["content-security-policy"]
    english = ask(window, **ENGLISH)
    assert "Very satisfied" in english.text
    assert '<html lang="en">' in english.text
    assert re.findall(r"[\u4e00-\u9fff]+", english.text.partition("<form")[2]) == []


def test_the_first_rating_counts_and_the_second_is_told_so(
    window: TalkingDesk, central: Central
) -> None:
    assert "选一个" in send(window, "words=x").text
    done = send(
        window, "level=2&why=214&why=510&why=nothing&words=%E7%AD%89%E4%BA%86%0A%00%E5%BE%88"
    )
    assert done.status_code == 200
    kept = find(central)
    assert (kept.chosen.level, kept.way) == (Level.BAD, RatingWay.PAGE)
    assert kept.chosen.indicators == ("214",)
    assert kept.chosen.words == "等了 很"
    assert [one.item_name for one in kept.cases] == ["食品经营许可", "户外广告设置审批"]
    assert kept.first.department == "market"
    for again in (send(window, "level=5"), ask(window, **CHINESE)):
        assert again.status_code == 409
        assert "不满意" not in again.text
    assert find(central) == kept


@pytest.mark.parametrize("body", ["level=9", "level=", "level=%FF", "level=5;", "x" * 9000, "=&&"])
def test_what_no_page_of_ours_sends_is_asked_again(window: TalkingDesk, body: str) -> None:
    assert send(window, body).status_code == 422


def test_once_however_many_send_at_once(window: TalkingDesk, central: Central) -> None:
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda n: send(window, f"level={n % 5 + 1}"), range(6)))
    assert sorted(one.status_code for one in answers) == [200, *[409] * 5]
    with central.database.read() as connection:
        assert len(list_ratings(connection)) == 1


def test_a_code_that_nobody_gave_and_one_that_is_too_old(
    window: TalkingDesk, central: Central, clock: SettableClock
) -> None:
    for wrong in (make_code(bytes(16)), "x", "%00", CODE.upper()):
        assert ask(window, wrong, **CHINESE).status_code == 404
    choice = RatingChoice(address="https://rate.example", days=3)

    def choose(connection: Connection) -> None:
        settings.put(connection, RATING_CHOICE, choice, clock.now())

    central.database.commit(choose)
    clock.turn(timedelta(days=3, seconds=-1))
    assert ask(window).status_code == 200
    clock.turn(timedelta(seconds=1))
    over = ask(window, **CHINESE)
    assert over.status_code == 410
    assert "3 天" in over.text
    assert send(window, "level=5").status_code == 410


def test_browsers_are_told_apart_and_no_address_is_kept(
    window: TalkingDesk, central: Central
) -> None:
    page = ask(window)
    assert "HttpOnly" in page.headers["set-cookie"]
    assert "set-cookie" not in ask(window).headers, "a browser keeps the one that it has"
    assert send(window, "level=5").status_code == 200
    kept = find(central)
    assert re.fullmatch(r"[0-9a-f]{64}", kept.device)
    assert not {page.cookies["clerk_device"], "127.0.0.1"} & {kept.device}


def test_one_address_asks_so_often(window: TalkingDesk) -> None:
    answers = [ask(window, make_code(bytes([n] * 16))).status_code for n in range(MOST + 1)]
    assert answers == [404] * MOST + [429]


def test_what_is_kept_of_a_receipt_has_no_code(window: TalkingDesk, central: Central) -> None:
    from sqlalchemy import text

    with central.database.read() as connection:
        for table in ("commands", "events", "rating_codes", "audit"):
            rows = connection.execute(text(f"select * from {table}"))  # noqa: S608 - names of ours
            assert not [row for row in rows if CODE in str(row)]
