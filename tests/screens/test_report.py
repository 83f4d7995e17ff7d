"""The manager's figures on the screen and in the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from screens.report.screen import ReportScreen
from services.bootstrap import Desk
from tests.screens.story import accept, at, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN
from tests.support.screens import LARGE, SMALL


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_counted_and_exported(desk: Desk, size: tuple[int, int]) -> None:
    accept(desk, FOOD, seed=1)
    receive(desk, SIGN, seed=2)
    async with at(desk, "manager", size) as person:
        await person.press("f7")
        screen = person.app.screen
        assert isinstance(screen, ReportScreen)
        assert FOOD.department_name in person.text
        assert "综合三号窗" in person.text
        await person.press("ctrl+l")
        told = str(screen.query_one("#export-path").render())
        path = Path(told.removeprefix("The workbook is at "))
        assert load_workbook(path).sheetnames
        assert str(path) in "".join(line.strip() for line in person.text.splitlines())


async def test_a_wrong_date_is_said_beside_it(desk: Desk) -> None:
    async with at(desk, "manager") as person:
        await person.press("f7", "shift+tab")
        await person.type("x")
        await person.press("enter")
        assert "A date is written as" in person.text


async def test_a_period_that_ends_before_it_begins(desk: Desk) -> None:
    async with at(desk, "manager") as person:
        await person.press("f7", "shift+tab", "home", "delete", "delete", "delete", "delete")
        await person.type("2020")
        await person.press("enter")
        assert "The first day comes after the last one." in person.text
