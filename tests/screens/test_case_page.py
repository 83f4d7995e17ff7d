"""A case as one page: its sections, the clock explained, papers printed again with a click."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from clerk.clock import SettableClock
from clerk.contract.case import MaterialState, Ticked
from clerk.errors import StoreError
from clerk.rules.case.timing import timing_of
from screens.case.clock_part import clocks
from screens.case.exempted import explain_exempted
from screens.case.page import dates, materials
from screens.case.performer import context_of
from screens.case.screen import CaseScreen
from screens.themes import THEMES
from services.bootstrap import Desk
from services.cases import CaseDetail, Cases
from tests.screens.story import Person, accept, at, grant
from tests.support.cases import FOOD
from tests.support.desk import OpenDesk
from tests.support.screens import LARGE, SMALL, settle


def page(person: Person) -> CaseScreen:
    """The page in front."""
    assert isinstance(person.app.screen, CaseScreen)
    return person.app.screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_digits_and_clicks_lead_to_the_sections(desk: Desk, size: tuple[int, int]) -> None:
    (case_id,) = accept(desk, FOOD)
    async with at(desk, "counter", size) as person:
        person.app.open_case(case_id)
        await settle(person.pilot)
        await person.press("6")
        bar = page(person).section_bar
        assert [title for _name, title in bar.sections] == [
            *("Applicant", "Materials", "Papers", "Clock", "Flow", "What happened"),
        ]
        assert bar.here == 5
        assert "Accepted at the window" in person.text
        await person.press("9")
        assert bar.here == 5
        assert "The last part of this case is 6." in person.toasts, "no digit is dead"
        await person.press("ctrl+down")
        assert bar.here == 0
        column = str(bar.render()).index("4 Clock")
        await person.pilot.click("SectionBar", offset=(2 + column, 0))
        assert bar.here == 3
        assert "day 0 of 8" in person.text


async def test_a_case_that_is_lost_behind_a_dialog_leaves_once_it_is_in_front(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It took the dialog for itself, and what was typed there was gone."""
    (case_id,) = accept(desk, FOOD)

    def lost(_self: Cases, _case_id: str) -> CaseDetail:
        raise StoreError("cases.locked")

    async with at(desk, "counter") as person:
        person.app.open_case(case_id)
        await settle(person.pilot)
        case = page(person)
        await person.press("f1")
        monkeypatch.setattr(Cases, "detail", lost)
        case.reload()
        await settle(person.pilot)
        assert person.front == "ProblemDialog"
        await person.press("escape")
        assert person.front == "HelpScreen"
        await person.press("escape")
        assert person.front == "HomeScreen"


async def test_a_paper_is_printed_again_with_a_click(desk: Desk) -> None:
    (case_id,) = accept(desk, FOOD)
    async with at(desk, "counter", LARGE) as person:
        person.app.open_case(case_id)
        await settle(person.pilot)
        await person.press("3")
        await person.pilot.click("#case-papers", offset=(4, 2))
        await person.press("3")
        assert "The paper is at" in person.text


async def test_the_clock_tells_what_counted_and_what_did_not(
    desk: Desk, clock: SettableClock
) -> None:
    (case_id,) = accept(desk, FOOD)
    clock.turn(timedelta(days=9))
    desk.session.sign_in("counter", "paper-and-seal")
    told = clocks(desk.cases.detail(case_id).case, context_of(desk)).plain
    assert "day 7 of 8" in told
    assert "not counted: 2 at weekends" in told
    assert "To accept by · 5 working days  2026-06-01 → 2026-06-08" in told
    assert "day 0 of 5, ended on 2026-06-01" in told


def test_a_decided_case_says_what_was_left_of_its_limits(desk: Desk, open_at: OpenDesk) -> None:
    (case_id,) = accept(desk, FOOD)
    there = open_at("market", department="market")
    grant(desk, there, "market", case_id)
    case, now = there.cases.detail(case_id).case, there.clock.now()
    facts = dates(case, timing_of(case, context_of(there).calendar, now), now)
    told = {one.label: one.value for one in facts}
    assert told["Promised"] == "2026-06-11, decided with 8 working days to spare"
    assert told["Deliver by"] == "2026-06-15, 10 working days left"


def test_an_exempted_paper_says_what_stands_for_it(desk: Desk) -> None:
    (case_id,) = accept(desk, FOOD)
    case = desk.cases.detail(case_id).case
    tick = Ticked(key="a", name="A", state=MaterialState.EXEMPTED, evidence="JY-1")
    assert explain_exempted(case, tick) == "licence JY-1 stands for it"
    other = Ticked(key="a", name="A", state=MaterialState.PROVIDED)
    assert not explain_exempted(case, other)


def test_an_exempted_paper_is_told_by_what_was_seen_of_the_licence_and_no_inner_number(
    desk: Desk,
) -> None:
    (case_id,) = accept(desk, FOOD)
    case = desk.cases.detail(case_id).case
    seen = Ticked(
        key="a",
        name="身份证",
        state=MaterialState.EXEMPTED,
        evidence="01a22299-0eca-7826-86d0-641883eeb518",
        note="居民身份证 310199********1216",
    )
    told = materials(msgspec.structs.replace(case, materials=(seen,))).plain
    assert "licence 居民身份证 310199********1216 stands for it" in told
    assert "01a22299" not in told
    assert told.count("居民身份证") == 1


@pytest.mark.parametrize("theme", [one.name for one in THEMES])
async def test_charts_have_the_colours_of_every_theme_and_figures_beside(
    desk: Desk, theme: str
) -> None:
    accept(desk, FOOD)
    async with at(desk, "manager", LARGE) as person:
        person.app.theme = theme
        await person.press("f7")
        assert "received 1" in person.text
        assert "█" in person.text
        await person.press("escape", "f10")
        assert "● In time" in person.text
        assert "░" in person.text
