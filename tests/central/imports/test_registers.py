"""Bulk loads of people and organisations: checks, duplicates, batches, going on after a break."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from central.db import loads, people
from central.db.engine import Connection, Database
from central.db.loads import BulkLoad, Progress
from central.db.people import Organisation, Person
from central.db.schema import audit as audit_table
from central.db.schema import people as people_table
from central.imports import loading
from central.imports.loading import Load, Standing
from central.imports.people import read_date
from central.imports.registers import ORGANISATIONS, PEOPLE
from central.imports.report import ImportReport
from clerk.contract.identity import IdKind
from clerk.errors import InputError
from clerk.rules.specimens import (
    SpecimenPerson,
    invent_foreign_resident,
    invent_hmt_resident,
    invent_organisation,
    invent_person,
)
from tests.central.imports.files import NOW, csv_text, write_workbook
from tests.support.moments import at
from tests.support.people import organisations
from tests.support.people import people as invent_people

PEOPLE_COLUMNS = ("公民身份号码", "姓名", "性别", "出生日期", "住址", "联系电话")
LATER = at("2026-12-01")


def row_of(person: SpecimenPerson, **changes: str) -> dict[str, str]:
    row = {
        "公民身份号码": person.id_number,
        "姓名": person.name,
        "性别": "男" if person.sex.value == "male" else "女",
        "出生日期": f"{person.born:%Y%m%d}",
        "住址": person.address,
        "联系电话": person.phone,
    }
    return row | changes


def write(path: Path, *rows: dict[str, str], encoding: str = "utf-8") -> Path:
    path.write_bytes(csv_text(PEOPLE_COLUMNS, *rows).encode(encoding))
    return path


def load(
    database: Database, path: Path, *, renames: bool = False, later: bool = False
) -> ImportReport:
    loading = Load(database, PEOPLE, source="人口库", renames=renames)
    return loading.run(path, LATER if later else NOW, "tester", lambda _: None)


def find(database: Database, number: str) -> Person | None:
    with database.read() as connection:
        return people.find_person(connection, number)


def wrong_digit(number: str) -> str:
    return number[:-1] + ("1" if number[-1] == "0" else "0")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_people_come_in_whole(sqlite_database: Database, tmp_path: Path, encoding: str) -> None:
    everybody = invent_people(3, 40)
    path = write(tmp_path / "p.csv", *map(row_of, everybody), encoding=encoding)
    report = load(sqlite_database, path)
    assert (report.read, report.added, report.warnings, report.refused) == (40, 40, (), ())
    first = everybody[0]
    assert find(sqlite_database, first.id_number) == Person(
        id_number=first.id_number,
        id_kind=IdKind.RESIDENT,
        name=first.name,
        sex=first.sex.value,
        birth_date=first.born,
        address=first.address,
        phone=first.phone,
        source="人口库",
        as_of=NOW,
    )


def test_a_second_load_changes_nothing_but_the_date(database: Database, tmp_path: Path) -> None:
    everybody = invent_people(3, 5)
    path = write(tmp_path / "p.csv", *map(row_of, everybody))
    load(database, path)
    again = load(database, path, later=True)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 5)
    found = find(database, everybody[0].id_number)
    assert found is not None
    assert found.as_of == LATER, "the register has said it again"


def test_wrong_numbers_are_refused_by_row_and_not_repeated(
    sqlite_database: Database, tmp_path: Path
) -> None:
    good, bad, short = invent_people(4, 3)
    rows = (
        row_of(good),
        row_of(bad, 公民身份号码=wrong_digit(bad.id_number)),
        row_of(short, 公民身份号码=short.id_number[:16]),
        row_of(short, 公民身份号码="6.2010219900101E+17"),
        row_of(short, 姓名=""),
        row_of(short, 公民身份号码=""),
    )
    report = load(sqlite_database, write(tmp_path / "p.csv", *rows))
    assert [(note.row, note.column, note.code) for note in report.refused] == [
        (3, "公民身份号码", "identifier.check_digit"),
        (4, "公民身份号码", "identifier.length"),
        (5, "公民身份号码", "value.rounded"),
        (6, "姓名", "person.name_empty"),
        (7, "公民身份号码", "identifier.empty"),
    ]
    assert (report.read, report.added, report.refused_count) == (6, 1, 5)
    told = msgspec.json.encode(report).decode()
    for person in (good, bad, short):
        assert person.id_number[:16] not in told
        assert person.name not in told


def test_two_people_under_one_number(database: Database, tmp_path: Path) -> None:
    one, other = invent_people(5, 2)
    twice = row_of(other, 公民身份号码=one.id_number)
    report = load(database, write(tmp_path / "p.csv", row_of(one), twice, row_of(one)))
    assert [(note.row, note.code) for note in report.refused] == [(3, "person.number_twice")]
    assert (4, "person.repeated") in {(note.row, note.code) for note in report.warnings}
    assert (report.added, report.unchanged) == (1, 1)
    later = load(database, write(tmp_path / "q.csv", twice), later=True)
    assert [note.code for note in later.refused] == ["person.other_name"]
    found = find(database, one.id_number)
    assert found is not None
    assert found.name == one.name
    renamed = load(database, tmp_path / "q.csv", renames=True, later=True)
    assert (renamed.changed, renamed.refused) == (1, ())


def test_two_people_under_one_number_in_different_batches(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 2)
    everybody = invent_people(6, 5)
    twice = row_of(everybody[4], 公民身份号码=everybody[0].id_number)
    report = load(database, write(tmp_path / "p.csv", *map(row_of, everybody), twice))
    assert [(note.row, note.code) for note in report.refused] == [(7, "person.number_twice")]
    assert report.added == 5


def test_the_number_counts_where_a_row_contradicts_it(
    sqlite_database: Database, tmp_path: Path
) -> None:
    (person,) = invent_people(7, 1)
    other = "女" if person.sex.value == "male" else "男"
    row = row_of(person, 性别=other, 出生日期="1999-12-31")
    report = load(sqlite_database, write(tmp_path / "p.csv", row))
    assert [note.code for note in report.warnings] == [
        "person.sex_contradicts",
        "person.birth_contradicts",
    ]
    found = find(sqlite_database, person.id_number)
    assert found is not None
    assert (found.sex, found.birth_date) == (person.sex.value, person.born)


def test_empty_cells_keep_what_is_known(database: Database, tmp_path: Path) -> None:
    (person,) = invent_people(8, 1)
    load(database, write(tmp_path / "p.csv", row_of(person)))
    report = load(
        database, write(tmp_path / "q.csv", row_of(person, 住址="", 联系电话="15400000000"))
    )
    assert report.changed == 1
    found = find(database, person.id_number)
    assert found is not None
    assert (found.address, found.phone) == (person.address, "15400000000")


def test_people_with_other_documents(sqlite_database: Database, tmp_path: Path) -> None:
    chance = random.Random(9)
    hmt, foreign = invent_hmt_resident(chance), invent_foreign_resident(chance)
    rows: list[list[object]] = [
        ["证件类型", "证件号码", "姓名"],
        ["港澳台居民居住证", hmt.id_number, hmt.name],
        ["外国人永久居留身份证", foreign.id_number, foreign.name],
        ["护照", "E12345678", "某人"],
        ["借书证", "1", "某人"],
    ]
    report = load(sqlite_database, write_workbook(tmp_path / "p.xlsx", rows))
    assert report.added == 3
    assert [(note.row, note.code) for note in report.refused] == [(5, "person.kind_unread")]
    kinds = [
        find(sqlite_database, number) for number in (hmt.id_number, foreign.id_number, "E12345678")
    ]
    assert [one.id_kind for one in kinds if one is not None] == [
        IdKind.HMT_RESIDENCE,
        IdKind.FOREIGN_PERMANENT_RESIDENCE,
        IdKind.PASSPORT,
    ]


class PowerCutError(Exception):
    """The power went out."""


def test_a_load_that_broke_off_goes_on(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 10)
    everybody = invent_people(10, 35)
    bad = row_of(everybody[3], 公民身份号码=wrong_digit(everybody[3].id_number))
    path = write(tmp_path / "p.csv", *map(row_of, everybody), bad)
    heard: list[int] = []

    def tell(standing: Standing) -> None:
        heard.append(standing.rows)
        if standing.rows == 20:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        Load(database, PEOPLE, source="人口库").run(path, NOW, "tester", tell)
    with database.read() as connection:
        assert len(connection.execute(select(people_table.c.name)).all()) == 20
    going_on = Load(database, PEOPLE, source="人口库")
    report = going_on.run(path, LATER, "tester", lambda one: heard.append(one.rows))
    assert heard == [10, 20, 30, 36]
    assert (report.read, report.added, report.refused_count) == (36, 35, 1)
    assert [note.code for note in report.warnings] == ["import.resumed"]
    last = find(database, everybody[34].id_number)
    assert last is not None
    assert last.as_of == NOW, "it is one load, of the moment that it began"
    assert load(database, path, later=True).unchanged == 35, "then it begins anew"


def test_a_batch_that_fails_leaves_no_row_and_no_position(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = invent_people(11, 3)
    path = write(tmp_path / "p.csv", *map(row_of, everybody))

    def fail(connection: Connection, load: BulkLoad, progress: Progress) -> BulkLoad:
        raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(loads, "advance", fail)
        with pytest.raises(PowerCutError):
            load(database, path)
    assert find(database, everybody[0].id_number) is None
    assert load(database, path).added == 3


def test_a_load_is_in_the_audit_record_without_a_name(database: Database, tmp_path: Path) -> None:
    (person,) = invent_people(12, 1)
    load(database, write(tmp_path / "p.csv", row_of(person)))
    with database.read() as connection:
        (row,) = connection.execute(select(audit_table)).all()
    assert (row.actor, row.action) == ("tester", "import.people")
    assert person.name not in str(row)
    assert person.id_number not in str(row)


def test_organisations(database: Database, tmp_path: Path) -> None:
    one, other, third = organisations(1, 3)
    rows: list[list[object]] = [
        ["统一社会信用代码", "企业名称", "法定代表人", "法定代表人证件号码", "住所", "成立日期"],
        [
            one.uscc,
            one.name,
            one.representative.name,
            one.representative.id_number,
            one.address,
            one.founded,
        ],
        [other.uscc, other.name, "某人", wrong_digit(one.representative.id_number), "", "去年"],
        [wrong_digit(third.uscc), third.name, "", "", "", ""],
    ]
    path = write_workbook(tmp_path / "o.xlsx", rows)
    report = Load(database, ORGANISATIONS, source="法人库").run(path, NOW, "tester", lambda _: None)
    assert (report.added, report.refused_count) == (2, 1)
    assert [(note.row, note.code) for note in report.warnings] == [
        (3, "organisation.representative_unread"),
        (3, "value.unread"),
    ]
    assert report.refused[0].row == 4
    with database.read() as connection:
        found = people.find_organisation(connection, one.uscc)
    assert found == Organisation(
        uscc=one.uscc,
        name=one.name,
        source="法人库",
        as_of=NOW,
        representative_name=one.representative.name,
        representative_id=one.representative.id_number,
        address=one.address,
        established_on=one.founded,
    )


def test_a_list_of_items_is_no_register(sqlite_database: Database, tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    path.write_text("source,department,code\r\na,b,c\r\n", "utf-8")
    with pytest.raises(InputError) as caught:
        load(sqlite_database, path)
    assert caught.value.code == "file.no_header"
    assert caught.value.parameters["needed"] == "id_number, name"


@pytest.mark.parametrize(
    "text",
    ["2020-01-02", "2020/1/2", "20200102", "2020年1月2日", "2020.1.2", "2020-01-02 00:00:00"],
)
def test_dates_as_offices_write_them(text: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.isoformat() == "2020-01-02"


@pytest.mark.parametrize("text", ["", "去年", "2020-02-30", "2020"])
def test_what_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_specimens_differ() -> None:
    chance = random.Random(1)
    assert invent_person(chance) != invent_person(chance)
    assert invent_organisation(chance).uscc != invent_organisation(chance).uscc
