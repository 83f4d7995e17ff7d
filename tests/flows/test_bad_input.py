"""What goes wrong at a desk is said with a remedy, and nothing that was typed is lost."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from clerk.clock import SettableClock
from clerk.contract.case import Stage
from clerk.errors import RefusedError
from clerk.rules.numbers import spaced
from screens.dialogs import AskText
from screens.intake.part import Note
from screens.intake.received import ReceivedScreen
from screens.intake.row import FieldRow
from services.bootstrap import Desk
from services.intake import ReceivedCase
from services.release import Collector
from tests.flows.town import MARKET, WINDOW, Town, profile_at
from tests.flows.walk_ins import FOOD, carry_through, receive_and_accept
from tests.support.desk import Hall
from tests.support.proxy import Fate, run_proxy
from tests.support.storyteller import PASSWORD, Clerk, Official, sit_down

OPINION = "现场核查合格，拟同意"
PUSH = "/sync/push"


@pytest.fixture
def window(town: Town, hall: Hall) -> Desk:
    """The desk of the window, with its clerk signed in."""
    desk = town.desk(WINDOW, hall)
    desk.session.sign_in(town.told.counter[0], PASSWORD)
    return desk


@pytest.fixture
async def clerk(town: Town, window: Desk) -> AsyncIterator[Clerk]:
    """The clerk at the window, whose desk sends and fetches by F5 only."""
    async with sit_down(window, Clerk, town.told.counter[0], background=False) as clerk:
        yield clerk


@pytest.fixture
def accepted(town: Town, window: Desk) -> ReceivedCase:
    """A case that lies with its department."""
    return receive_and_accept(window, town.told.organisations[0], FOOD)


async def test_typing_that_cannot_be_right(town: Town, hall: Hall, clerk: Clerk) -> None:
    """A wrong check digit, an item that nobody has, a field of the wrong kind: all stay."""
    firm = town.told.organisations[0]
    wrong = firm.uscc[:-1] + ("1" if firm.uscc[-1] != "1" else "2")
    looked = hall.count("lookups")
    await clerk.begins()
    await clerk.types_id(wrong)
    assert clerk.is_told(f"should be {firm.uscc[-1]}", "#identity-note")
    assert clerk.place == "id_text", "there is no going on"
    assert hall.count("lookups") == looked, "nobody is looked up by a wrong number"
    await clerk.presses("ctrl+u")
    await clerk.types_id("110108000000016")
    assert clerk.place == "id_text"
    assert clerk.is_told("it is on record", "#card-beside")
    assert len(hall.list_audit("lookup.refused")) == 1
    assert hall.count("lookups") == looked
    await clerk.presses("ctrl+u")
    await clerk.types(wrong[:-1])
    await clerk.types_id(firm.uscc[-1])
    assert clerk.is_told(firm.name, "#card-beside")

    await clerk.chooses("没有这个事项")
    assert "No item is found by this." in clerk.sees
    assert "没有这个事项" in clerk.sees
    await clerk.presses("ctrl+u")
    await clerk.chooses("spjyxk")
    await clerk.answers(1, 2)
    await clerk.ticks_all()
    await clerk.goes_to_field("premises-area")
    await clerk.types("12o")
    row = clerk.walk.app.focused
    assert row is not None
    assert isinstance(row.parent, FieldRow)
    assert row.parent.query_one(Note).text == "Not a number. Type digits, as 120 or 36.5."
    assert "经营场所面积（平方米） as a number" in clerk.reads("#verdict")
    (number,) = await clerk.receives()
    assert clerk.is_told("Missing: ", "#received-cases")
    assert clerk.is_told("经营场所面积（平方米）", "#received-cases")
    await clerk.presses("ctrl+k")
    assert "“经营场所面积（平方米）”不是数字。" in clerk.sees, "ready for a paper, in its language"
    assert "12o" in clerk.desk.cases.detail(case_id(clerk.desk, number)).case.fields.values()


async def test_a_receipt_is_given_once(town: Town, hall: Hall, clerk: Clerk, window: Desk) -> None:
    """Pressing twice, and receiving a draft that another window of the program holds as well."""
    await clerk.begins()
    await clerk.pastes(town.told.people[0].id_number)
    await clerk.presses("enter")
    await clerk.chooses("食品经营许可")
    await clerk.answers(1, 1)
    draft = window.drafts.list()[0]
    await clerk.presses("ctrl+r", "ctrl+r")
    assert isinstance(clerk.walk.app.screen, ReceivedScreen)
    await clerk.goes_back()
    await clerk.fetches()
    assert hall.count("cases") == 1

    again = window.drafts.save(draft)
    clerk.walk.app.open_intake(again.id)
    await clerk.rests()
    window.intake.receive(again)
    await clerk.presses("ctrl+r")
    assert "This draft is not there any more." in await clerk.reads_problem()
    assert town.told.people[0].name in clerk.sees, "what was typed is still shown"
    await clerk.goes_back()
    await clerk.fetches()
    assert hall.count("cases") == 2


async def test_a_receipt_whose_answer_is_lost_is_one_case(town: Town, hall: Hall) -> None:
    with run_proxy(hall.address) as proxy:
        desk = town.desk(WINDOW, proxy)
        desk.session.sign_in(town.told.counter[0], PASSWORD)
        desk.sync.run_once()
        proxy.plan(PUSH, Fate.ANSWER_LOST)
        async with sit_down(desk, Clerk, town.told.counter[0], background=False) as clerk:
            await clerk.begins()
            await clerk.pastes(town.told.people[0].id_number)
            await clerk.presses("enter")
            await clerk.chooses("食品经营许可")
            await clerk.answers(1, 1)
            (number,) = await clerk.receives()
            await clerk.goes_back()
            await clerk.presses("f6", "f5")
            assert "central's answer did not come back" in await clerk.reads_problem()
            assert "↑ awaiting its answer" in clerk.sees
            await clerk.presses("f5")
            assert "Nothing is waiting" in clerk.sees
            await clerk.opens(number)
        assert (proxy.count(PUSH), hall.count("cases")) == (2, 1)
        town.close()


async def test_a_copied_desk_is_kept_away_with_its_typing(town: Town, hall: Hall) -> None:
    """Two disks with one identity: central believes neither, and what was typed is kept."""
    person, login = town.told.people[0], town.told.counter[0]
    shutil.copytree(town.folder / "desks" / WINDOW, town.folder / "desks" / "copy")
    copy = town.open(profile_at(town.folder, "copy"), hall)
    async with sit_down(copy, Clerk, login, background=False) as clerk:
        await clerk.begins()
        await clerk.pastes(person.id_number)
        await clerk.presses("enter")
        await clerk.chooses("食品经营许可")
        await clerk.answers(1, 1)
        with pytest.raises(RefusedError, match=r"desk\.quarantined"):
            town.desk(WINDOW, hall).session.sign_in(login, PASSWORD)
        (number,) = await clerk.receives()
        await clerk.goes_back()
        await clerk.presses("f6", "f5")
        told = await clerk.reads_problem()
        assert "Central keeps this desk away: its disk was copied or set back." in told
        assert "Everything that was not sent is kept on this machine." in told
        assert spaced(number) in clerk.sees
        assert person.name in clerk.reads("#entry-text")


async def test_a_claim_that_ran_out_keeps_the_opinion(
    town: Town, hall: Hall, accepted: ReceivedCase, clock: SettableClock
) -> None:
    """Two hours and a minute over one opinion; what central refused stays in the sync centre."""
    desk, staff = town.desk(MARKET, hall), town.told.staff[MARKET]
    async with sit_down(desk, Official, staff.handler, background=False) as official:
        await official.fetches()
        await official.claims(accepted.number)
        await official.presses("ctrl+g")
        await official.pastes(OPINION)
        clock.put(clock.now() + timedelta(hours=2, minutes=1))
        await official.presses("ctrl+y")
        told = await official.reads_problem()
        assert f"Your hold on case {accepted.number} ran out at 11:30." in told
        assert "Claim the case again (Ctrl+O)" in told
        assert isinstance(official.walk.app.screen, AskText)
        assert OPINION in official.sees, "offered again"
        await official.presses("escape")
        assert "Not done: Pass on to the next step" in official.reads("#case-troubles")
        assert OPINION in official.reads("#case-troubles")
        await assert_refused_and_kept(official, accepted)
        await official.goes_back()
        await official.presses("ctrl+o")
        await official.presses("ctrl+g")
        assert OPINION in official.sees, "and again"
        await official.presses("ctrl+y")
        assert official.is_told("The case moved on.", "#case-said")
        assert OPINION in official.reads("#case-timeline")


async def assert_refused_and_kept(official: Official, case: ReceivedCase) -> None:
    """The sync centre shows the act, why it was refused, and what was typed; then it is cleared."""
    await official.presses("f6")
    assert "! 1 refused" in official.sees
    assert "! refused" in official.sees
    assert spaced(case.number) in official.sees
    assert OPINION in official.reads("#entry-text")
    assert "ran out at 11:30" in official.reads("#entry-text")
    await official.presses("ctrl+d", "n")
    assert OPINION in official.reads("#entry-text"), "asked first"


async def test_somebody_else_was_faster(
    town: Town, hall: Hall, window: Desk, accepted: ReceivedCase
) -> None:
    """The window withdraws a case while its handler types: who did it is said."""
    desk, staff = town.desk(MARKET, hall), town.told.staff[MARKET]
    async with sit_down(desk, Official, staff.handler, background=False) as official:
        await official.fetches()
        await official.claims(accepted.number)
        await official.presses("ctrl+g")
        await official.pastes(OPINION)
        window.counter.withdraw(accepted.case_id, "改期办理")
        await official.presses("ctrl+y")
        told = await official.reads_problem()
        assert "the case stands at “Withdrawn”" in told
        assert f"Meanwhile {window.session.get_user().name} has changed the case." in told
        assert OPINION in official.sees
        await official.presses("escape", "f5", "f6")
        assert OPINION in official.reads("#entry-text")
    assert window.cases.detail(accepted.case_id).case.stage is Stage.WITHDRAWN


async def test_a_receipt_of_what_was_handed_out_already(
    town: Town, hall: Hall, window: Desk, accepted: ReceivedCase, clerk: Clerk
) -> None:
    carry_through(town.desk(MARKET, hall), town.told.staff[MARKET], accepted.case_id)
    window.release.release([accepted.case_id], Collector(name="某人", signature="已签收"))
    await clerk.scans(accepted.number)
    told = f"The result of case {spaced(accepted.number)} has been handed out already."
    assert clerk.is_told(told, "#release-note")
    assert clerk.is_told("Open the case to see who collected it", "#release-note")
    mistyped = accepted.number[:-1] + ("1" if accepted.number[-1] != "1" else "2")
    await clerk.scans(mistyped)
    assert "check digit of the case number does not fit" in await clerk.reads_problem()
    assert mistyped in clerk.sees, "what was typed stays to be compared"


def case_id(desk: Desk, number: str) -> str:
    """The id of the case with this number."""
    found = desk.cases.find_by_number(number)
    assert found is not None
    return found.id
