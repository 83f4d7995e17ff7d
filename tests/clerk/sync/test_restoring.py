"""A restored central waits for what it lost."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from clerk.sync import restoring
from clerk.sync.lending import usable_until
from tests.clerk.sync.test_desk import envelope
from tests.support.cases import MONDAY


def test_it_mends_for_a_while() -> None:
    assert not restoring.is_mending(None, MONDAY)
    assert restoring.is_mending(MONDAY, MONDAY + timedelta(hours=1))
    assert not restoring.is_mending(MONDAY, MONDAY + restoring.MENDING_LASTS)


def test_a_command_that_leans_on_what_was_lost_is_early() -> None:
    leaning = replace(envelope(1), base_version=3)
    assert restoring.is_early(leaning, 2, mending=True)
    assert not restoring.is_early(leaning, 3, mending=True)
    assert not restoring.is_early(leaning, 2, mending=False)
    assert restoring.may_deem(mending=False)
    assert not restoring.may_deem(mending=True)


def test_an_act_sent_again_is_dated_as_it_was_done() -> None:
    now = MONDAY + timedelta(hours=2)
    again = replace(envelope(1), at=MONDAY - timedelta(hours=1))
    assert restoring.act_moment(again, now, MONDAY) == again.at
    assert restoring.act_moment(again, now, None) == now
    assert restoring.act_moment(replace(again, at=MONDAY), now, MONDAY) == now, "a new one"


def test_a_number_that_a_lost_generation_lent_is_believed_of_its_desk() -> None:
    day = MONDAY.date()
    last = usable_until(MONDAY)
    assert not restoring.may_be_lost(day, None), "never restored: all that was lent is known"
    assert restoring.may_be_lost(day, MONDAY)
    assert restoring.may_be_lost(last, MONDAY)
    assert not restoring.may_be_lost(last + timedelta(days=1), MONDAY), "out of use by then"
    assert not restoring.may_be_lost(last, MONDAY, [MONDAY]), "another desk has it"
    assert restoring.may_be_lost(day, MONDAY, [MONDAY - timedelta(days=34)]), "a round before"
    assert restoring.may_be_lost(day, MONDAY, [MONDAY + timedelta(days=1)]), "the next round"


def test_more_document_numbers_are_left_out_the_older_the_backup() -> None:
    hour = timedelta(hours=1)
    assert restoring.documents_left_out(MONDAY, MONDAY) == restoring.DOCUMENTS_LEFT_OUT
    assert restoring.documents_left_out(MONDAY, MONDAY + hour) == 1_000 + 720
    assert restoring.documents_left_out(MONDAY, MONDAY - hour) == 1_000, "a clock that is behind"
