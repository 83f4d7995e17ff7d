"""Two desks from one disk: the second is found out, and the first loses nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import msgspec
import pytest

from central.desks import release_desk
from clerk.clock import SettableClock
from clerk.errors import RefusedError, StoreError
from services.bootstrap import Desk, open_desk
from services.profile import Profile
from tests.support.cases import FOOD
from tests.support.desk import Hall, OpenDesk, type_walk_in
from tests.support.proxy import Fate, run_proxy


@pytest.fixture
def copy(desk: Desk, clock: SettableClock) -> Iterator[Desk]:
    """A desk on a copy of the first one's folders, taken while it runs."""
    profile = msgspec.structs.replace(
        desk.profile,
        data=desk.profile.data.with_name("copied"),
        config=desk.profile.config.with_name("copied-config"),
    )
    with desk._store.begin():
        shutil.copytree(desk.profile.data, profile.data)
    shutil.copytree(desk.profile.config, profile.config, dirs_exist_ok=True)
    opened = open_desk(profile, clock)
    yield opened
    opened.close()


def test_the_copy_is_quarantined_and_the_first_goes_on_after_release(
    hall: Hall, desk: Desk, copy: Desk
) -> None:
    desk.intake.receive(type_walk_in(desk, FOOD))
    desk.sync.run_once()
    desk._line.forget_greeting()
    desk.sync.run_once()
    with pytest.raises(RefusedError, match=r"desk\.quarantined"):
        copy.sync.run_once()
    draft = type_walk_in(desk, FOOD, seed=3)
    (case,) = desk.intake.receive(draft).cases
    with pytest.raises(RefusedError, match=r"quarantined"):
        desk.sync.run_once()
    assert desk.sync.status().waiting == 1, "kept until a person has looked"
    now, device = hall.clock.now(), desk.enrolled.device
    hall.central.database.commit(lambda connection: release_desk(connection, device, now))
    desk.sync.run_once()
    assert hall.count("cases") == 2
    assert desk.cases.detail(case.case_id).record.version == 1
    assert hall.list_audit("device.quarantined") == [device]


def test_a_disk_that_was_set_back_is_kept_away(
    hall: Hall, open_at: OpenDesk, clock: SettableClock
) -> None:
    """A backup of a desk's disk, restored after it had gone on working and sending."""
    desk = open_at("w1", window="w1", login="counter")
    profile = desk.profile
    desk.close()
    shutil.copytree(profile.data, profile.data.with_name("backup"))
    desk = open_at("w1", login="counter")
    desk.intake.receive(type_walk_in(desk, FOOD))
    desk.sync.run_once()
    desk.close()
    shutil.rmtree(profile.data)
    profile.data.with_name("backup").rename(profile.data)
    desk = open_desk(profile, clock)
    with pytest.raises(RefusedError, match=r"desk\.quarantined"):
        desk.sync.run_once()
    assert desk.sync.status().error == "desk.quarantined"
    assert hall.count("cases") == 1
    desk.close()


def test_one_profile_runs_once(desk: Desk, clock: SettableClock) -> None:
    profile: Profile = desk.profile
    with pytest.raises(StoreError, match=r"store\.in_use"):
        open_desk(profile, clock)


def test_an_overloaded_central_is_pushed_to_before_it_is_asked(
    hall: Hall, open_at: OpenDesk
) -> None:
    with run_proxy(hall.address) as proxy:
        desk = open_at("w2", window="w2", login="other", address=proxy.address)
        desk.intake.receive(type_walk_in(desk, FOOD))
        proxy.plan("/sync/push", Fate.BUSY, Fate.ANSWER_LOST)
        pulled = proxy.count("/sync/pull")
        for _round in range(2):
            with pytest.raises(Exception, match=r"central\.busy|answer\.awaited"):
                desk.sync.run_once()
            assert proxy.count("/sync/pull") == pulled, "push before pull"
        assert desk.sync.status().waiting == 1
        desk.sync.run_once()
        assert hall.count("cases") == hall.count("commands") == 1
        assert not desk.sync.outbox()
