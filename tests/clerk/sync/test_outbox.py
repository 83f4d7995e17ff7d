"""What may become of a command in a desk's outbox."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.answer import Answer, Conclusion
from clerk.contract.command import Envelope
from clerk.sync import outbox
from clerk.sync.outbox import Kept, Status
from tests.clerk.sync.test_desk import envelope

WAITING = Kept(envelope=envelope(3))
SENT = outbox.begin_attempt(WAITING)
APPLIED = Answer(n=3, command=envelope(3).id, conclusion=Conclusion.APPLIED, version=2)
REFUSED = replace(APPLIED, conclusion=Conclusion.REFUSED)


def test_an_attempt_that_surely_failed_leaves_it_waiting() -> None:
    assert outbox.end_unreached(SENT) == replace(WAITING, tries=1)
    assert outbox.may_take_back(outbox.end_unreached(SENT), 3)


def test_an_earlier_doubt_outlives_a_later_failure() -> None:
    twice = outbox.end_unreached(outbox.begin_attempt(SENT))
    assert twice.status is Status.SENDING
    assert not outbox.may_take_back(twice, 3)
    assert not outbox.may_take_back(WAITING, 4), "not the newest"


def test_only_its_own_answer_counts_and_only_once() -> None:
    other = replace(APPLIED, command="other")
    assert outbox.take_answer(SENT, other, 9) == SENT
    answered = outbox.take_answer(SENT, APPLIED, 9)
    assert (answered.status, answered.answer, answered.head) == (Status.ANSWERED, APPLIED, 9)
    assert outbox.take_answer(answered, REFUSED, 10) == answered


def test_it_settles_once_the_feed_has_brought_its_effect() -> None:
    answered = outbox.take_answer(SENT, APPLIED, 9)
    assert not outbox.settles(answered, 8)
    assert outbox.settles(answered, 9)
    assert not outbox.settles(outbox.take_answer(SENT, REFUSED, 9), 9), "a person deals with it"


def test_what_a_restore_lost_is_sent_again_and_what_was_refused_is_not() -> None:
    answered = outbox.take_answer(SENT, APPLIED, 9)
    settled = replace(answered, status=Status.SETTLED)
    for one in (answered, settled):
        again = outbox.follow_restore(one, 2)
        assert (again.status, again.answer, again.unsent) == (Status.SENDING, None, True)
        assert outbox.follow_restore(one, 3) == replace(one, head=0), "central still has it"
    refused = outbox.take_answer(SENT, REFUSED, 9)
    assert outbox.follow_restore(refused, 2) == refused
    assert outbox.follow_restore(WAITING, 2) == WAITING


@pytest.mark.parametrize(("last_n", "void"), [(2, ()), (0, (1, 2)), (5, ())])
def test_numbers_that_will_never_come_are_told(last_n: int, void: tuple[int, ...]) -> None:
    assert outbox.void_numbers(last_n, (envelope(3),)) == void
    assert outbox.void_numbers(last_n, ()) == ()


def test_an_act_cut_off_before_it_left_is_forgotten_and_a_receipt_is_not() -> None:
    assert outbox.never_left(WAITING, queued=False)
    assert not outbox.never_left(WAITING, queued=True)
    assert not outbox.never_left(outbox.end_unreached(SENT), queued=False)


def choose(*unsent: Envelope, sessions: str = "", most: tuple[int, int] = (9, 9000)) -> list[int]:
    """The numbers of the batch; commands under even numbers are queued ones."""
    chosen = outbox.choose_batch(
        unsent,
        most,
        is_queued=lambda one: one.n % 2 == 0,
        has_session=lambda user: user in sessions.split(),
    )
    return [one.n for one in chosen]


def test_a_batch_stops_at_who_is_not_here_and_at_a_second_person() -> None:
    mine, yours = replace(envelope(3), user="me"), replace(envelope(5), user="you")
    assert choose(envelope(2), mine, envelope(4)) == [2]
    assert choose(envelope(2), mine, envelope(4), yours, sessions="me you") == [2, 3, 4]


def test_a_batch_keeps_its_limits_and_is_never_empty_for_them() -> None:
    assert choose(envelope(2), envelope(4), most=(1, 9000)) == [2]
    assert choose(envelope(2), envelope(4), most=(9, 1)) == [2]
