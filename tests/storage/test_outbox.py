"""The outbox: order, contiguous numbers, taking back, answers, refusals kept until dismissed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import Connection

from clerk.contract.answer import Answer, Conclusion, Refusal
from clerk.contract.command import AcceptCase, AnyCommand, Envelope
from clerk.errors import StoreError
from storage import outbox
from storage.outbox import Status
from storage.store import Store
from tests.support.cases import MONDAY, receive_command
from tests.support.storage import case_id


def append(conn: Connection, place: int = 1, command: AnyCommand | None = None) -> Envelope:
    return outbox.append(
        conn,
        command_id=f"command-{outbox.last_n(conn) + 1}",
        case_id=case_id(place),
        base_version=1,
        command=command or AcceptCase(),
        user="u-clerk",
        at=MONDAY,
        window="w1",
    )


def numbers(entries: Sequence[outbox.OutboxEntry | Envelope]) -> list[int]:
    return [entry.n for entry in entries]


def answer(n: int, conclusion: Conclusion = Conclusion.APPLIED) -> Answer:
    refusal = Refusal(code="case.changed") if conclusion is not Conclusion.APPLIED else None
    return Answer(n=n, command=f"command-{n}", conclusion=conclusion, version=2, refusal=refusal)


def test_numbers_are_contiguous_and_in_order(store: Store) -> None:
    with store.begin() as conn:
        sent = [append(conn, place) for place in (3, 1, 2)]
        assert numbers(sent) == [1, 2, 3]
        assert numbers(outbox.unsent(conn, 10)) == [1, 2, 3]
        assert numbers(outbox.unsent(conn, 2)) == [1, 2]
        assert outbox.last_n(conn) == 3


def test_an_envelope_comes_back_as_it_was(store: Store) -> None:
    with store.begin() as conn:
        sent = append(conn, command=receive_command())
        entry = outbox.find(conn, sent.n)
    assert entry is not None
    assert entry.command == receive_command()
    assert entry.envelope.id == sent.id
    assert bytes(entry.envelope.body) == bytes(sent.body)
    assert (entry.status, entry.tries, entry.at) == (Status.WAITING, 0, MONDAY)


def test_a_failed_transaction_uses_no_number(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as conn:
        assert append(conn).n / 0
    with store.begin() as conn:
        assert append(conn).n == 1


def test_numbers_go_on_when_the_outbox_is_empty_again(store: Store) -> None:
    with store.begin() as conn:
        append(conn)
        outbox.mark_answered(conn, answer(1), head=5)
        assert outbox.settle(conn, cursor=5, now=MONDAY) == {case_id(1)}
        assert outbox.entries(conn) == ()
        assert append(conn).n == 2


def test_only_the_last_unsent_one_is_taken_back(store: Store) -> None:
    with store.begin() as conn:
        append(conn)
        append(conn)
        with pytest.raises(StoreError, match=r"outbox\.not_last"):
            outbox.take_back(conn, 1)
        outbox.take_back(conn, 2)
        assert numbers(outbox.unsent(conn, 10)) == [1]
        assert append(conn).n == 2, "its number was never seen by anybody"
        outbox.take_back(conn, 2)
        outbox.take_back(conn, 1)
        with pytest.raises(StoreError, match=r"outbox\.already_sent"):
            outbox.take_back(conn, 0)


def test_what_may_have_arrived_is_not_taken_back(store: Store) -> None:
    with store.begin() as conn:
        append(conn)
        outbox.mark_sending(conn, (1,))
        outbox.mark_unanswered(conn, (1,), "answer.awaited")
        with pytest.raises(StoreError, match=r"outbox\.already_sent"):
            outbox.take_back(conn, 1)
        entry = outbox.find(conn, 1)
        assert entry is not None
        assert (entry.status, entry.tries, entry.last_error) == (
            Status.SENDING,
            1,
            "answer.awaited",
        )
        assert numbers(outbox.unsent(conn, 10)) == [1], "it is repeated under its number"


def test_what_surely_did_not_arrive_waits_again(store: Store) -> None:
    with store.begin() as conn:
        append(conn)
        outbox.mark_sending(conn, (1,))
        outbox.mark_unreached(conn, (1,), "line.down")
        entry = outbox.find(conn, 1)
        assert entry is not None
        assert (entry.status, entry.tries, entry.last_error) == (Status.WAITING, 1, "line.down")
        outbox.take_back(conn, 1)


def test_a_later_failure_does_not_undo_an_earlier_doubt(store: Store) -> None:
    with store.begin() as conn:
        append(conn)
        outbox.mark_sending(conn, (1,))
        outbox.mark_unanswered(conn, (1,), "answer.awaited")
        outbox.mark_sending(conn, (1,))
        outbox.mark_unreached(conn, (1,), "line.down")
        with pytest.raises(StoreError, match=r"outbox\.already_sent"):
            outbox.take_back(conn, 1)


def test_an_applied_command_stays_until_the_cache_has_its_effect(store: Store) -> None:
    with store.begin() as conn:
        append(conn)
        outbox.mark_sending(conn, (1,))
        outbox.mark_answered(conn, answer(1), head=7)
        assert numbers(outbox.pending(conn, case_id(1))) == [1]
        assert outbox.unsent(conn, 10) == ()
        assert outbox.count_waiting(conn) == 0
        assert outbox.settle(conn, cursor=6, now=MONDAY) == frozenset()
        assert numbers(outbox.pending(conn)) == [1]
        assert outbox.settle(conn, cursor=7, now=MONDAY) == {case_id(1)}
        assert outbox.pending(conn) == ()


@pytest.mark.parametrize(
    "conclusion", [Conclusion.REFUSED, Conclusion.CONFLICT, Conclusion.NEEDS_UPGRADE]
)
def test_a_refused_command_is_kept_until_dismissed(store: Store, conclusion: Conclusion) -> None:
    with store.begin() as conn:
        append(conn, command=receive_command())
        outbox.mark_answered(conn, answer(1, conclusion), head=1)
        outbox.settle(conn, cursor=100, now=MONDAY)
        (kept,) = outbox.refused(conn)
        assert kept.is_refused
        assert kept.command == receive_command(), "with all that was typed"
        assert kept.answer == answer(1, conclusion)
        assert outbox.pending(conn) == (), "it is laid over nothing any more"
        outbox.dismiss(conn, 1)
        outbox.dismiss(conn, 1)
        assert outbox.entries(conn) == ()


def test_what_waits_is_not_dismissed(store: Store) -> None:
    with store.begin() as conn:
        append(conn)
        with pytest.raises(StoreError, match=r"outbox\.not_refused"):
            outbox.dismiss(conn, 1)


def test_pending_is_asked_by_case(store: Store) -> None:
    with store.begin() as conn:
        for place in (1, 2, 1):
            append(conn, place)
        assert numbers(outbox.pending(conn, case_id(1))) == [1, 3]
        assert numbers(outbox.pending(conn)) == [1, 2, 3]
        assert outbox.count_waiting(conn) == 3


def test_one_refused_command_does_not_hold_up_the_others(store: Store) -> None:
    with store.begin() as conn:
        for place in (1, 2):
            append(conn, place)
        outbox.mark_answered(conn, answer(1, Conclusion.REFUSED))
        assert numbers(outbox.unsent(conn, 10)) == [2]
