"""Whoever types, or whatever types for them, is faster than the screen: nothing is lost."""

from __future__ import annotations

import asyncio

import pytest
from textual.events import Key

from screens.app import MOST_PASTED
from screens.intake.row import Box
from services.bootstrap import Desk
from tests.screens.intake.conftest import OpenIntake
from tests.screens.intake.test_checklist import NEW, begin
from tests.support.people import a_person
from tests.support.screens import Walk, settle


async def pour(walk: Walk, text: str) -> None:
    """Give keys without waiting till they are shown, each after a few more turns of the loop."""
    for turns, character in enumerate(text):
        walk.app.post_message(Key(character, character))
        for _turn in range(turns):
            await asyncio.sleep(0)
    await settle(walk.pilot)


@pytest.mark.parametrize("field", ["id_text", "name", "phone", "field:place"])
async def test_a_phrase_comes_whole(intake: OpenIntake, desk: Desk, field: str) -> None:
    draft = begin(desk, "dance-hall", "stall", answers=NEW, focus=field)
    phrase = "临川口市解放路一百二十三号附一号三单元"
    async with intake(draft.id) as walk:
        await walk.press("end", "ctrl+u")
        await pour(walk, phrase)
        assert isinstance(walk.app.focused, Box)
        assert walk.app.focused.value == phrase
    kept = desk.drafts.get(draft.id)
    assert phrase in {kept.id_text, kept.name, kept.phone, kept.fields.get("place")}


async def test_a_box_still_follows_what_is_typed_elsewhere(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="address")
    async with intake(draft.id) as walk:
        for typed in ("新路八号", "新路九号"):
            await walk.press("end", "ctrl+u")
            await pour(walk, typed)
            boxes = [one.value for one in walk.app.screen.query(Box)]
            assert boxes.count(typed) == 2


async def test_the_search_begins_anew_after_a_choice(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, focus="items")
    async with intake(draft.id) as walk:
        await pour(walk, "占道")
        await walk.press("enter")
        await pour(walk, "歌舞")
        assert walk.read("#items-found").startswith("▸ 歌舞娱乐场所设立审批")


@pytest.mark.parametrize("name", ["王[red]红", "[/]", "[link=x]", "#set text(1pt)"])
async def test_brackets_in_a_name_are_brackets(intake: OpenIntake, desk: Desk, name: str) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="name")
    async with intake(draft.id) as walk:
        await walk.scan(name)
        assert f"─ {name} ─" in walk.text


async def test_what_is_pasted_cannot_steer_the_terminal(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="name")
    async with intake(draft.id) as walk:
        await walk.scan("陈\x1b]0;title\x07大\x9b31m文\u202e\r\n")
        assert desk.drafts.get(draft.id).name == "陈]0;title大31m文"


async def test_a_paste_has_its_length(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="address")
    async with intake(draft.id) as walk:
        await walk.scan("长" * 100_000)
        assert desk.drafts.get(draft.id).address == "长" * MOST_PASTED
        (told,) = walk.app._notifications
        assert told.message == "Only the first 1000 characters were taken."


def burst(walk: Walk, *keys: str) -> None:
    """Give all keys in one instant, as a scanner and a fast hand do together."""
    for key in keys:
        character = key if len(key) == 1 else {"enter": "\r", "space": " "}.get(key)
        walk.app.post_message(Key(key, character))


async def test_what_follows_a_scanned_number_goes_into_the_next_field(
    intake: OpenIntake, desk: Desk
) -> None:
    number = a_person(7).id_number
    async with intake(None) as walk:
        burst(walk, *number, "enter", *"13800000000", "enter")
        await settle(walk.pilot)
        draft = walk.app.screen.draft  # type: ignore[attr-defined]
        assert (draft.id_text, draft.phone or draft.name) == (number, "13800000000")


async def test_items_chosen_in_one_burst_are_chosen_and_what_follows_answers(
    intake: OpenIntake, desk: Desk
) -> None:
    draft = begin(desk, focus="items")
    async with intake(draft.id) as walk:
        burst(walk, *"占道", "enter", *"歌舞", "enter", "enter", "1", "2")
        await settle(walk.pilot)
        kept = walk.app.screen.draft  # type: ignore[attr-defined]
        assert [one.item for one in kept.items] == ["stall", "dance-hall"]
        assert kept.answers == {"dance-hall/kind": "new", "dance-hall/music": "no"}
        assert walk.place.startswith("line:")


async def test_counts_in_one_burst_are_all_counted(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="line:设立申请书")
    async with intake(draft.id) as walk:
        burst(walk, *"+++")
        await settle(walk.pilot)
        (tick,) = walk.app.screen.draft.ticks.values()  # type: ignore[attr-defined]
        assert tick.originals == 3


async def test_fields_are_filled_in_one_burst(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", "stall", answers=NEW, focus="field:place")
    async with intake(draft.id) as walk:
        burst(walk, *"x8", "enter", *"120", "enter", *"2026-07-01", "enter", "1", "enter")
        await settle(walk.pilot)
        kept = walk.app.screen.draft.fields  # type: ignore[attr-defined]
        assert kept["place"].endswith("x8")
        typed = {key.rpartition("/")[2]: text for key, text in kept.items()}
        assert (typed["area"], typed["open"]) == ("120", "2026-07-01")
