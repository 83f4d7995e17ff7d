"""A shift is handed over and a day closed: counted, signed by passwords, printed, recorded."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from central.db import feed, journal
from central.db.engine import Connection
from central.db.schema import sessions
from clerk.clock import SettableClock
from clerk.contract.custody import PaperForm
from clerk.contract.journal import BalanceLine, DayBalance, JournalEntry, ShiftHandover
from clerk.errors import InputError, RefusedError
from screens.shift import rows
from screens.shift.screen import ShiftScreen
from screens.widgets.room import share_out
from services.bootstrap import Desk
from tests.screens.story import accept, at
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import PASSWORD, Hall, OpenDesk, open_paper
from tests.support.screens import LARGE


def kept(hall: Hall) -> tuple[JournalEntry, ...]:
    """What central has."""
    with hall.central.database.read() as connection:
        return journal.list_between(connection, MONDAY - timedelta(days=9), hall.clock.now())


async def test_handed_over_with_the_line_down_and_signed_by_both(
    desk: Desk, hall: Hall, clock: SettableClock
) -> None:
    accept(desk, FOOD)
    for login in ("manager", "other", "counter"):
        desk.session.sign_in(login, PASSWORD)
    draft = desk.drafts.new()
    hall.stop()
    async with at(desk, "counter") as person:
        await person.press("shift+f9")
        assert isinstance(person.app.screen, ShiftScreen)
        assert "receipts given 1, open drafts 1; lying here:" in person.text
        await person.press("ctrl+g")
        for text in ("2", "0", "", PASSWORD):
            await person.type(text)
            await person.press("enter")
        assert "Count once more" in person.text, "a difference is not passed over"
        await person.press("escape")
        await person.type("布局图在部门")
        await person.press("enter")
        await person.type(PASSWORD)
        await person.press("enter")
        assert "It is sent to central by itself" in person.toasts, "not that it is on its way"
        assert "Take the shift over, and go on at this desk" in person.text
        assert "papers 2 (listed 3)" in person.text, "whoever follows knows what they sign"
        assert "What is known of a difference: 布局图在部门" in person.text
        for text in ("manager", PASSWORD):
            await person.type(text)
            await person.press("enter")
        await person.press("escape")
        assert "窗口甲" in person.text, "nobody is signed in by what is refused"
        assert "Take the shift over, and go on at this desk" in person.text, "it is asked again"
        await person.press("ctrl+u")
        for text in ("other", "wrong"):
            await person.type(text)
            await person.press("enter")
        await person.press("escape")
        await person.type(PASSWORD)  # the login stands there still
        await person.press("enter")
        assert "窗口乙" in person.text, "who follows is signed in"
        assert desk.drafts.list()[0].id == draft.id, "and goes on with the drafts"
        await person.press("right", "right")
        assert "窗口甲" in person.text, "the journal names whole who signed"
    hall.start()
    desk.sync.run_once()
    clock.put(clock.now() + timedelta(minutes=1))
    (entry,) = kept(hall)
    assert isinstance(entry, ShiftHandover)
    assert (entry.by.name, entry.taken_by and entry.taken_by.name) == ("窗口甲", "窗口乙")
    assert (entry.listed_papers, entry.counted_papers, entry.reason) == (3, 2, "布局图在部门")
    (paper,) = (desk.profile.papers / "journal").glob("shift_handover*.pdf")
    told = open_paper(paper)
    assert "窗口乙" in told
    assert "差异说明" in told
    assert desk.journal.entries() == (entry,), "the feed brought it home"


def test_nobody_signs_with_anothers_password_or_for_themselves(desk: Desk, hall: Hall) -> None:
    accept(desk, FOOD)
    with pytest.raises(InputError, match="wrong_password"):
        desk.journal.hand_over("wrong", 3, 0, "")
    desk.journal.hand_over(PASSWORD, 3, 0, "")
    present, token = desk.session.sign_in("other", PASSWORD), desk.session.get_token()
    before = open_sessions(hall)
    for login, why in (("counter", "same_person"), ("manager", "role_needed")):
        with pytest.raises(RefusedError, match=why):
            desk.journal.take_over(login, PASSWORD)
    assert (desk.session.user, desk.session.get_token()) == (present, token), "nobody else sits"
    assert open_sessions(hall) == before, "what was opened to look is ended"
    assert desk.journal.find_open() is not None


async def test_a_day_that_comes_out_and_one_that_does_not(
    desk: Desk, hall: Hall, open_at: OpenDesk, clock: SettableClock
) -> None:
    """Somebody signed for one paper more than lay there: the next balance finds it."""
    accept(desk, FOOD)
    first = desk.journal.close_day(3, "")
    assert isinstance(first.entry, DayBalance)
    assert first.paper is not None
    assert "无差异" in open_paper(first.paper)
    desk.sync.run_once()
    clock.put(clock.now() + timedelta(minutes=1))
    first_line, *rest = first.entry.lines
    wrong = (replace(first_line, held=2), *rest)
    planted = replace(first.entry, version=2, lines=wrong)
    hall.central.database.commit(partial(plant, entry=planted))
    desk.sync.run_once()
    async with at(desk, "counter", LARGE) as person:
        await person.press("shift+f9", "right")
        assert "it does not come out for 1 paper" in person.text
        assert "! -1" in person.text
        await person.press("enter")
        assert person.front == "CaseScreen", "the case of the paper"
        await person.press("escape")
        await person.press("ctrl+f")
        await person.type("3")
        await person.press("enter")
        await person.type("上次误记一份")
        await person.press("enter")
        assert "Signed and printed" in person.toasts
    desk.sync.run_once()
    clock.put(clock.now() + timedelta(minutes=1))
    manager = open_at("w2", window="w2")
    async with at(manager, "manager", LARGE) as person:
        await person.press("shift+f9")
        assert "上次误记一份" in person.text
        await person.press("enter")
        assert "is of no case. Ctrl+L prints it" in person.toasts
        assert "窗口甲" in person.text


def open_sessions(hall: Hall) -> int:
    """How many sessions central has."""
    with hall.central.database.read() as connection:
        return len(connection.execute(select(sessions.c.token_hash)).all())


def plant(connection: Connection, entry: DayBalance) -> None:
    """Change what was signed, behind everybody's back."""
    journal.put(connection, entry)
    feed.announce(connection, (journal.change_of(entry),))


def test_the_day_tells_originals_from_copies() -> None:
    of_both = [
        BalanceLine(case_id="c", number="1", material="m", name="身份证", form=form, received=1)
        for form in PaperForm
    ]
    place = [one.name for one in rows.day_columns()].index("Kind")
    assert [rows.day_cells(one)[place] for one in of_both] == ["original", "copy"]
    assert len({rows.identify(one) for one in of_both}) == 2
    assert len(rows.day_cells(of_both[0])) == len(rows.day_columns())


@pytest.mark.parametrize("of_all", [True, False])
def test_a_narrow_journal_tells_names_and_moments_whole(*, of_all: bool) -> None:
    shown = [one for one in rows.entry_columns(of_all=of_all) if one.from_width <= 78]
    widths = dict(zip([one.name for one in shown], share_out(shown, 78), strict=True))
    assert widths["When"] >= len("2026-06-01 09:30")
    assert widths["Signed by"] >= 8, "four characters"
    assert widths["Differences"] >= 10
    assert ("Window" in widths) is of_all
