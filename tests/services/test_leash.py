"""A desk goes so far without central and no farther, and says why; central's word frees it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk.clock import SettableClock
from clerk.errors import StoreError
from clerk.sync.leash import Limits, Reach
from services.bootstrap import Desk
from services.profile import Settings, get_profile, read_settings, write_settings
from tests.support.cases import FOOD
from tests.support.desk import Hall, OpenDesk, type_walk_in


def test_unsent_cases_warn_and_then_hold(hall: Hall, open_at: OpenDesk) -> None:
    open_at("w1", window="w1").close()
    profile = get_profile("w1")
    told = read_settings(profile)
    limits = Limits(unsent_cases=3, free_mib=0)
    write_settings(profile, Settings(central=told.central, leash=limits))
    desk = open_at("w1", window="w1", login="counter")
    hall.stop()
    for seed in (1, 3):
        desk.intake.receive(type_walk_in(desk, FOOD, seed=seed))
    assert desk.leash.strains() == ()
    desk.intake.receive(type_walk_in(desk, FOOD, seed=4))
    assert [(one.code, one.reach) for one in desk.leash.strains()] == [("leash.unsent", Reach.OVER)]
    draft = type_walk_in(desk, FOOD, seed=5)
    with pytest.raises(StoreError, match=r"leash\.unsent.*have=3, limit=3"):
        desk.intake.receive(draft)
    assert desk.drafts.get(draft.id) == draft, "what was typed is kept"
    hall.start()
    desk.sync.run_once()
    desk.intake.receive(draft)
    desk.sync.run_once()
    assert hall.count("cases") == 4


def test_an_old_catalogue_holds(hall: Hall, desk: Desk, clock: SettableClock) -> None:
    hall.stop()
    clock.put(clock.now() + timedelta(days=10))
    assert [one.code for one in desk.leash.strains()] == ["leash.catalogue"]
    clock.put(clock.now() + timedelta(days=4))
    with pytest.raises(StoreError, match=r"leash\.catalogue"):
        desk.intake.receive(type_walk_in(desk, FOOD))
