"""Single ratings are told to managers and auditors by their place, and to nobody who is rated."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import httpx
import pytest
from msgspec.structs import replace

from central.acts import rating
from central.acts.rating import Came
from central.db import users
from central.db.engine import Connection
from central.service import Central
from clerk.contract.rating import Chosen, Level, RatingWay
from clerk.contract.report import FactPage, RatedFact
from clerk.contract.user import Role, User
from clerk.rules.reports.listing import RATINGS
from clerk.rules.reports.parts import seen_by
from tests.support.cases import CLERK, HANDLER, HEAD, MONDAY, receive_command
from tests.support.central import AUDITOR, MANAGER, PASSWORD, SIGN, MakeDesk, TalkingDesk, read
from tests.support.passwords import quick_hash
from tests.support.rated_month import exclude

OF_FIRE = User(id="u-fm", login="fm", name="消防主任", roles=(Role.MANAGER,), department="fire")


@pytest.fixture
def window(make_desk: MakeDesk, central: Central) -> TalkingDesk:
    """Three visits: a bad rating of one department, a good and an excluded one of another."""
    desk = make_desk(window="w1")
    food = replace(receive_command(), number="")
    sign = replace(food, item=SIGN.id, item_version=SIGN.version, materials=(), fields={})
    for visit, command in (("v1", food), ("v2", sign), ("v3", sign)):
        assert desk.receive(replace(command, application=visit))[1].refusal is None

    def fill(connection: Connection) -> None:
        users.add(connection, OF_FIRE, quick_hash(PASSWORD), MONDAY)
        for visit, level in (("v1", Level.BAD), ("v2", Level.GOOD), ("v3", Level.VERY_BAD)):
            chosen = Chosen(level=level, words="电话13900001234")
            came = Came(RatingWay.PAGE, "d", MONDAY + timedelta(hours=1))
            rating.rate(connection, visit, chosen, came)

    central.database.commit(fill)
    central.database.commit(partial(exclude, visit="v3", at=MONDAY + timedelta(hours=2)))
    return desk


def ask(desk: TalkingDesk, user: User, report: str = "ratings") -> httpx.Response:
    desk.sign_in(user.login)
    return desk.get("/reports/facts", report=report, since="2026-06-01", until="2026-06-30")


def facts(desk: TalkingDesk, user: User) -> tuple[RatedFact, ...]:
    return read(ask(desk, user), FactPage).ratings


def test_a_manager_sees_all_of_the_centre_or_of_the_department(window: TalkingDesk) -> None:
    told = facts(window, MANAGER)
    assert [(one.department_name, one.level) for one in told] == [
        ("市市场监督管理局", Level.BAD),
        ("市消防救援支队", Level.GOOD),
        ("市消防救援支队", Level.VERY_BAD),
    ]
    assert {one.clerk_name for one in told} == {CLERK.name}
    assert [one.followed for one in told] == [True, False, True]
    assert [one.excluded_for for one in told] == ["", "", "恶意评价，证据见录像"]
    assert "13900001234" not in told[0].words
    assert {one.department_name for one in facts(window, OF_FIRE)} == {"市消防救援支队"}


def test_an_auditor_is_not_told_the_clerk(make_desk: MakeDesk, window: TalkingDesk) -> None:
    told = facts(make_desk(), AUDITOR)
    assert len(told) == len(facts(window, MANAGER))
    assert {one.clerk_name for one in told} == {""}
    shown = seen_by(RATINGS, AUDITOR.roles)
    assert "clerk" not in [one.key for one in shown.dimensions]
    assert "clerk_name" not in [one.key for one in shown.subject.columns]
    assert seen_by(RATINGS, MANAGER.roles) is RATINGS


@pytest.mark.parametrize("user", [CLERK, HANDLER, HEAD], ids=lambda one: one.login)
@pytest.mark.parametrize("report", ["ratings", "indicators"])
def test_whoever_is_rated_is_told_none(
    window: TalkingDesk, make_desk: MakeDesk, user: User, report: str
) -> None:
    desk = make_desk(department=user.department) if user.department else window
    assert ask(desk, user, report).status_code == 403
    own = ask(desk, user, "own")
    assert own.status_code == 200
    for told in (own.text, str(desk.bootstrap()), str(desk.pull())):
        assert "恶意" not in told or desk is not window
        assert '"level"' not in told
