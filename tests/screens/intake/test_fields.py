"""The form: typed once, prefilled, checked while it is typed."""

from __future__ import annotations

from screens.intake.fields import ChoiceRow, FieldsPart
from screens.intake.row import FieldRow
from services.bootstrap import Desk
from tests.screens.intake.conftest import OpenIntake
from tests.screens.intake.test_checklist import NEW, begin
from tests.support.people import a_person
from tests.support.screens import Walk


def rows(walk: Walk) -> dict[str, FieldRow | ChoiceRow]:
    part = walk.app.screen.query_one(FieldsPart)
    found = [one for one in part.children if isinstance(one, FieldRow | ChoiceRow)]
    return {one.label: one for one in found}


async def test_a_shared_field_is_typed_once_and_prefilled(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", "stall", answers=NEW, focus="field:place")
    async with intake(draft.id) as walk:
        assert list(rows(walk)) == ["场所地址", "使用面积（平方米）", "拟开业日期", "经营项目"]
        row = rows(walk)["场所地址"]
        assert isinstance(row, FieldRow)
        assert row.box.value == a_person().address
        assert row.note.text == "Known already"


async def test_what_was_typed_about_the_applicant_is_not_asked_again(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "dance-hall", "stall", answers=NEW, focus="address")
    async with intake(draft.id) as walk:
        await walk.scan("金河市新路8号")
        row = rows(walk)["场所地址"]
        assert isinstance(row, FieldRow)
        assert row.box.value == "金河市新路8号"
        assert desk.drafts.get(draft.id).fields == {}, "the field follows until it is typed in"


async def test_a_field_is_checked_while_it_is_typed(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="field:dance-hall/area")
    async with intake(draft.id) as walk:
        row = rows(walk)["使用面积（平方米）"]
        assert row.note.text == "* needed"
        await walk.type("12o")
        assert row.note.text == "Not a number. Type digits, as 120 or 36.5."
        assert "使用面积（平方米） as a number" in walk.read("#verdict")
        await walk.press("backspace", "0")
        assert row.note.text == ""
        assert "使用面积" not in walk.read("#verdict")
        await walk.press("enter")
        await walk.type("2026-2-30")
        assert rows(walk)["拟开业日期"].note.text.startswith("Not a date.")


async def test_a_date_needs_no_dashes_and_no_half_width(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="field:dance-hall/area")
    async with intake(draft.id) as walk:
        await walk.type("１２０")
        await walk.press("enter")
        await walk.type("２０２６０３０１")
        row = rows(walk)["拟开业日期"]
        assert isinstance(row, FieldRow)
        assert row.box.value == "2026-03-01"
        assert set(desk.drafts.get(draft.id).fields.values()) == {"120", "2026-03-01"}


async def test_a_wrong_telephone_number_is_said_beside_it(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="phone")
    async with intake(draft.id) as walk:
        await walk.type("１５４")
        (note,) = (one.note for one in walk.app.screen.query(FieldRow) if one.label == "Phone")
        assert note.text.startswith("Not a phone number.")
        await walk.type("００００１１１１")
        assert note.text == ""
        assert desk.drafts.get(draft.id).phone == "15400001111"


async def test_a_name_that_is_not_the_one_on_record_is_told(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="name")
    async with intake(draft.id) as walk:
        (note,) = (one.note for one in walk.app.screen.query(FieldRow) if one.label == "Name")
        await walk.type(a_person().name)
        assert note.text == ""
        await walk.type("甲")
        assert note.text == f"On record: {a_person().name}"


async def test_enter_alone_answers_nothing(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", focus="answer:dance-hall/kind")
    async with intake(draft.id) as walk:
        await walk.press("enter")
        assert not desk.drafts.get(draft.id).answers
        assert walk.place != "answer:dance-hall/kind", "it goes on all the same"
    draft = begin(desk, "dance-hall", answers=NEW, focus="field:dance-hall/trade")
    async with intake(draft.id) as walk:
        await walk.press("enter")
        assert not desk.drafts.get(draft.id).fields
        walk.app.screen.query_one("ChoiceRow Choices").focus()
        await walk.press("right", "enter")
        assert desk.drafts.get(draft.id).fields == {"dance-hall/trade": "game"}


async def test_a_choice_is_taken_with_its_number(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="field:dance-hall/trade")
    async with intake(draft.id) as walk:
        await walk.press("2")
        assert desk.drafts.get(draft.id).fields["dance-hall/trade"] == "game"
        assert walk.place != "field:dance-hall/trade", "after the last field on to what lacks"


async def test_typing_is_kept_when_an_item_is_added(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="field:dance-hall/area")
    async with intake(draft.id) as walk:
        await walk.type("88")
        await walk.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        assert walk.place == "items"
        await walk.type("lszd")
        await walk.press("enter")
        row = rows(walk)["使用面积（平方米）"]
        assert isinstance(row, FieldRow)
        assert row.box.value == "88"
