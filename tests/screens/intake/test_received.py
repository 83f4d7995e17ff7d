"""Receiving, and what the counter concludes at once: through the keyboard, at a real central."""

from __future__ import annotations

from textual.widgets import Static

from clerk.contract.case import DeclineGround, Stage
from screens.dialogs import AskText, ProblemDialog
from screens.intake.received import Conclusion, ReceivedScreen
from screens.intake.screen import IntakeScreen
from services.bootstrap import Desk
from tests.screens.intake.conftest import OpenIntake
from tests.screens.intake.test_checklist import NEW, begin
from tests.support.desk import Hall, open_paper
from tests.support.people import a_person
from tests.support.screens import LARGE, OneScreenApp, Walk

MOST_KEYS = 40
FORM = {"dance-hall/area": "120", "dance-hall/trade": "song"}


def received(walk: Walk) -> ReceivedScreen:
    screen = walk.app.screen
    assert isinstance(screen, ReceivedScreen)
    return screen


def assert_all_counted(walk: Walk) -> None:
    """The program itself saw no key that is neither counted nor data."""
    assert isinstance(walk.app, OneScreenApp)
    assert walk.app.keys_came == walk.keys + walk.data_keys


def stage_of(desk: Desk, case_id: str) -> Stage:
    return desk.cases.detail(case_id).case.stage


async def test_from_the_number_to_the_receipt_in_few_keys(intake: OpenIntake) -> None:
    async with intake(size=LARGE) as walk:
        await walk.scan(a_person(2).id_number)
        await walk.press("enter")
        await walk.scan("15400001111")
        await walk.press("enter")
        await walk.key_in("gwyl")
        await walk.press("enter", "enter")
        await walk.press("1", "1")
        await walk.press("a", "enter")
        assert walk.place == "field:dance-hall/area", "what the card knows is not asked again"
        await walk.type("120")
        await walk.press("enter", "enter", "1")
        assert walk.read("#verdict").startswith("✓ Complete")
        await walk.press("ctrl+r")
        screen = received(walk)
        assert walk.keys <= MOST_KEYS / 2
        assert_all_counted(walk)
        assert " ".join(screen.cases[0].number) in walk.text, "big and spaced"


async def test_a_bad_case_needs_few_keys_too(intake: OpenIntake) -> None:
    """A stranger whose number was mistyped, a paper to be deferred, one to be corrected.

    Every key but the data itself is counted: what finds the item, what was typed wrong and what
    mends it too.
    """
    async with intake() as walk:
        number = a_person(77).id_number
        await walk.type(number[:-2])
        await walk.key_in("00")
        await walk.press("backspace", "backspace")
        await walk.type(number[-2:])
        await walk.press("enter")
        for _field in range(6):
            if walk.place == "items":
                break
            await walk.type({"name": "王测试", "phone": "15400001111"}.get(walk.place, ""))
            await walk.press("enter")
        await walk.key_in("gwyl")
        await walk.press("enter", "enter")
        await walk.press("1", "1")
        await walk.press("a", "down", "down", "down", "d", "enter")
        for _field in range(8):
            if walk.read("#verdict").startswith("✓ Complete"):
                break
            typed = {"field:dance-hall/address": "东路1号", "field:dance-hall/area": "120"}
            await walk.type(typed.get(walk.place, ""))
            await walk.press("1" if walk.place == "field:dance-hall/trade" else "enter")
        await walk.press("ctrl+r")
        assert received(walk).cases
        assert walk.keys <= MOST_KEYS, walk.keys
        assert_all_counted(walk)


async def test_what_stands_in_the_way_of_a_receipt_is_gone_to(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "dance-hall", focus="items")
    async with intake(draft.id) as walk:
        await walk.press("ctrl+r")
        assert isinstance(walk.app.screen, IntakeScreen)
        assert walk.place == "answer:dance-hall/kind"


async def test_the_receipt_names_all_cases_and_then_they_are_accepted(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "dance-hall", "stall", answers=NEW, fields=FORM, focus="line:设立申请书")
    async with intake(draft.id, LARGE) as walk:
        await walk.press("a", "ctrl+r")
        screen = received(walk)
        numbers = [one.number for one in screen.cases]
        assert len(set(numbers)) == 2
        receipt = screen._received.receipt
        assert receipt is not None
        assert receipt.name in walk.text
        printed = open_paper(receipt).replace(" ", "")
        assert all(number in printed for number in numbers)
        await walk.press("ctrl+y")
        await walk.press("ctrl+y")
        assert [one.conclusion for one in screen.cases] == [Conclusion.ACCEPTED] * 2
        assert all(one.papers and one.papers[0].exists() for one in screen.cases)
        assert [stage_of(desk, one.case_id) for one in screen.cases] == [Stage.ACCEPTED] * 2
        await walk.press("f2")
        assert isinstance(walk.app.screen, IntakeScreen)
        assert walk.place == "id_text"


