"""Everybody whom the demo city offers at a seat can sign in there."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.demo.city import City


@pytest.mark.slow
def test_whoever_is_offered_at_a_seat_can_sign_in_there(tmp_path: Path) -> None:
    with City(tmp_path) as city:
        department = next(seat for seat in city.seats() if seat in city.told.staff)
        for seat in ("window", department):
            desk = city.desk(seat)
            for login in city.logins_of(seat):
                assert desk.session.sign_in(login, city.told.password).login == login
