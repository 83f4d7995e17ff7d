"""Nothing typed is lost: kept while it is typed, and gone on with in the very field."""

from __future__ import annotations

import asyncio
import threading

import pytest

from clerk.contract.draft import Draft
from clerk.errors import ClerkError, StoreError
from screens.dialogs import Confirm
from screens.intake.keeper import DraftKeeper
from screens.intake.screen import IntakeScreen
from services.bootstrap import Desk
from tests.screens.intake.conftest import OpenIntake
from tests.screens.intake.test_checklist import NEW, begin
from tests.support.cases import MONDAY
from tests.support.people import a_person
from tests.support.screens import LARGE, SMALL, settle


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("id_text", ""),
        ("phone", "154"),
        ("items", ""),
        ("answer:dance-hall/music", ""),
        ("line:场所租赁合同", "d"),
        ("field:dance-hall/area", "36"),
        ("field:dance-hall/trade", ""),
    ],
)
async def test_the_very_field_is_restored(
    intake: OpenIntake, desk: Desk, place: str, typed: str
) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus=place)
    async with intake(draft.id) as walk:
        assert walk.place == place
        await walk.type(typed)
        kept = desk.drafts.get(draft.id)
    async with intake(draft.id, LARGE) as walk:
        assert walk.place == place
        screen = walk.app.screen
        assert isinstance(screen, IntakeScreen)
        assert (screen.draft.ticks, screen.draft.fields) == (kept.ticks, kept.fields)


async def test_the_field_left_last_is_the_one_kept(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="line:设立申请书")
    async with intake(draft.id) as walk:
        await walk.press("down", "down")
        assert desk.drafts.get(draft.id).focus == "line:从业人员健康证明"
        await walk.press("ctrl+down")
        assert desk.drafts.get(draft.id).focus == "field:dance-hall/area"


async def test_a_field_scrolled_to_is_in_sight(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", "stall", answers=NEW, focus="field:dance-hall/trade")
    async with intake(draft.id, SMALL) as walk:
        assert "歌舞厅" in walk.text


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("phone", "│ Phone "),
        ("line:安全承诺书", "☐ 安全承诺书 "),
        ("field:dance-hall/trade", "1 歌舞厅"),
    ],
)
async def test_a_smaller_terminal_keeps_the_field_in_sight(
    intake: OpenIntake, desk: Desk, place: str, shown: str
) -> None:
    draft = begin(desk, "dance-hall", "stall", answers=NEW, focus=place)
    async with intake(draft.id, LARGE) as walk:
        await walk.pilot.resize_terminal(*SMALL)
        await settle(walk.pilot)
        assert walk.place == place
        assert shown in walk.text


async def test_every_keystroke_is_kept_without_leaving(intake: OpenIntake, desk: Desk) -> None:
    async with intake() as walk:
        await walk.type("11010519")
        assert [one.id_text for one in desk.drafts.list()] == ["11010519"]


async def test_escape_leaves_and_keeps_the_draft(intake: OpenIntake, desk: Desk) -> None:
    async with intake() as walk:
        await walk.type("110105")
        await walk.press("escape")
        assert not isinstance(walk.app.screen, IntakeScreen)
    assert [(one.id_text, one.parked) for one in desk.drafts.list()] == [("110105", False)]


async def test_a_walk_in_of_nothing_leaves_nothing(intake: OpenIntake, desk: Desk) -> None:
    async with intake() as walk:
        await walk.press("escape")
    assert desk.drafts.list() == ()


async def test_parking_puts_it_aside(intake: OpenIntake, desk: Desk) -> None:
    async with intake() as walk:
        await walk.type("110105")
        await walk.press("ctrl+s")
        assert not isinstance(walk.app.screen, IntakeScreen)
    assert [one.parked for one in desk.drafts.list()] == [True]


async def test_discarding_is_asked_first(intake: OpenIntake, desk: Desk) -> None:
    async with intake() as walk:
        await walk.type("110105")
        await walk.press("ctrl+d")
        assert isinstance(walk.app.screen, Confirm)
        await walk.press("n")
        assert len(desk.drafts.list()) == 1
        await walk.press("ctrl+d", "y")
        assert not isinstance(walk.app.screen, IntakeScreen)
    assert desk.drafts.list() == ()


async def test_another_language_keeps_field_and_typing(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", answers=NEW, focus="field:dance-hall/area")
    async with intake(draft.id) as walk:
        await walk.type("36")
        await walk.press("f9")
        assert walk.place == "field:dance-hall/area"
        await walk.press("f9")
        await walk.type("5")
        assert desk.drafts.get(draft.id).fields["dance-hall/area"] == "365"


def a_draft(text: str) -> Draft:
    return Draft(id="d", window="w", user="u", created_at=MONDAY, updated_at=MONDAY, id_text=text)


async def test_a_late_save_never_brings_a_draft_back() -> None:
    saved: list[str] = []
    tasks: list[asyncio.Task[None]] = []
    keeper = DraftKeeper(
        lambda draft: saved.append(draft.id_text),
        lambda work: tasks.append(asyncio.ensure_future(work)),
        lambda problem: pytest.fail(str(problem)),
    )
    keeper.keep(a_draft("1"))
    assert keeper.finish(lambda: "received") == "received"
    keeper.keep(a_draft("12"))
    await asyncio.gather(*tasks)
    assert saved == []


async def test_keys_that_come_fast_are_kept_together() -> None:
    saved: list[str] = []
    tasks: list[asyncio.Task[None]] = []
    keeper = DraftKeeper(
        lambda draft: saved.append(draft.id_text),
        lambda work: tasks.append(asyncio.ensure_future(work)),
        lambda problem: pytest.fail(str(problem)),
    )
    for text in ("1", "11", "110"):
        keeper.keep(a_draft(text))
    await asyncio.gather(*tasks)
    assert saved == ["110"]
    assert not keeper.is_behind


async def test_a_save_that_fails_is_told_and_tried_again_with_the_next_key() -> None:
    saved: list[str] = []
    told: list[str] = []
    tasks: list[asyncio.Task[None]] = []

    def save(draft: Draft) -> None:
        if draft.id_text == "1":
            raise StoreError("store.full")
        saved.append(draft.id_text)

    def hear(problem: ClerkError) -> None:
        told.append(problem.code)

    keeper = DraftKeeper(save, lambda work: tasks.append(asyncio.ensure_future(work)), hear)
    keeper.keep(a_draft("1"))
    await asyncio.gather(*tasks)
    assert told == ["store.full"]
    assert keeper.is_behind
    keeper.keep(a_draft("11"))
    await asyncio.gather(*tasks)
    assert saved == ["11"]


def test_leaving_while_the_draft_is_received_does_not_wait_for_itself() -> None:
    keeper = DraftKeeper(lambda _draft: None, lambda work: work.close(), lambda _problem: None)
    keeper.keep(a_draft("1"))
    flushed = threading.Event()

    def receive() -> None:
        keeper.flush()
        flushed.set()

    keeper.finish(receive)
    assert flushed.is_set()


def test_the_people_are_invented() -> None:
    assert a_person().id_number[2:6] == "0199", "a county code that was never given out"
