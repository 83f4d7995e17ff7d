"""A central of its own for tests of flows and bundles, and files to import into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace
from openpyxl import Workbook

from central.__main__ import main
from central.db import catalogue, offices, users
from central.db.engine import Connection, Database, open_database
from central.imports.flows.flow_file import FLOWS
from central.jobs.coming import sweep_coming
from central.service import Central
from clerk.clock import OFFICE_ZONE, SettableClock
from clerk.contract.item import Item
from clerk.locale import use_language
from tests.support.cases import APPROVER, FOOD, HANDLER, MONDAY, REVIEWER
from tests.support.central import DEPARTMENTS, SIGN

T = TypeVar("T")
HEAD = tuple(names[0] for names in FLOWS.columns.values())


class City:
    """A database of its own with a few items, and the program run on it."""

    def __init__(self, folder: Path, initialised: Path, capsys: pytest.CaptureFixture[str]) -> None:
        shutil.copy(initialised, folder / "central.db")
        self.url = f"sqlite:///{folder / 'central.db'}"
        self.folder = folder
        self._capsys = capsys

    def run(self, *arguments: str | Path) -> tuple[int, str]:
        use_language("en")
        status = main(["--language", "en", "--database", self.url, *map(str, arguments)])
        told = self._capsys.readouterr()
        return status, told.out + told.err

    def within(self, work: Callable[[Connection], T]) -> T:
        database: Database = open_database(self.url)
        try:
            return database.commit(work)
        finally:
            database.close()

    def bring(self, day: date) -> int:
        """What takes effect by the morning of a day."""
        database = open_database(self.url)
        morning = datetime.combine(day, time(8), OFFICE_ZONE)
        try:
            return sweep_coming(Central(database, clock=SettableClock(morning)))
        finally:
            database.close()

    def item(self, version: int | None = None) -> Item:
        found = self.within(lambda one: catalogue.find_item(one, "food", version))
        assert found is not None
        return found

    def flows(self, *rows: dict[str, str]) -> Path:
        """A workbook with a title above its head, as offices like it."""
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "流程"
        sheet.append(["办理流程一览"])
        sheet.append(HEAD)
        for row in rows:
            sheet.append([row.get(column, "") for column in FLOWS.columns])
        path = self.folder / "flows.xlsx"
        book.save(path)
        return path

    def bundles(self, stages: Sequence[Sequence[str]], nodes: Sequence[Sequence[str]]) -> Path:
        book = Workbook()
        book.remove(book.active)  # type: ignore[arg-type]
        for title, head, rows in (
            ("阶段", ("一件事编号", "一件事名称", "牵头部门", "阶段"), stages),
            ("事项", ("一件事编号", "阶段", "事项", "主辅", "等待"), nodes),
        ):
            sheet = book.create_sheet(title)
            sheet.append(head)
            for row in rows:
                sheet.append(list(row))
        path = self.folder / "bundles.xlsx"
        book.save(path)
        return path

    def text(self, name: str, content: str) -> Path:
        path = self.folder / name
        path.write_text(content, "utf-8")
        return path


def lay(connection: Connection) -> None:
    for one in DEPARTMENTS:
        offices.put_department(connection, one)
    twin = replace(FOOD, id="twin", name="同名事项", department="fire")
    for item in (FOOD, SIGN, twin, replace(twin, id="twin2", department="culture")):
        catalogue.add_item(connection, replace(item, version=1), item.id, MONDAY)
    for user in (HANDLER, REVIEWER, APPROVER):
        users.add(connection, user, "no password", MONDAY)


@pytest.fixture
def city(tmp_path: Path, initialised: Path, capsys: pytest.CaptureFixture[str]) -> City:
    made = City(tmp_path, initialised, capsys)
    made.within(lay)
    return made


@pytest.fixture
def seeded(tmp_path: Path, initialised: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """The demo city, all but its people."""
    made = City(tmp_path, initialised, capsys)
    assert made.run("seed", "--people", "2", "--organisations", "2")[0] == 0
    return made
