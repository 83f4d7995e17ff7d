"""Online acts when things go wrong on the way: never done twice, never silently queued."""

from __future__ import annotations

import shutil

import pytest

from clerk.contract.case import Stage
from clerk.contract.command import AcceptCase
from clerk.errors import InputError, RefusedError, UnreachableError
from services.bootstrap import Desk, open_desk
from services.profile import get_profile
from storage import outbox
from storage.outbox import Status
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import PASSWORD, Hall, OpenDesk, type_walk_in
from tests.support.proxy import Fate, Proxy

PUSH = "/sync/push"


def _is_lock(_folder: str, names: list[str]) -> list[str]:
    """A lock is held on a machine, and does not travel with a copy."""
    return [name for name in names if name.endswith(".lock")]


@pytest.fixture
def case_id(far: Desk) -> str:
    """A case that central knows."""
    (case,) = far.intake.receive(type_walk_in(far, FOOD)).cases
    far.sync.run_once()
    return case.case_id


def test_an_answer_that_was_lost_is_fetched_and_nothing_happens_twice(
    hall: Hall, far: Desk, proxy: Proxy, case_id: str
) -> None:
    proxy.plan(PUSH, Fate.ANSWER_LOST)
    with pytest.raises(UnreachableError, match=r"answer\.awaited"):
        far.counter.accept(case_id)
    (entry,) = far.sync.outbox()
    assert (entry.status, entry.last_error) == (Status.SENDING, "answer.awaited")
    shown = far.cases.detail(case_id)
    assert (shown.case.stage, shown.waiting) == (Stage.ACCEPTED, True)
    events = hall.count("events")
    far.sync.run_once()
    assert not far.sync.outbox()
    shown = far.cases.detail(case_id)
    assert (shown.case.stage, shown.waiting) == (Stage.ACCEPTED, False)
    assert (hall.count("events"), hall.count("commands")) == (events, 2)
    with pytest.raises(RefusedError, match=r"case\.wrong_stage"):
        far.counter.accept(case_id)


def test_a_receipt_whose_answer_was_lost_is_one_case(hall: Hall, far: Desk, proxy: Proxy) -> None:
    far.intake.receive(type_walk_in(far, FOOD))
    proxy.plan(PUSH, Fate.ANSWER_LOST, Fate.ANSWER_LOST)
    for _ in range(2):
        with pytest.raises(UnreachableError, match=r"answer\.awaited"):
            far.sync.run_once()
    far.sync.run_once()
    assert hall.count("cases") == 1
    assert proxy.count(PUSH) == 3
    assert not far.sync.outbox()


def test_a_request_that_was_lost_is_repeated_under_its_number(
    hall: Hall, far: Desk, proxy: Proxy, case_id: str
) -> None:
    proxy.plan(PUSH, Fate.REQUEST_LOST)
    with pytest.raises(UnreachableError, match=r"answer\.awaited"):
        far.counter.accept(case_id)
    far.sync.run_once()
    assert hall.count("commands") == 2
    assert far.cases.detail(case_id).case.stage is Stage.ACCEPTED


def test_busy_means_that_nothing_happened(
    hall: Hall, far: Desk, proxy: Proxy, case_id: str
) -> None:
    proxy.plan(PUSH, Fate.BUSY)
    with pytest.raises(UnreachableError) as caught:
        far.counter.accept(case_id)
    assert (caught.value.code, caught.value.parameters) == ("central.busy", {"retry_after_s": 7})
    assert not far.sync.outbox(), "taken back"
    assert far.counter.accept(case_id).paper is not None, "its number serves the next one"
    assert hall.count("commands") == 2


def test_a_lost_hello_leaves_nothing_open(far: Desk, proxy: Proxy, case_id: str) -> None:
    far._line.forget_greeting()
    proxy.plan("/sync/hello", Fate.ANSWER_LOST)
    with pytest.raises(UnreachableError, match=r"line\.down"):
        far.counter.accept(case_id)
    assert not far.sync.outbox()
    assert far.counter.accept(case_id).paper is not None


def test_an_act_waits_its_turn_behind_what_cannot_be_sent(
    hall: Hall, far: Desk, proxy: Proxy, case_id: str
) -> None:
    """An act that never arrived needs its own user's session; nothing overtakes it."""
    proxy.plan(PUSH, Fate.REQUEST_LOST)
    with pytest.raises(UnreachableError, match=r"answer\.awaited"):
        far.counter.accept(case_id)
    with hall.central.database.write() as connection:
        connection.exec_driver_sql("delete from sessions")
    far.session.sign_out()
    far.session.sign_in("other", PASSWORD)
    far.sync.run_once()
    assert [one.status for one in far.sync.outbox()] == [Status.SENDING]
    assert far.sync.status().blocked_for == "counter"
    with pytest.raises(RefusedError, match=r"outbox\.blocked"):
        far.counter.withdraw(case_id, "改期")
    far.session.sign_in("counter", PASSWORD)
    far.sync.run_once()
    assert far.cases.detail(case_id).case.stage is Stage.ACCEPTED


def test_what_was_typed_wrongly_is_told_before_anything_is_sent(
    far: Desk, proxy: Proxy, case_id: str
) -> None:
    pushed = proxy.count(PUSH)
    with pytest.raises(InputError, match=r"reason\.missing"):
        far.counter.withdraw(case_id, "  ")
    assert proxy.count(PUSH) == pushed


def test_a_session_that_central_ended_asks_to_sign_in(hall: Hall, far: Desk, case_id: str) -> None:
    with hall.central.database.write() as connection:
        connection.exec_driver_sql("delete from sessions")
    with pytest.raises(RefusedError, match=r"session\.expired"):
        far.counter.accept(case_id)
    assert not far.sync.outbox(), "nothing was stored, so it is taken back"
    assert not far.session.online
    far.session.sign_in("counter", PASSWORD)
    assert far.counter.accept(case_id).paper is not None


def test_a_token_that_ran_out_is_renewed(hall: Hall, far: Desk, case_id: str) -> None:
    with hall.central.database.write() as connection:
        connection.exec_driver_sql("delete from device_tokens")
    assert far.counter.accept(case_id).paper is not None


def test_an_act_cut_off_before_it_was_sent_is_forgotten(far: Desk, case_id: str) -> None:
    user = far.session.get_user()
    with far._store.begin() as connection:
        outbox.append(
            connection,
            command_id="cut-off",
            case_id=case_id,
            base_version=1,
            command=AcceptCase(),
            user=user.id,
            at=MONDAY,
        )
    far.close()
    again = open_desk(get_profile("far"), far.clock)
    assert not again.sync.outbox()
    again.sync.run_once()
    assert again.cases.detail(case_id).case.stage is Stage.RECEIVED
    again.close()


def test_a_copied_disk_is_kept_away(hall: Hall, far: Desk, open_at: OpenDesk) -> None:
    copy = get_profile("copy")
    for folder, other in ((far.profile.data, copy.data), (far.profile.config, copy.config)):
        shutil.copytree(folder, other, dirs_exist_ok=True, ignore=_is_lock)
    open_at("copy").sync.run_once()
    far._line.forget_greeting()
    with pytest.raises(RefusedError, match=r"desk\.quarantined"):
        far.sync.run_once()
    assert len(far.intake.receive(type_walk_in(far, FOOD)).cases) == 1, "receiving goes on"
