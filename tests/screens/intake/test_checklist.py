"""Items, situations and the one checklist of a visit."""

from __future__ import annotations

import msgspec
import pytest

from clerk.contract.case import MaterialState
from clerk.contract.draft import ChosenItem, Draft
from clerk.locale import use_language
from screens.intake.checklist import Checklist
from screens.intake.part import Note
from services.bootstrap import Desk
from tests.screens.intake.conftest import HALL_ITEM, STALL_ITEM, OpenIntake
from tests.support.people import a_person
from tests.support.screens import LARGE, SMALL, Walk

NEW = {"dance-hall/kind": "new", "dance-hall/music": "yes"}


def begin(desk: Desk, *items: str, seed: int = 1, **typed: object) -> Draft:
    """A draft of which the items are chosen already, and the card was fetched."""
    person = a_person(seed)
    chosen = tuple(ChosenItem(one, 1) for one in items)
    draft = msgspec.structs.replace(
        desk.drafts.new(), id_text=person.id_number, items=chosen, **typed
    )
    reading = desk.intake.view(draft).reading
    card = desk.lookup.card(reading.kind, reading.number, draft.id)
    return desk.drafts.save(msgspec.structs.replace(draft, card=card))


def remark(walk: Walk) -> str:
    return walk.app.screen.query_one("#checklist-remark", Note).text


def keys_of(walk: Walk) -> list[str]:
    return [one.line.key for one in walk.app.screen.query_one(Checklist).lines]


FEW = "too few decided cases to say what is usual"


def state_of(walk: Walk, desk: Desk, key: str) -> MaterialState | None:
    """What the kept draft says of a line."""
    tick = desk.drafts.list()[0].ticks.get(key)
    return tick.state if tick else None


async def test_items_are_found_in_the_very_frame(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, focus="items")
    async with intake(draft.id) as walk:
        await walk.pilot.press(*"gwyl")
        assert walk.read("#items-found") == "▸ 歌舞娱乐场所设立审批  市市场监督管理局"
        await walk.press("enter")
        await walk.type("占道")
        assert "临时占道经营许可" in walk.read("#items-found")
        await walk.press("enter")
        chosen = walk.read("#items-chosen").splitlines()
        assert chosen == [
            "1 歌舞娱乐场所设立审批  市市场监督管理局 · promised: 7 working days",
            f"  accepted today, due on 2026-06-10 · {FEW}",
            "2 临时占道经营许可 ✕  市城市管理局 · limit: 10 working days",
            f"  accepted today, due on 2026-06-15 · {FEW}",
        ]
        await walk.press("backspace")
        left = walk.read("#items-chosen").splitlines()
        assert left == [chosen[0].replace("审批", "审批 ✕"), chosen[1]], "now the last"


async def test_items_are_found_by_code_and_walked_through(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, focus="items")
    async with intake(draft.id) as walk:
        await walk.type(HALL_ITEM.code.lower())
        assert HALL_ITEM.name in walk.read("#items-found")
        await walk.press(*(["backspace"] * len(HALL_ITEM.code)))
        await walk.type("许可")
        found = walk.read("#items-found").splitlines()
        assert len(found) > 1
        await walk.press("down", "enter")
        assert found[1].split()[0] in walk.read("#items-chosen")


async def test_an_item_is_not_chosen_twice_and_nonsense_finds_none(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "stall", focus="items")
    async with intake(draft.id) as walk:
        note = walk.app.screen.query_one("#items-note", Note)
        await walk.type("lszd")
        await walk.press("enter")
        assert note.text == "This item is chosen already."
        await walk.type("qqqq")
        assert note.text.startswith("No item is found by this.")
        await walk.press("enter")
        assert walk.place == "items"


async def test_an_item_for_others_is_told_in_the_verdict(intake: OpenIntake, desk: Desk) -> None:
    from tests.support.people import an_organisation

    draft = desk.drafts.new()
    typed = {"id_text": an_organisation().uscc, "items": (ChosenItem("stall", 1),)}
    desk.drafts.save(msgspec.structs.replace(draft, **typed))
    async with intake(draft.id, LARGE) as walk:
        assert f"another applicant for “{STALL_ITEM.name}”" in walk.read("#verdict")


