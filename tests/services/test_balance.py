"""A shift and a day of more cases than fit on a page: all are counted, and all are shown."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from central.db import journal
from clerk.clock import SettableClock
from clerk.contract.custody import PaperForm
from clerk.contract.journal import HeldLine, ShiftHandover
from clerk.contract.journal_command import CloseDay, HandOverShift
from clerk.contract.sync import COMMAND_MOST_BYTES, PUSH_MOST_BYTES
from clerk.errors import RefusedError
from clerk.rules.numbers import format_case_number, spaced
from screens.widgets.listing import Listing
from services.bootstrap import Desk
from storage.bulk import write_rows
from storage.schema import case_body, case_head
from tests.screens.story import accept, at
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import Hall

MANY = 5_100
"""More than the lists of papers and of the journal once were cut at."""


def copy_case(desk: Desk, case_id: str, times: int) -> None:
    """Put a case into the desk's store so many times more, as if central had sent it."""
    with desk._store.begin() as connection:
        head = connection.execute(select(case_head).where(case_head.c.id == case_id)).one()
        of_case = select(case_body.c.body).where(case_body.c.id == case_id)
        body = connection.execute(of_case).scalar_one()
        heads, bodies = [], []
        for nth in range(times):
            copied = f"0197f000-0000-7000-9000-{nth:012}"
            number = format_case_number(MONDAY.date(), 9, nth + 1)
            told = {case_id: copied, head.number: number}
            heads.append(tuple(told.get(value, value) for value in head))
            copy = body.replace(case_id.encode(), copied.encode())
            bodies.append((copied, copy.replace(head.number.encode(), number.encode())))
        write_rows(connection, case_head, heads)
        write_rows(connection, case_body, bodies)


async def test_all_are_counted_and_shown(desk: Desk) -> None:
    (case_id,) = accept(desk, FOOD)
    copy_case(desk, case_id, MANY - 1)
    papers = 3 * MANY
    async with at(desk, "counter") as person:
        await person.press("shift+f8")
        assert f"Papers here {papers}" in person.text
        assert person.app.screen.query_one(Listing).length == papers
        await person.press("end")
        assert spaced(format_case_number(MONDAY.date(), 9, MANY - 1)) in person.text
    shift = desk.journal.count_shift()
    assert (shift.receipts, shift.listed_papers) == (MANY, papers)
    day = desk.journal.count_day()
    assert (day.held, sum(one.received for one in day.lines)) == (papers, papers)
    assert day.gaps == ()


def test_one_entry_may_be_larger_than_a_batch(desk: Desk, hall: Hall, clock: SettableClock) -> None:
    line = HeldLine(
        case_id="c",
        number="n",
        material="m1",
        name="营业执照副本",
        form=PaperForm.ORIGINAL,
        count=1,
    )
    left = HandOverShift(
        since=clock.now(),
        drafts=0,
        receipts=0,
        papers=(line,) * (PUSH_MOST_BYTES // 100),
        counted_papers=PUSH_MOST_BYTES // 100,
        certificates=(),
        counted_certificates=0,
    )
    desk.journal._waiting.keep("0197f000-0000-7000-a000-000000000001", 0, left)
    assert len(msgspec.json.encode(left)) > PUSH_MOST_BYTES
    desk.sync.run_once()
    clock.put(clock.now() + timedelta(minutes=1))
    with hall.central.database.read() as connection:
        (entry,) = journal.list_between(connection, MONDAY - timedelta(days=9), clock.now())
    assert isinstance(entry, ShiftHandover)
    assert entry.papers == left.papers


def test_what_is_too_long_for_central_is_not_signed(desk: Desk) -> None:
    """It would be refused there for good, and hold up all that comes after it."""
    accept(desk, FOOD)
    with pytest.raises(RefusedError) as told:
        desk.journal.close_day(3, "补" * (COMMAND_MOST_BYTES // 3))
    assert told.value.code == "journal.too_long"
    assert desk.journal.entries() == ()
    assert not [one for one in desk.sync.outbox() if isinstance(one.command, CloseDay)]
    assert desk.journal.close_day(3, "一切相符").entry.reason == "一切相符"
