"""`clerk-central import` as somebody at the console meets it."""

from __future__ import annotations

import csv
import shutil
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from central.__main__ import main
from central.db.engine import open_database
from central.imports.command import run as run_import
from clerk.clock import SystemClock
from clerk.locale import use_language
from clerk.locale.problems import tell
from tests.central.imports.files import (
    write_items,
    write_limits,
    write_materials,
    write_workbook,
)
from tests.support.people import people

Central = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, initialised: Path) -> Central:
    """Run `clerk-central` on a database of its own, in English."""
    use_language("en")
    url = f"sqlite:///{shutil.copy(initialised, tmp_path / 'central.db')}"

    def call(*arguments: str | Path) -> int:
        return main(["--language", "en", "--database", url, *map(str, arguments)])

    return call


def test_the_account_of_an_import(
    run: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_items(tmp_path / "items.csv", {}, {"code": "", "name": "甲"}, {"name": ""})
    errors = tmp_path / "errors.csv"
    assert run("import", "items", path, "--errors", errors) == 1
    told = capsys.readouterr().out
    assert "items.csv: rows read: 3; 2 new, 0 changed, 0 unchanged, 1 refused." in told
    assert "New versions of items: 2, new departments: 1." in told
    assert f"row 4, column name: {tell('item.name_empty')}" in told
    assert f"Warning (×1), first in row 3, column code: {tell('code.empty')}" in told
    with errors.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["reason"] for row in rows)
    assert [
        (row["row"], row["column"], row["kind"], row["code"], row["remedy"]) for row in rows
    ] == [
        ("3", "code", "warning", "code.empty", ""),
        ("4", "name", "refused", "item.name_empty", tell("item.name_empty").remedy),
    ]


def test_strict_says_that_nothing_was_imported(
    run: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_items(tmp_path / "items.csv", {}, {"name": ""})
    assert run("import", "items", "--strict", path) == 1
    assert "Nothing was imported" in capsys.readouterr().out


def test_items_takes_all_three_shapes(
    run: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", "items", write_items(tmp_path / "i.csv", {})) == 0
    assert run("import", "items", write_limits(tmp_path / "l.csv", {})) == 0
    assert run("import", "items", write_materials(tmp_path / "m.csv", {})) == 0
    assert capsys.readouterr().out.count("New versions of items: 1,") == 3
    assert run("import", "materials", tmp_path / "i.csv") == 1
    assert str(tell("file.no_header", {"file": "i.csv"})) in capsys.readouterr().err


def test_people_from_a_workbook(
    run: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (person,) = people(1, 1)
    rows: list[list[object]] = [["姓名", "公民身份号码"], [person.name, person.id_number]]
    path = write_workbook(tmp_path / "p.xlsx", rows)
    assert run("import", "people", path) == 0
    assert "p.xlsx: rows read: 1; 1 new" in capsys.readouterr().out


def test_an_error_is_a_sentence(
    run: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "items.xlsx"
    path.write_bytes(b"PK\x03\x04")
    assert run("import", "items", path) == 1
    assert str(tell("file.broken_workbook", {"file": "items.xlsx"})) in capsys.readouterr().err


def test_a_database_that_was_never_made_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    path = write_items(tmp_path / "items.csv", {})
    assert main(["--database", url, "import", "items", str(path)]) == 1


def test_a_folder_of_catalogue_files(
    run: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "catalogue"
    folder.mkdir()
    write_materials(folder / "3.csv", {})
    write_items(folder / "1.csv", {}, {"code": "", "name": ""})
    write_limits(folder / "2.csv", {"promise": "soon"})
    (folder / "remarks.docx").write_bytes(b"no table")
    assert run("import", "items", folder) == 1
    told = capsys.readouterr().out
    assert [line.partition(":")[0] for line in told.splitlines() if "rows read" in line] == [
        "1.csv",
        "2.csv",
        "3.csv",
    ]
    assert {one.name for one in folder.glob("*.errors.csv")} == {
        "1.csv.errors.csv",
        "2.csv.errors.csv",
    }
    text = (folder / "2.csv.errors.csv").read_text("utf-8-sig")
    assert "2,promise,soon,warning,limit.unread" in text
    assert run("import", "items", folder) == 1
    assert "2 unchanged" not in capsys.readouterr().out
    assert run("import", "items", folder / "1.csv", "--errors", folder / "1.csv") == 1
    assert str(tell("import.errors_over_input", {"file": "1.csv"})) in capsys.readouterr().err
    assert (folder / "1.csv").exists()
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("import", "people", empty) == 1
    assert str(tell("import.folder_empty", {"folder": "empty"})) in capsys.readouterr().err


def test_the_loads_are_listed(
    run: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (person,) = people(1, 1)
    path = write_workbook(
        tmp_path / "p.xlsx", [["姓名", "身份证号"], [person.name, person.id_number]]
    )
    assert run("import", "people", path) == 0
    capsys.readouterr()
    assert run("import", "list") == 0
    told = capsys.readouterr().out
    assert "people\tp.xlsx\t" in told
    assert told.endswith("\t1\t1\t0\t0\tdone\n")
    assert told.startswith("began\tlist\tfile\tby\tread\tadded\tchanged\trefused\tstate\n")


class Impatient(SystemClock):
    """Somebody presses Ctrl+C when the first rows are written."""

    asked = 0

    def monotonic_ms(self) -> int:
        self.asked += 1
        if self.asked > 1:
            raise KeyboardInterrupt
        return super().monotonic_ms()


def test_who_breaks_a_load_off_is_told_how_it_goes_on(
    run: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (person,) = people(1, 1)
    path = write_workbook(
        tmp_path / "p.xlsx", [["姓名", "身份证号"], [person.name, person.id_number]]
    )
    told = Namespace(file=path, errors=None, kind="people", source="人口库", renames=False)
    database = open_database(f"sqlite:///{tmp_path / 'central.db'}")
    try:
        with pytest.raises(KeyboardInterrupt):
            run_import(told, database, Impatient())
    finally:
        database.close()
    assert "the same command goes on from there" in capsys.readouterr().out
    assert run("import", "people", path) == 0
    assert "rows read: 1; 1 new" in capsys.readouterr().out
