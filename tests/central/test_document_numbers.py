"""`clerk-central numbers`: series, void papers, and gaps with their reason, on both databases."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from central import document_numbers
from central.db.engine import Connection
from central.document_numbers import list_series
from central.restoring import mark_restored
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.command import AcceptCase
from clerk.locale import use_language
from clerk.rules.number_gaps import GapReason
from tests.central.sync.test_restored import send
from tests.support.cases import CLERK, receive_command
from tests.support.central import TalkingDesk


def accept_one(desk: TalkingDesk) -> None:
    receipt = desk.envelope(replace(receive_command(), number=desk.next_number()))
    send(desk, receipt, desk.envelope(AcceptCase(), case_id=receipt.case_id, base=1))


def test_a_restore_explains_its_gap_and_a_lost_paper_has_no_reason(
    central: Central,
    enrolled_device: TalkingDesk,
    clock: SettableClock,
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk = enrolled_device
    desk.session = desk.sign_in(CLERK.login).token
    accept_one(desk)

    def number(connection: Connection) -> tuple[int, list[tuple[int, int, GapReason]]]:
        (one,) = list_series(connection, clock.now().year)
        return one.given, [(gap.first, gap.last, gap.reason) for gap in one.gaps]

    with central.database.read() as connection:
        assert number(connection) == (1, [])
    central.database.commit(partial(mark_restored, now=clock.now() + timedelta(minutes=1)))
    with central.database.read() as connection:
        given, ((first, last, reason),) = number(connection)
    assert (given, first, reason) == (1, 2, GapReason.RESTORED)
    central.database.commit(
        lambda connection: connection.execute(text("update document_counters set last = last + 1"))
    )
    year = str(clock.now().year)
    parser = ArgumentParser()
    document_numbers.add_arguments(parser.add_subparsers())
    asked = parser.parse_args(["numbers", "--year", year])
    use_language("en")
    assert asked.run(asked, central.database, clock) == 1
    told = capsys.readouterr().out
    assert f"2 to {last}: left out by the restore" in told
    assert f"{last + 1} to {last + 1}: nothing explains it" in told
