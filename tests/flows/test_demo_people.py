"""What the demo city offers: people who can sign in at their seats, and a day played first."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk.locale import use_language
from screens.demo import DAY, SeatApp
from services.demo.city import City
from tests.support.photographer import shoot_alone
from tests.support.screens import SMALL
from tests.support.snapshots import find_drawn, strips_of


@pytest.mark.slow
async def test_whoever_is_offered_at_a_seat_can_sign_in_there(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with City(tmp_path) as city:
        assert await answer_of(city, "up", "enter") == DAY, "nobody has sat here yet"
        department = next(seat for seat in city.seats() if seat in city.told.staff)
        for seat in ("window", department):
            desk = city.desk(seat)
            for login in city.logins_of(seat):
                assert desk.session.sign_in(login, city.told.password).login == login
        assert await answer_of(city, "home", "enter") == "window", "work was done: no day is played"
        renew = bool(request.config.getoption("--renew-snapshots"))
        for language in ("zh_CN", "en"):
            use_language(language)
            async with SeatApp(city).run_test(size=SMALL) as pilot:
                assert not await shoot_alone(pilot, "seats", language, renew=renew)


async def answer_of(city: City, *keys: str) -> str | None:
    """What is answered to whoever presses these keys where the seats are offered."""
    app = SeatApp(city, plain=True)
    async with app.run_test(size=(80, 24)) as pilot:
        assert not find_drawn(strips_of(app)), "plain, as it was asked for"
        await pilot.press(*keys)
    return app.return_value
