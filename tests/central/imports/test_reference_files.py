"""The real files, as they are: counted, in any order, and a second time without effect."""

from __future__ import annotations

import shutil
from contextlib import closing
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Table, func, select

from central.db import items
from central.db.engine import Database, open_database
from central.db.schema import audit, catalogue_parts, feed
from clerk.contract.item import Item, MaterialSource, Necessity
from clerk.contract.limits import Limit
from tests.central.imports.files import take

FILES = ("items", "item_limits", "item_materials")
ROWS = {"items": 1202, "item_limits": 67, "item_materials": 447}


def contents(database: Database) -> list[Item]:
    """All items in their current versions, without the version."""
    with database.read() as connection:
        current = items.list_current(connection)
    return [msgspec.structs.replace(item, version=0) for item in current]


def count(database: Database, table: Table = feed) -> int:
    """How many rows a table has."""
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_counts(database: Database, reference_data: Path) -> None:
    reports = {name: take(database, reference_data / f"{name}.csv") for name in FILES}
    assert {name: report.read for name, report in reports.items()} == ROWS
    assert {name: report.added for name, report in reports.items()} == ROWS
    assert not any(report.refused or report.waiting for report in reports.values())
    assert reports["items"].departments == 54
    assert reports["items"].versions == 1202
    with database.read() as connection:
        assert len(items.list_departments(connection)) == 54
        assert len(items.list_known(connection)) == 1202
    # One row of the feed for each department, item and further version, and the first of all.
    limited = reports["item_limits"].versions
    assert limited == 64, "three limits are blank"
    assert count(database) == 1 + 54 + 1202 + limited + 67
    assert count(database, audit) == 3


def test_warnings_of_the_real_items(sqlite_database: Database, reference_data: Path) -> None:
    report = take(sqlite_database, reference_data / "items.csv")
    found = {note.code for note in report.warnings}
    assert found == {
        "code.empty",
        "code.form_unknown",
        "code.old_organisation",
        "code.organisation_wrong",
        "code.pseudo",
        "code.several_forms",
        "item.name_twice",
    }
    assert sum(note.code == "code.empty" for note in report.warnings) == 63
    assert {note.column for note in report.warnings} == {"code", "name"}


def test_codes_stay_as_they_are(sqlite_database: Database, reference_data: Path) -> None:
    import csv

    take(sqlite_database, reference_data / "items.csv")
    with (reference_data / "items.csv").open(encoding="utf-8", newline="") as file:
        wanted = sorted(row["code"] for row in csv.DictReader(file))
    assert sorted(item.code for item in contents(sqlite_database)) == wanted


def test_a_second_import_changes_nothing(database: Database, reference_data: Path) -> None:
    for name in FILES:
        take(database, reference_data / f"{name}.csv")
    before, fed = contents(database), count(database)
    for name in FILES:
        again = take(database, reference_data / f"{name}.csv")
        assert (again.unchanged, again.added, again.changed) == (ROWS[name], 0, 0)
        assert (again.versions, again.departments) == (0, 0)
    assert contents(database) == before
    assert count(database) == fed, "nobody is told of nothing"
    assert {item.version for item in _current(database)} <= {1, 2, 3}


@pytest.mark.parametrize("order", list(permutations(FILES))[1:], ids="-".join)
def test_any_order_ends_alike(
    sqlite_database: Database, reference_data: Path, in_order: list[bytes], order: tuple[str, ...]
) -> None:
    for name in order:
        take(sqlite_database, reference_data / f"{name}.csv")
    everything = contents(sqlite_database)
    assert len(everything) == 1202
    assert sum(len(item.materials) for item in everything) == 447
    assert sum(item.promised is not None for item in everything) == 64
    with sqlite_database.read() as connection:
        waiting = select(catalogue_parts.c.key).where(catalogue_parts.c.item == "")
        assert not connection.execute(waiting).all()
    assert state_of(sqlite_database) == in_order


def state_of(database: Database) -> list[bytes]:
    return sorted(msgspec.json.encode(item) for item in contents(database))


@pytest.fixture(scope="module")
def in_order(
    sqlite_mould: Path, reference_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[bytes]:
    """What the files come to, taken in their own order."""
    path = tmp_path_factory.mktemp("order") / "central.db"
    shutil.copy(sqlite_mould, path)
    with closing(open_database(f"sqlite:///{path}")) as database:
        for name in FILES:
            take(database, reference_data / f"{name}.csv")
        return state_of(database)


def test_limits_and_materials_mean_what_they_say(database: Database, reference_data: Path) -> None:
    for name in FILES:
        take(database, reference_data / f"{name}.csv")
    named = {(item.name, item.department_name): item for item in contents(database)}
    archive = named["企业退休人员档案关系接收", "人力资源和社会保障服务中心"]
    assert archive.promised == Limit(1), "1个工作日内"
    assert [one.key for one in archive.materials] == ["m1", "m2", "m3"]
    equipment = named["特种设备使用登记", "嘉定区市场监督管理局"]
    assert equipment.promised is None, "its limit is blank"
    counted = {(one.originals, one.copies) for one in equipment.materials}
    assert counted == {(0, 3), (0, 1), (1, 0), (0, 2), (2, 0)}
    study = named["政府投资项目审批——可行性研究报告审批", "灵山县发展和改革局"]
    assert study.materials[1].originals == 3
    assert study.materials[8].necessity is Necessity.OPTIONAL
    assert {one.source for one in study.materials} == {MaterialSource.APPLICANT}
    assert study.initials == "zftzxmspkxxyjbgsp"


def test_a_gb18030_copy_is_the_same_file(
    sqlite_database: Database, reference_data: Path, tmp_path: Path
) -> None:
    text = (reference_data / "items.csv").read_text(encoding="utf-8")
    copy = tmp_path / "items-gb.csv"
    copy.write_bytes(text.encode("gb18030"))
    take(sqlite_database, reference_data / "items.csv")
    again = take(sqlite_database, copy)
    assert (again.unchanged, again.read) == (1202, 1202)


def _current(database: Database) -> tuple[Item, ...]:
    with database.read() as connection:
        return items.list_current(connection)
