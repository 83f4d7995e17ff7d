"""A restored central waits for what it lost."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from clerk.contract.numbers import LAST_SEQUENCE, NumberLease
from clerk.sync import restoring
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


def test_ranges_lent_since_the_backup_are_left_out_and_known_again() -> None:
    assert restoring.skip_lent(200) == 200 + restoring.NUMBERS_SKIPPED
    assert restoring.skip_lent(LAST_SEQUENCE - 1) == 0, "the day tells them apart"
    assert restoring.may_readopt(NumberLease(1, 201, 400), 200)
    assert not restoring.may_readopt(NumberLease(1, 1, 200), 200)
    assert not restoring.may_readopt(NumberLease(1, 4_100, 4_300), 200)


def test_more_document_numbers_are_left_out_the_older_the_backup() -> None:
    hour = timedelta(hours=1)
    assert restoring.documents_left_out(MONDAY, MONDAY) == restoring.DOCUMENTS_LEFT_OUT
    assert restoring.documents_left_out(MONDAY, MONDAY + hour) == 1_000 + 720
    assert restoring.documents_left_out(MONDAY, MONDAY - hour) == 1_000, "a clock that is behind"