async def test_situations_are_answered_with_number_keys(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", focus="items")
    async with intake(draft.id) as walk:
        await walk.press("enter")
        assert walk.place == "answer:dance-hall/kind"
        assert "the answer to “办理哪种业务？”" in walk.read("#verdict")
        await walk.press("1")
        assert walk.place == "answer:dance-hall/music", "an answer opened another question"
        await walk.press("down", "enter")
        assert walk.place == "line:设立申请书"
        answers = desk.drafts.get(draft.id).answers
        assert answers == {"dance-hall/kind": "new", "dance-hall/music": "no"}


async def test_an_answer_decides_what_is_asked_for(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="answer:dance-hall/kind")
    async with intake(draft.id) as walk:
        assert "安全承诺书" in keys_of(walk)
        await walk.press("2")
        assert "安全承诺书" not in keys_of(walk)
        assert "曲库" not in walk.text


async def test_a_shared_material_is_asked_for_once(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", "stall", answers=NEW, focus="line:id-card")
    async with intake(draft.id) as walk:
        assert keys_of(walk).count("id-card") == 1
        line = next(line for line in walk.text.splitlines() if "身份证" in line)
        assert line.rstrip(" │▌").split()[-4:] == ["身份证", "-", "0/1", "1+2"]


async def test_a_held_licence_exempts_and_an_expired_one_is_explained(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "dance-hall", seed=2, answers=NEW, focus="line:id-card")
    async with intake(draft.id, LARGE) as walk:
        assert "⊘ 身份证" in walk.text
        assert "Asked for: the 健康证明 on record expired on 2025-04-30" in walk.text
        assert "身份证" not in walk.read("#verdict")
        await walk.press("space")
        assert remark(walk) == "“身份证” is held already: nothing to hand in."
        assert state_of(walk, desk, "id-card") is None


async def test_counts_are_ticked_typed_and_changed(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="line:从业人员健康证明")
    async with intake(draft.id) as walk:
        await walk.press("1", "right", "1")
        tick = desk.drafts.get(draft.id).ticks["从业人员健康证明"]
        assert (tick.originals, tick.copies) == (1, 1)
        assert "从业人员健康证明" in walk.read("#verdict"), "one of two copies is not enough"
        await walk.press("+")
        assert "从业人员健康证明" not in walk.read("#verdict")
        await walk.press("minus")
        assert desk.drafts.get(draft.id).ticks["从业人员健康证明"].copies == 1
        await walk.press("space")
        tick = desk.drafts.get(draft.id).ticks["从业人员健康证明"]
        assert (tick.originals, tick.copies) == (1, 2)
        await walk.press("space")
        assert state_of(walk, desk, "从业人员健康证明") is None


async def test_digits_count_copies_where_only_copies_are_asked_for(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="line:场所租赁合同")
    async with intake(draft.id) as walk:
        await walk.press("1")
        tick = desk.drafts.get(draft.id).ticks["场所租赁合同"]
        assert (tick.originals, tick.copies) == (0, 1)


async def test_deferring_is_refused_where_the_item_does_not_allow_it(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="line:设立申请书")
    async with intake(draft.id) as walk:
        await walk.press("d")
        assert remark(walk) == "“设立申请书” may not be deferred: its item does not allow it."
        await walk.press("x")
        assert remark(walk).startswith("No declaration may stand for “设立申请书”")
        assert state_of(walk, desk, "设立申请书") is None
        await walk.press("down")
        assert remark(walk) == ""


async def test_what_the_item_allows_is_deferred_declared_or_corrected(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="line:场所租赁合同")
    async with intake(draft.id, LARGE) as walk:
        await walk.press("d", "down", "x", "up", "up", "c")
        assert state_of(walk, desk, "场所租赁合同") is MaterialState.DEFERRED
        assert "Deferred: to be handed in within 10 days" in walk.text
        assert state_of(walk, desk, "安全承诺书") is MaterialState.DECLARED
        assert "A signed declaration stands for it" in walk.text
        assert state_of(walk, desk, "从业人员健康证明") is MaterialState.CORRECTED
        assert "Corrected at the counter" in walk.text


async def test_all_that_is_left_is_ticked_with_one_key(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="line:设立申请书")
    async with intake(draft.id) as walk:
        await walk.press("a")
        assert "Missing:" not in walk.read("#verdict")
        assert state_of(walk, desk, "获奖证书") is None, "nobody is asked for what is optional"
        await walk.press("enter")
        assert walk.place.startswith("field:"), "Enter on the last line goes on"


async def test_columns_hold_whatever_is_in_them(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", "stall", answers=NEW, focus="line:id-card")
    for size in (SMALL, LARGE):
        async with intake(draft.id, size) as walk:
            widget = walk.app.screen.query_one(Checklist)
            rows = str(widget.render()).splitlines()
            from rich.cells import cell_len

            width = widget.content_size.width
            counted = [row for row in rows if row.rstrip().endswith(("1", "2", "1+2", "For"))]
            assert len(counted) == 8, "the header and seven lines"
            assert {cell_len(row) for row in counted} == {width}


@pytest.mark.parametrize(
    ("language", "held", "asked"),
    [
        (
            "en",
            "Not needed: 居民身份证 held since 2020-06-01, valid without end, from 市公安局",
            "Asked for: the 健康证明 on record expired on 2025-04-30",
        ),
        (
            "zh_CN",
            "免提交：居民身份证自2020-06-01起持有，长期有效，市公安局核发",
            "仍需提交：在库的健康证明已于2025-04-30到期",
        ),
    ],
)
async def test_what_is_held_and_what_is_not_is_told_on_a_small_terminal_in_both_languages(
    intake: OpenIntake, desk: Desk, language: str, held: str, asked: str
) -> None:
    use_language(language)
    draft = begin(desk, "dance-hall", seed=2, answers=NEW, focus="line:id-card")
    async with intake(draft.id, SMALL) as walk:
        rows = [" ".join(row.split()) for row in walk.read("Checklist").splitlines()]
        assert held in " ".join(rows).replace("， ", "，"), rows
        assert any(asked in row for row in rows), "one line at that material"


async def test_a_licence_in_another_name_is_explained_and_asked_for(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, "dance-hall", seed=2, answers=NEW, name="另有其人", focus="line:id-card")
    async with intake(draft.id, SMALL) as walk:
        told = "Asked for: the 居民身份证 on record is in another name than the applicant's"
        assert told in " ".join(walk.read("Checklist").split())
        assert "身份证" in walk.read("#verdict")
