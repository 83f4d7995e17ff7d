"""Every report on the screen, and its workbook."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from central.reporting.templates import keep, read_template
from clerk.locale import _
from clerk.rules.reports.listing import REPORTS, WORKLOAD
from screens.dialogs.ask import AskText
from screens.dialogs.choose import Choose
from screens.report.screen import ReportScreen
from services.bootstrap import Desk
from tests.screens.story import Person, accept, at, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall
from tests.support.screens import LARGE, SMALL


async def exported(person: Person, key: str) -> Path:
    """The file that a key wrote, as the screen tells it."""
    await person.press(key)
    screen = person.app.screen
    told = str(screen.query_one("#export-path").render())
    assert told.removeprefix("The workbook is at ") in "".join(
        line.strip() for line in person.text.splitlines()
    )
    return Path(told.removeprefix("The workbook is at "))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_counted_and_exported(desk: Desk, size: tuple[int, int]) -> None:
    accept(desk, FOOD, seed=1)
    receive(desk, SIGN, seed=2)
    async with at(desk, "manager", size) as person:
        await person.press("f7")
        assert isinstance(person.app.screen, ReportScreen)
        assert FOOD.department_name in person.text
        await person.press("right")
        assert "综合三号窗" in person.text
        assert "By clerk" in load_workbook(await exported(person, "ctrl+l")).sheetnames
        rows = load_workbook(await exported(person, "ctrl+x"))["Cases"]
        assert rows.max_row == 3


def own_workbook(path: Path, text: str) -> Path:
    """A workbook of the office's with one cell that asks for something."""
    book = Workbook()
    book.worksheets[0]["B2"] = text
    book.save(path)
    return path


async def test_the_offices_workbook_from_central_or_from_a_file(
    desk: Desk, hall: Hall, tmp_path: Path
) -> None:
    accept(desk, FOOD, seed=1)
    asked = own_workbook(tmp_path / "own.xlsx", "{{received:department=nobody}}")
    kept = own_workbook(tmp_path / "月报.xlsx", "{{received}}")
    async with at(desk, "manager", SMALL) as person:
        await person.press("f7")
        assert "Shift+F1 Own workbook" in person.text
        await person.press("shift+f1")
        assert isinstance(person.app.screen, AskText), "none is kept: a file is asked for"
        await person.type(str(asked))
        await person.press("ctrl+y")
        assert "Sheet!B2: the report has no row for" in person.text
        named = read_template(WORKLOAD, kept)
        keeping = partial(keep, report=WORKLOAD, named=named, at=hall.clock.now())
        hall.central.database.commit(keeping)
        await person.press("shift+f1")
        assert "月报" in person.text
        path = await exported(person, "enter")
        assert path.stem.startswith("report-workload-月报-")
        assert load_workbook(path)["Sheet"]["B2"].value == 1


async def test_every_report_is_shown_and_can_be_taken_along(desk: Desk) -> None:
    accept(desk, FOOD, seed=1)
    async with at(desk, "manager", LARGE) as person:
        await person.press("f7")
        for place, report in enumerate(REPORTS.values()):
            await person.press("f7")
            assert isinstance(person.app.screen, Choose)
            await person.press("home", *("down",) * place, "enter")
            assert _(report.title) in person.text
            assert report.dimensions[0].title in person.text
            book = load_workbook(await exported(person, "ctrl+l"))
            assert book.sheetnames[: len(report.dimensions)] == [
                one.title for one in report.dimensions
            ]


async def test_a_report_is_chosen_by_what_is_typed_of_it(desk: Desk) -> None:
    """Many things to choose from are narrowed; what fits nothing chooses nothing."""
    async with at(desk, "manager") as person:
        await person.press("f7", "f7")
        await person.type("overd")
        await person.press("x", "enter")
        assert isinstance(person.app.screen, Choose), "nothing fits, and nothing is taken"
        await person.press("backspace", "enter")
        assert "Overdue in detail" in person.text


async def test_a_clerk_counts_their_own_work_alone(desk: Desk) -> None:
    accept(desk, FOOD, seed=1)
    async with at(desk, "counter") as person:
        await person.press("f7")
        shown = person.app.screen
        assert isinstance(shown, ReportScreen)
        assert "My own work" in person.text
        assert FOOD.name in person.text
        await person.press("f7")
        offered = person.app.screen
        assert isinstance(offered, Choose)
        assert [key for key, _label in offered.options] == ["own"]


async def test_a_wrong_date_is_said_beside_it(desk: Desk) -> None:
    async with at(desk, "manager") as person:
        await person.press("f7", "shift+tab", "shift+tab")
        await person.type("x")
        await person.press("enter")
        assert "A date is written as" in person.text


async def test_a_period_that_ends_before_it_begins(desk: Desk) -> None:
    async with at(desk, "manager") as person:
        await person.press(
            "f7", "shift+tab", "shift+tab", "home", "delete", "delete", "delete", "delete"
        )
        await person.type("2020")
        await person.press("enter")
        assert "The first day comes after the last one." in person.text