async def test_long_paths_break_once_where_all_scrolls(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", "stall", answers=NEW, fields=FORM, focus="line:设立申请书")
    async with intake(draft.id) as walk:
        await walk.press("a", "ctrl+r", "ctrl+y", "ctrl+y")
        shown = walk.app.screen.query_one("#received-cases", Static)
        drawn = str(shown.content).splitlines()
        assert received(walk).query_one("#received-body").max_scroll_y > 0
        assert shown.content_size.height == len(drawn)


async def test_what_is_missing_is_asked_for_once_in_the_clerks_words(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="line:从业人员健康证明")
    async with intake(draft.id, LARGE) as walk:
        await walk.press("a", "up", "up", "up", "space", "1")
        assert "Missing: 从业人员健康证明" in walk.read("#verdict")
        await walk.press("ctrl+r")
        screen = received(walk)
        assert "Missing: 从业人员健康证明" in walk.text
        await walk.press("ctrl+k")
        dialog = walk.app.screen
        assert isinstance(dialog, AskText)
        assert dialog.questions[0].value == "未提交：复印件2份"
        await walk.press("end")
        await walk.type(" A")
        await walk.press("ctrl+y")
        case = screen.cases[0]
        assert case.conclusion is Conclusion.SUPPLEMENT_ASKED
        assert stage_of(desk, case.case_id) is Stage.SUPPLEMENTING
        (paper,) = case.papers
        assert "复印件2份A" in "".join(open_paper(paper).split())
        await walk.press("ctrl+y")
        assert stage_of(desk, case.case_id) is Stage.SUPPLEMENTING, "concluded is concluded"


async def test_what_is_missing_is_put_right_on_the_spot(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "stall", focus="items")
    async with intake(draft.id, LARGE) as walk:
        await walk.press("ctrl+r")
        screen = received(walk)
        assert "Ctrl+U takes it in now" in walk.text
        await walk.press("ctrl+u", "space", "enter")
        assert [one.name for one in screen.cases[0].lacks] == ["身份证"]
        await walk.press("ctrl+u", "space", "enter")
        assert "Complete · Ctrl+Y accepts it" in walk.text
        assert screen.cases[0].lacks == ()
        await walk.press("ctrl+y")
        assert stage_of(desk, screen.cases[0].case_id) is Stage.ACCEPTED


async def test_an_incomplete_case_is_not_accepted(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "stall", focus="items")
    async with intake(draft.id, LARGE) as walk:
        await walk.press("ctrl+r")
        await walk.press("ctrl+y")
        assert isinstance(walk.app.screen, ProblemDialog)
        assert "占道申请表" in walk.app.screen.told.what
        await walk.press("enter")
        assert received(walk).cases[0].conclusion is Conclusion.OPEN


async def test_declining_takes_a_ground_a_reason_and_the_right_body(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "stall", focus="items")
    async with intake(draft.id, LARGE) as walk:
        await walk.press("ctrl+r")
        screen = received(walk)
        await walk.press("ctrl+n", "down", "enter")
        assert isinstance(walk.app.screen, AskText)
        await walk.press("ctrl+y")
        assert isinstance(walk.app.screen, AskText), "without the right body it cannot be saved"
        await walk.type("the road office")
        await walk.press("enter")
        await walk.type("a state road")
        await walk.press("ctrl+y")
        case = screen.cases[0]
        assert case.conclusion is Conclusion.DECLINED
        assert stage_of(desk, case.case_id) is Stage.DECLINED
        record = desk.cases.detail(case.case_id).record
        assert record is not None
        declined = record.events[-1]
        assert getattr(declined, "ground", None) is DeclineGround.NOT_THIS_OFFICE
        assert getattr(declined, "right_body", "") == "the road office"
        assert case.papers


async def test_with_the_line_down_cases_are_received_and_wait(
    intake: OpenIntake, desk: Desk, hall: Hall
) -> None:
    draft = begin(desk, "stall", focus="items")
    hall.stop()
    async with intake(draft.id, LARGE) as walk:
        await walk.press("f5")
        await walk.press("ctrl+r")
        screen = received(walk)
        assert screen._received.receipt is not None
        await walk.press("ctrl+y")
        assert isinstance(walk.app.screen, ProblemDialog)
        await walk.press("enter")
        told = walk.read("#received-line")
        assert "What was not sent yet waits on this machine" in told
        assert "five working days" in told
        assert "The line is down" in walk.text
        assert screen.cases[0].conclusion is Conclusion.OPEN
    hall.start()
    desk.sync.run_once()
    assert stage_of(desk, screen.cases[0].case_id) is Stage.RECEIVED
    assert desk.sync.status().waiting == 0


async def test_what_was_done_though_its_answer_was_lost_is_not_offered_again(
    intake: OpenIntake, desk: Desk
) -> None:
    async with intake(begin(desk, "stall", focus="items").id, LARGE) as walk:
        walk.app.warn("No receipt yet.")
        await walk.press("ctrl+r")
        screen = received(walk)
        assert not walk.app._notifications, "what was told of the intake is over"
        case = screen.cases[0]
        # as the repeat of a lost act does it: no screen waits for its answer
        desk.counter.ask_supplement(case.case_id, case.lacks)
        await walk.press("f5")
        assert "print queue" in walk.read("#received-cases")
        assert screen.cases[0].conclusion is Conclusion.SUPPLEMENT_ASKED
