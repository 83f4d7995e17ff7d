"""Small things that outlive the cache: identity, state of the talk, leases, sessions."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from clerk.contract.numbers import NumberLease
from clerk.contract.sync import Enrolled
from clerk.errors import StoreError
from clerk.rules.leases import Exhausted
from clerk.sync.desk import DeskState
from storage import identity, leases, meta, sessions, sync_state
from storage.sessions import SavedSession
from storage.store import Store
from tests.support.cases import CLERK, HANDLER, MONDAY
from tests.support.storage import open_store


def test_values_are_put_replaced_and_dropped(store: Store) -> None:
    with store.begin() as conn:
        assert meta.get(conn, "a") is None
        meta.put(conn, "a", b"1")
        meta.put(conn, "a", b"2")
        assert meta.get(conn, "a") == b"2"
        meta.drop(conn, "a")
        assert meta.get(conn, "a") is None


def test_a_desk_is_nobody_before_enrolment(store: Store) -> None:
    enrolled = Enrolled(device="d1", incarnation=1, window="w1", window_number=1)
    with store.begin() as conn:
        assert identity.find_private_key(conn) is None
        with pytest.raises(StoreError, match=r"desk\.not_enrolled"):
            identity.get_enrolled(conn)
        identity.keep_private_key(conn, bytes(32))
        identity.keep_enrolled(conn, enrolled)
        assert identity.find_private_key(conn) == bytes(32)
        assert identity.get_enrolled(conn) == enrolled


def test_a_new_run_has_not_greeted_yet(store: Store) -> None:
    state = DeskState(generation="g", cursor=5, hello_count=3, greeted=True)
    with store.begin() as conn:
        assert sync_state.load(conn) == DeskState()
        sync_state.save(conn, state)
        assert sync_state.load(conn) == state
        begun = sync_state.start_run(conn)
        assert begun == DeskState(generation="g", cursor=5, hello_count=3, greeted=False)
        assert sync_state.load(conn) == begun


def test_numbers_are_taken_once_across_leases_and_starts(tmp_path: Path) -> None:
    taken: list[int | Exhausted] = []
    for turn in range(4):
        store = open_store(tmp_path)
        with store.begin() as conn:
            leases.add(conn, NumberLease(7, 1, 3), MONDAY.date())
            if turn == 1:
                leases.add(conn, NumberLease(7, 11, 12), MONDAY.date())
        with store.begin() as conn:
            taken += [
                leases.take_next(conn, 7, MONDAY.date()),
                leases.take_next(conn, 7, MONDAY.date()),
            ]
        store.close()
    assert taken == [1, 2, 3, 11, 12, *[Exhausted(7)] * 3]


def test_a_number_is_free_again_only_if_its_receipt_was_never_written(store: Store) -> None:
    with store.begin() as conn:
        leases.add(conn, NumberLease(1, 5, 9), MONDAY.date())
    with pytest.raises(ZeroDivisionError), store.begin() as conn:
        assert leases.take_next(conn, 1, MONDAY.date()) == 5 / 0
    with store.begin() as conn:
        assert leases.take_next(conn, 1, MONDAY.date()) == 5
        assert leases.left(conn, 1, MONDAY.date()) == 4
        assert leases.left(conn, 2, MONDAY.date()) == 0


def saved(login: str = "c", minutes: int = 0) -> SavedSession:
    return SavedSession(
        login=login,
        user=CLERK if login == "c" else HANDLER,
        verifier="$argon2id$made-up",
        signed_in_at=MONDAY + timedelta(minutes=minutes),
        token="secret-token",
        until=MONDAY + timedelta(hours=12),
    )


def test_the_last_sign_in_of_each_login_is_remembered(store: Store) -> None:
    with store.begin() as conn:
        assert sessions.find_latest(conn) is None
        for one in (saved(), saved("h", 5), saved(minutes=9)):
            sessions.save(conn, one)
        assert sessions.find(conn, "c") == saved(minutes=9)
        assert sessions.find_latest(conn) == saved(minutes=9)
        sessions.forget(conn, "c")
        assert sessions.find(conn, "c") is None
        assert sessions.find_latest(conn) == saved("h", 5)


def test_an_ended_session_leaves_the_verifier_and_no_token(store: Store) -> None:
    with store.begin() as conn:
        sessions.save(conn, saved())
        sessions.end_token(conn, "c")
        left = sessions.find(conn, "c")
    assert left is not None
    assert (left.token, left.until, left.verifier) == ("", None, saved().verifier)


def test_a_session_shows_no_secret() -> None:
    assert "secret" not in repr(saved())
    assert "argon" not in repr(saved())
