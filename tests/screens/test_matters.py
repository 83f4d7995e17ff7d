"""What people bring: taken in at a window, answered by a department, told at the window."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from central.acts.mattering import open_follow_up
from central.db import feed, matters
from central.db.engine import Connection
from clerk.contract.matter import MatterKind, MatterRecord
from clerk.errors import InputError
from clerk.rules.matter import Matter, MatterStage, fold_matter
from screens.matters.screen import MattersScreen
from services.bootstrap import Desk
from tests.screens.story import Person, at
from tests.support.desk import PASSWORD, Hall, OpenDesk
from tests.support.matters import INQUIRY, RATED, REPLY
from tests.support.screens import LARGE, ring, settle

TEXT = "食品经营许可证延续需要提前多少天申请？"


def kept(hall: Hall) -> tuple[Matter, ...]:
    """What central has, the newest first."""
    with hall.central.database.read() as connection:
        found: tuple[MatterRecord, ...] = matters.list_since(
            connection, hall.clock.now().replace(year=2000)
        )
    return tuple(map(fold_matter, found))


async def take_in(person: Person) -> None:
    """Take an inquiry in for the market department, typed by hand."""
    await person.press("ctrl+r", "enter", "enter", "down", "down", "enter")
    await person.type(TEXT)
    await person.press("tab")
    await person.type("钱多多")
    await person.press("enter")
    await person.type("138")
    await person.press("ctrl+y")
    assert "Not a phone number." in person.text
    await person.press("end", "ctrl+u")
    await person.type("13900001234")
    await person.press("ctrl+y")


async def hides_by_itself(official: Person) -> None:
    """A number that is shown whole: where the desk locks, and after a while."""
    await official.press("f8")
    await official.type(PASSWORD)
    await official.press("enter")
    assert "13900001234" not in official.text, "who unlocks may be another"
    await official.press("ctrl+e")
    await official.type("回电核实")
    await official.press("enter")
    assert "13900001234" in official.text
    assert isinstance(official.app.screen, MattersScreen)
    await ring(official.app.screen._whole.hiding)
    await settle(official.pilot)
    assert "13900001234" not in official.text


async def test_taken_in_with_the_line_down_answered_and_told(
    desk: Desk, hall: Hall, open_at: OpenDesk
) -> None:
    market = open_at("market", department="market", login="market-handler")
    hall.stop()
    async with at(desk, "counter") as window:
        await window.press("shift+f11")
        assert isinstance(window.app.screen, MattersScreen)
        assert "Nobody has brought anything yet. Ctrl+R takes in" in window.text
        await take_in(window)
        assert "Taken in under the number" in window.toasts
        assert "… ● In time" in window.text, "it waits for the line"
        assert "139****1234" in window.text, "masked from the beginning"
        assert not desk.matters.list().matters[0].to_do, "the department answers"
    hall.start()
    desk.sync.run_once()
    (taken,) = kept(hall)
    assert (taken.brought.text, taken.brought.phone) == (TEXT, "13900001234")
    market.sync.run_once()
    async with at(market, "market-handler", LARGE) as official:
        await official.press("shift+f11")
        assert "139****1234" in official.text
        await official.press("ctrl+e")
        await official.type("回电核实")
        await official.press("enter")
        assert "13900001234" in official.text, "whole for a while"
        await hides_by_itself(official)
        await official.press("ctrl+a")
        await official.type(REPLY.text)
        await official.press("ctrl+y")
        assert "It is noted" in official.toasts
    market.sync.run_once()
    desk.sync.run_once()
    async with at(desk, "counter") as window:
        await window.press("shift+f11")
        assert "For me 1" in window.text
        assert REPLY.text in window.text
        await window.press("ctrl+f")
        await window.type("已当面告知")
        await window.press("enter")
    desk.sync.run_once()
    (told,) = kept(hall)
    assert told.stage is MatterStage.TOLD
    assert (told.told and told.told.note, told.answered and told.answered.by.name) == (
        "已当面告知",
        "市监handler",
    )
    assert hall.list_audit("matter.unmasked")


async def test_nothing_typed_is_lost_where_it_is_refused(
    desk: Desk, hall: Hall, open_at: OpenDesk
) -> None:
    market = open_at("market", department="market", login="market-handler")
    desk.matters.take(INQUIRY)
    desk.sync.run_once()
    market.sync.run_once()
    with pytest.raises(InputError, match="words_missing"):
        desk.matters.take(replace(INQUIRY, text=" "))
    async with at(market, "market-handler") as official:
        await official.press("shift+f11", "ctrl+g", "enter")
        await official.type("属于城管职责")
        await official.press("escape")
        await official.press("ctrl+g", "enter")
        assert "属于城管职责" in official.text, "left by Escape, it is offered again"
        await official.press("enter")
        assert official.front == "MattersScreen"
    market.sync.run_once()
    assert kept(hall)[0].department == "construction"
    assert not market.matters.list().matters, "handed on, it leaves this desk"


async def test_a_manager_answers_what_no_desk_here_holds(
    desk: Desk, hall: Hall, open_at: OpenDesk
) -> None:
    market = open_at("market", department="market", login="market-approver")
    desk.matters.take(replace(INQUIRY, kind=MatterKind.COMPLAINT, department=""))
    desk.sync.run_once()

    def rate(connection: Connection) -> None:
        change = open_follow_up(connection, RATED, hall.clock.now(), window="w1")
        assert change is not None
        feed.announce(connection, (change,))

    hall.central.database.commit(rate)
    market.sync.run_once()
    desk.sync.run_once()
    assert len(desk.matters.list().matters) == 1, "no window sees who rated it"
    async with at(market, "market-approver") as official:
        await official.press("shift+f11", "ctrl+w")
        await official.type("系统故障")
        await official.press("ctrl+y")
    market.sync.run_once()
    audit = open_at("audit", login="auditor")
    theirs = {one.matter.kind: one.to_do for one in audit.matters.list().matters}
    assert theirs == {MatterKind.COMPLAINT: False, MatterKind.FOLLOW_UP: True}
    manager = open_at("w2", window="w2")
    async with at(manager, "manager", LARGE) as person:
        await person.press("shift+f11")
        assert "For me 2" in person.text
        assert "Appeal waits" in person.text
        await person.type("两个小时")
        await person.press("down")
        assert "系统故障" in person.text
        await person.press("ctrl+a", "down", "enter")
        await person.type("评价内容与办件无关")
        await person.press("enter")
        assert "For me 1" in person.text, "at once: this desk does not hold it"
    stages = {one.kind: one.stage for one in kept(hall)}
    assert stages[MatterKind.FOLLOW_UP] is MatterStage.EXCLUDED


async def test_what_a_colleague_did_first_is_told_and_the_words_stay(
    hall: Hall, open_at: OpenDesk, desk: Desk
) -> None:
    desk.matters.take(INQUIRY)
    desk.sync.run_once()
    first = open_at("market", department="market", login="market-handler")
    second = open_at("market2", department="market", login="market-approver")
    (mine,), (theirs,) = first.matters.list().matters, second.matters.list().matters
    second.matters.move(theirs, REPLY)
    second.sync.run_once()
    first.matters.move(mine, replace(REPLY, text="另一个答复"))
    assert first.matters.list().matters[0].waiting
    first.sync.run_once()
    (refused,) = [one for one in first.sync.outbox() if one.is_refused]
    assert refused.answer
    assert refused.answer.refusal
    assert refused.answer.refusal.code == "matter.answered"
    async with at(first, "market-handler") as official:
        await official.press("f6", "enter")
        assert "另一个答复" in official.text, "the words are not lost"
        assert "has answered it already" in official.text
        await official.press("escape")
    (shown,) = first.matters.list().matters
    assert shown.matter.answered
    assert shown.matter.answered.text == REPLY.text
