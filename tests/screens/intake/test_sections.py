"""The card fills in register by register, and nothing moves under the clerk's fingers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

import pytest
from textual.events import Paste

from central.db.engine import Connection
from central.db.people import Organisation, put_organisations
from clerk.contract.licence import Licence
from clerk.contract.register import AnswerState
from clerk.locale import use_language
from screens.intake.card import licence_line
from screens.intake.items import ItemsPart
from screens.intake.screen import IntakeScreen
from screens.intake.whole_card import WholeCard
from services.bootstrap import Desk
from services.lookup import Lookup
from tests.screens.intake.conftest import HALL_ITEM, OpenIntake
from tests.screens.intake.test_checklist import begin
from tests.screens.intake.test_identity import HeldUp
from tests.support.cases import MONDAY
from tests.support.desk import Hall
from tests.support.people import a_person, an_organisation
from tests.support.photographer import shoot_alone
from tests.support.register_hall import RegisterTown, register_town
from tests.support.register_server import Mode
from tests.support.screens import SMALL, OneScreenApp, Walk, settle, until

WIDE = (120, 36)
PERSON, BODY = a_person(2), an_organisation(2)


@pytest.fixture
def town(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Iterator[RegisterTown]:
    """Tax for any item; safety and weather for the dance hall alone."""
    monkeypatch.setenv("TEST_REGISTER_TOKEN", "a token of tests")
    items = {"safety": HALL_ITEM.id, "weather": HALL_ITEM.id}
    with register_town(hall.central, items, timeout_s=20, attempts=1) as running:
        running.know(PERSON)
        for register in running.registers.values():
            register.slow_s = 15
        yield running


def card(walk: Walk) -> str:
    return walk.read("#card-beside" if walk.app.size.width >= 120 else "#card-inside")


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_sections_fill_in_and_nothing_moves(
    intake: OpenIntake, town: RegisterTown, size: tuple[int, int]
) -> None:
    town["tax"].mode = Mode.SLOW
    async with intake(size=size) as walk:
        await walk.type(PERSON.id_number[:-1])
        await walk.pilot.press(PERSON.id_number[-1].lower())
        await until(walk.pilot, lambda: "… 税务登记库" in card(walk))
        assert PERSON.name in card(walk), "what central knows is there before any register answers"
        await walk.pilot.press("enter")
        await walk.pilot.press(*"154")
        await until(walk.pilot, lambda: walk.place == "phone")
        focused = walk.app.focused
        assert focused is not None
        before = (walk.place, focused.region.y)
        town["tax"].let_go()
        await until(walk.pilot, lambda: "✓ 税务登记库" in card(walk))
        assert (walk.place, focused.region.y) == before
        await walk.type("0000")
        screen = walk.app.screen
        assert isinstance(screen, IntakeScreen)
        assert screen.draft.phone == "1540000", "not a key is lost or put elsewhere"


async def test_the_card_itself_moves_nothing(desk: Desk) -> None:
    lookup = HeldUp(desk.lookup)
    held_up = replace(desk, lookup=cast("Lookup", lookup))
    app = OneScreenApp(held_up, lambda: IntakeScreen(keep_after_s=0.01))
    async with app.run_test(size=SMALL) as pilot:
        walk = Walk(pilot, app)
        await settle(pilot)
        app.post_message(Paste(PERSON.id_number))
        await pilot.press("enter", "1", "5", "4")
        await until(pilot, lambda: walk.place == "phone")
        focused = app.focused
        assert focused is not None
        row = focused.region.y
        lookup.gate.set()
        await settle(pilot)
        assert PERSON.name in card(walk)
        assert (app.focused, focused.region.y) == (focused, row)


async def test_nobody_waits_for_the_slowest(intake: OpenIntake, town: RegisterTown) -> None:
    town["safety"].mode = Mode.SLOW
    town["weather"].mode = Mode.FAILING
    async with intake(size=WIDE) as walk:
        await walk.scan(PERSON.id_number)
        assert "✓ 税务登记库  answered now, as of 2026-05-30" in card(walk)
        assert "安全生产监管库" not in card(walk), "no item needs it yet"
        assert not town["safety"].asked
        screen = walk.app.screen
        assert isinstance(screen, IntakeScreen)
        (found,) = screen.desk.catalogue.find(HALL_ITEM.name)[:1]
        screen.query_one(ItemsPart).post_message(ItemsPart.Added(found.id, found.version))
        await until(walk.pilot, lambda: "? 防雷检测库  to be checked" in card(walk))
        assert "… 安全生产监管库  is being asked" in card(walk)
        assert "The register does not answer." in card(walk)
        town["safety"].let_go()
        await until(walk.pilot, lambda: "✓ 安全生产监管库" in card(walk))
        assert screen.draft.card is not None
        states = {one.register: one.state for one in screen.draft.card.answers}
        assert states["weather"] is AnswerState.TO_BE_CHECKED
        await settle(walk.pilot)
        assert len(town["tax"].asked) == 1, "every look is recorded: none is made twice"


async def test_what_calls_for_care_stands_first(intake: OpenIntake, town: RegisterTown) -> None:
    town.know(PERSON, zt="03")
    async with intake(size=WIDE) as walk:
        await walk.scan(PERSON.id_number)
        assert "⚠ 状态 非正常户  税务登记库" in card(walk)


def _found_company(connection: Connection) -> None:
    """A body that is struck off, represented by the second person."""
    company = Organisation(
        uscc=BODY.uscc,
        name=BODY.name,
        representative_name=PERSON.name,
        representative_id=PERSON.id_number,
        status="吊销，未注销",
        source="法人库",
        as_of=MONDAY,
    )
    put_organisations(connection, [company])


async def test_an_organisation_and_whoever_represents_it(
    intake: OpenIntake, hall: Hall, town: RegisterTown
) -> None:
    hall.central.database.commit(_found_company)
    town.know(BODY)
    async with intake(size=WIDE) as walk:
        await walk.scan(BODY.uscc)
        assert BODY.name in card(walk)
        assert "⚠ 登记状态 吊销，未注销  法人库" in card(walk)
        assert f"Legal representative  {PERSON.name} " in card(walk)
        assert PERSON.id_number not in card(walk)
        assert "✓ 税务登记库" in card(walk)
    async with intake(size=WIDE) as walk:
        await walk.scan(PERSON.id_number)
        assert f"Represents\n· {BODY.name}  吊销，未注销" in card(walk)


@pytest.mark.parametrize("mode", [Mode.OTHER_PERSON, Mode.NONSENSE, Mode.TWO_PEOPLE])
async def test_a_bad_answer_is_told_and_never_shown(
    intake: OpenIntake, town: RegisterTown, mode: Mode
) -> None:
    town["tax"].mode = mode
    async with intake(size=WIDE) as walk:
        await walk.scan(PERSON.id_number)
        assert "? 税务登记库  to be checked" in card(walk)
        assert "正常" not in card(walk)
        assert PERSON.name in card(walk)


async def test_f5_asks_anew(intake: OpenIntake, town: RegisterTown) -> None:
    async with intake(size=WIDE) as walk:
        await walk.scan(PERSON.id_number)
        town["tax"].mode = Mode.FAILING
        await walk.press("f5")
        assert "◷ 税务登记库  older answer, as of 2026-05-30" in card(walk)
        assert len(town["tax"].asked) == 2


@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_the_whole_card_where_there_is_no_room(
    intake: OpenIntake, town: RegisterTown, language: str, request: pytest.FixtureRequest
) -> None:
    use_language(language)
    async with intake(size=SMALL) as walk:
        await walk.scan(PERSON.id_number)
        await walk.press("enter")
        place = walk.place
        await walk.press("shift+f2")
        assert isinstance(walk.app.screen, WholeCard)
        assert "状态  正常" in walk.read("#card-whole")
        renew = bool(request.config.getoption("--renew-snapshots"))
        assert not await shoot_alone(walk.pilot, "whole-card", language, renew=renew)
        await walk.press("escape")
        assert walk.place == place


async def test_a_restored_draft_does_not_look_again(
    intake: OpenIntake, desk: Desk, town: RegisterTown
) -> None:
    draft = begin(desk, HALL_ITEM.id)
    async with intake(draft.id, size=WIDE) as walk:
        await settle(walk.pilot)
        asked = {key: len(one.asked) for key, one in town.registers.items()}
    async with intake(draft.id, size=WIDE) as walk:
        await settle(walk.pilot)
        assert {key: len(one.asked) for key, one in town.registers.items()} == asked


def test_a_licence_in_another_name_is_not_praised_on_the_card() -> None:
    licence = Licence(
        id="1",
        type="id-card",
        type_name="居民身份证",
        number="1",
        holder_name="王小明",
        issuer="公安局",
        issued_on=date(2020, 1, 1),
    )
    assert licence_line(licence, "王 小明", date(2026, 6, 1)).plain.startswith("✓")
    told = licence_line(licence, "另有其人", date(2026, 6, 1)).plain
    assert told == "✗ 居民身份证  without end, in another name: 王小明"
