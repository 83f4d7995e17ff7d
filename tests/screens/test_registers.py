"""Registers of others at a desk: with the case as evidence, from its page, and with a reason."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from central.__main__ import main
from central.db import findings, lookups
from clerk.contract.identity import IdKind
from clerk.contract.register import AnswerState, AskRegister, LookedUp
from clerk.contract.session import Purpose
from screens.dialogs import AskText
from screens.lookup.screen import LookUpScreen
from services.bootstrap import Desk
from tests.screens.story import at
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import Hall, OpenDesk, open_paper, type_walk_in
from tests.support.people import a_person
from tests.support.register_hall import RegisterTown, register_town
from tests.support.register_server import Mode
from tests.support.screens import LARGE, SMALL

PERSON = a_person(2)


@pytest.fixture
def town(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Iterator[RegisterTown]:
    """Three registers that the food item needs."""
    monkeypatch.setenv("TEST_REGISTER_TOKEN", "a token of tests")
    items = {"tax": "*", "safety": FOOD.id, "weather": FOOD.id}
    with register_town(hall.central, items, timeout_s=2, attempts=1) as running:
        running.know(PERSON)
        yield running


def receive_looked_up(desk: Desk) -> str:
    """A walk-in whose card was filled in before the receipt."""
    draft = type_walk_in(desk, FOOD, seed=2)
    card = desk.lookup.card(IdKind.RESIDENT, PERSON.id_number, draft.id)
    for offer in card.offers:
        ask = AskRegister(
            register=offer.register,
            id_kind=IdKind.RESIDENT,
            id_number=PERSON.id_number,
            items=(FOOD.id,),
        )
        desk.lookup.section(card, offer, ask)
    visit = desk.intake.receive(replace(draft, card=card))
    desk.sync.run_once()
    return visit.cases[0].case_id


async def test_what_was_seen_stays_with_the_case_on_page_and_paper(
    desk: Desk, town: RegisterTown
) -> None:
    town["weather"].mode = Mode.FAILING
    town["safety"].mode = Mode.OTHER_PERSON
    case_id = receive_looked_up(desk)
    async with at(desk, "counter", LARGE) as person:
        await person.press("enter")
        told = str(person.app.screen.query_one("#case-registers").render())
        assert "✓ 税务登记库  answered now, as of 2026-05-30" in told
        assert "状态  正常" in told
        assert "? 防雷检测库  to be checked" in told
        assert "The register does not answer." in told
        assert "? 安全生产监管库  to be checked" in told
        assert "another person's data" in told
        assert "seen 2026-06-01 09:30" in told
        assert PERSON.phone not in told
    sheet = open_paper(desk.papers.print_sheet(desk.cases.detail(case_id).record))
    for word in ("查询的登记信息", "税务登记库", "状态 正常", "待核实", "人口库"):
        assert word in sheet
    assert PERSON.id_number not in sheet
    assert PERSON.phone not in sheet


async def test_the_department_looks_from_the_page_of_its_case(
    desk: Desk, open_at: OpenDesk, town: RegisterTown
) -> None:
    town["weather"].mode = Mode.FAILING
    case_id = receive_looked_up(desk)
    desk.counter.accept(case_id)
    town["weather"].mode = Mode.WELL
    office = open_at("market", department="market", login="market-handler")
    async with at(office, "market-handler", SMALL) as person:
        await person.press("enter", "shift+f2")
        assert isinstance(person.app.screen, LookUpScreen)
        told = person.app.screen.view
        assert "what is seen is kept with it" in person.text
        assert "等级  A" in str(told.render()), "a handler sees the rating"
        assert "✓ 防雷检测库" in str(told.render())
        await person.press("escape")
    office.sync.run_once()
    case = office.cases.detail(case_id)
    states = {one.register: one.state for one in case.case.looked}
    assert states["weather"] is AnswerState.ANSWERED
    assert any(isinstance(one, LookedUp) for one in case.record.events)
    async with at(office, "market-handler", LARGE) as person:
        await person.press("enter")
        assert "Looked into registers: 防雷检测库" in str(
            person.app.screen.query_one("#case-timeline").render()
        )


async def test_outside_ones_own_work_it_takes_a_reason_and_the_auditor_is_told(
    desk: Desk, hall: Hall, town: RegisterTown
) -> None:
    async with at(desk, "counter", SMALL) as person:
        await person.press("shift+f2")
        assert isinstance(person.app.screen, AskText)
        await person.type(PERSON.id_number)
        await person.press("enter", "ctrl+y")
        assert isinstance(person.app.screen, AskText), "no look without a reason"
        await person.type("walked in lost")
        await person.press("enter")
        assert isinstance(person.app.screen, LookUpScreen)
        assert PERSON.name in person.text
        assert "The auditor is told." in person.text
        assert "税务登记库" not in person.text, "no item needs it"
        assert PERSON.id_number not in person.text
    with hall.central.database.read() as connection:
        (found,) = findings.list_between(connection, MONDAY, MONDAY + timedelta(days=1))
        looks = lookups.list_of(connection, lookups.digest(connection, PERSON.id_number))
    assert (found.rule, found.parameters["reason"]) == ("R10", "walked in lost")
    assert [one.purpose for one in looks] == [Purpose.BREAK_GLASS]


async def test_an_old_code_is_explained_and_on_record_and_nobody_is_looked_up(
    desk: Desk, hall: Hall
) -> None:
    async with at(desk, "counter", SMALL) as person:
        await person.press("shift+f2")
        await person.type("110108000000016")
        await person.press("enter")
        await person.type("to compare")
        await person.press("enter")
        assert isinstance(person.app.screen, LookUpScreen)
        assert "Nobody was looked up, and it is on record." in person.text
        assert "18 characters" in person.text
    assert hall.count("lookups") == 0
    assert hall.list_audit("lookup.refused") == ["none"]


def test_the_access_log_is_printed(
    desk: Desk, hall: Hall, town: RegisterTown, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town["weather"].mode = Mode.FAILING
    receive_looked_up(desk)
    day = ("--since", "2026-06-01", "--until", "2026-06-01")
    command = ["--language", "en", "--database", hall.url, "lookups", *day]
    assert main(command) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    seen = {line[4]: (line[2], line[5], line[8]) for line in lines}
    assert seen["tax"] == ("draft", "answered", "–")
    assert seen["weather"] == ("draft", "to_be_checked", "register.down")
    assert {"population", "licences", "cases", "representation"} < seen.keys()
    assert PERSON.id_number not in str(lines)
    file = tmp_path / "looks.csv"
    assert main([*command, "--purpose", "draft", "--csv", str(file)]) == 0
    assert len(file.read_text("utf-8-sig").splitlines()) == len(lines) + 1
    assert main([*command, "--purpose", "break_glass"]) == 0
    assert hall.list_audit("lookups.read") == ["all", "draft", "break_glass"]


def test_nobodys_number_is_in_a_log_or_an_address(
    desk: Desk, town: RegisterTown, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    town["weather"].mode = Mode.NONSENSE
    receive_looked_up(desk)
    told = "\n".join(f"{one.getMessage()} {one.__dict__}" for one in caplog.records)
    assert "register.asked" in told
    for secret in (PERSON.id_number, PERSON.phone, PERSON.name, "a token of tests"):
        assert secret not in told
    for register in town.registers.values():
        assert all(PERSON.id_number not in f"{one.path}{one.headers}" for one in register.asked)
