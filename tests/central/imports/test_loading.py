"""Bulk loads as a city runs them: killed and gone on with, in folders, and told row by row."""

from __future__ import annotations

import csv
import gc
import signal
import subprocess
import sys
import time
import tracemalloc
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select

from central.__main__ import main
from central.db import catalogue, licences, loads
from central.db.engine import Connection, Database, open_database
from central.db.licence_loads import find_licences
from central.db.schema import people as people_table
from central.imports import loading
from central.imports.account import Pace, account, say_duration
from central.imports.error_file import errors_beside
from central.imports.loading import Load, Standing
from central.imports.registers import ORGANISATIONS, PEOPLE, licences_of
from central.imports.report import ImportReport
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.identity import IdKind
from clerk.contract.licence import Licence, LicenceStatus, LicenceType
from clerk.errors import ClerkError, RefusedError
from clerk.locale import use_language
from tests.central.imports.files import NOW, csv_text, write_workbook
from tests.central.imports.test_registers import LATER, load, row_of, write, wrong_digit
from tests.support.databases import new_postgres
from tests.support.moments import at
from tests.support.people import organisations
from tests.support.people import people as invent_people

LICENCE_COLUMNS = (
    "证照类型",
    "证照编号",
    "持证主体代码",
    "持证主体",
    "颁发机构",
    "颁发日期",
    "有效期至",
    "状态",
)


def read_errors(path: Path) -> list[dict[str, str]]:
    with errors_beside(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def count_people(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(people_table)).scalar_one())


def steps_of(database: Database) -> int:
    with database.read() as connection:
        newest = loads.list_newest(connection, 1)
    return newest[0].step if newest else 0


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an initialised database."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'central.db'}"
    else:
        url = new_postgres(request.getfixturevalue("postgres"))
    with closing(Central.open(url)) as central:
        central.init()
    return url


@pytest.mark.slow
def test_killed_in_the_middle_the_same_command_goes_on(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The real command, killed with rows on their way: none is lost, doubled or noted twice."""
    everybody = {one.id_number: one for one in invent_people(21, 30_000)}
    rows = [row_of(one) for one in everybody.values()]
    wrong = range(7, len(rows), 1000)
    for place in wrong:
        rows[place]["公民身份号码"] = wrong_digit(rows[place]["公民身份号码"])
    path = write(tmp_path / "people.csv", *rows)
    command = ["--language", "en", "--database", address, "import", "people", str(path)]
    with closing(open_database(address)) as database:
        process = subprocess.Popen([sys.executable, "-m", "central", *command])
        while steps_of(database) < 2 and process.poll() is None:
            time.sleep(0.005)
        process.kill()
        assert process.wait() == -signal.SIGKILL, "it was killed on its way"
        assert 0 < count_people(database) < len(rows) - len(wrong)
        assert main(command) == 1
        told = capsys.readouterr().out
        assert f"rows read: {len(rows)}; {len(rows) - len(wrong)} new, 0 changed, 0 unch" in told
        assert "The import went on after row" in told
        assert count_people(database) == len(rows) - len(wrong)
    refused = [int(row["row"]) for row in read_errors(path)]
    assert refused == [place + 2 for place in wrong]


def test_what_is_wrong_stands_beside_the_file_in_words(
    sqlite_database: Database, tmp_path: Path
) -> None:
    use_language("en")
    good, bad = invent_people(22, 2)
    rows = (
        row_of(good),
        row_of(bad, 公民身份号码=wrong_digit(bad.id_number)),
        row_of(good, 姓名=bad.name),
        row_of(bad, 姓名="", 性别="?"),
    )
    path = write(tmp_path / "p.csv", *rows)
    load(sqlite_database, path)
    told = read_errors(path)
    assert [(row["row"], row["column"], row["code"]) for row in told] == [
        ("3", "公民身份号码", "identifier.check_digit"),
        ("4", "姓名", "person.number_twice"),
        ("5", "姓名", "person.name_empty"),
    ]
    assert told[0]["value"].startswith(bad.id_number[:6] + "****")
    assert told[1]["value"] == bad.name[0] + "***"
    assert told[2]["remedy"] == "Fill it in and import again."
    whole = errors_beside(path).read_text("utf-8-sig")
    for person in (good, bad):
        assert person.id_number[6:14] not in whole
        assert person.name not in whole
    assert errors_beside(path).stat().st_mode & 0o077 == 0, "it speaks of people"
    write(path, row_of(good))
    load(sqlite_database, path, later=True)
    assert not errors_beside(path).exists(), "nothing is wrong any more"


def test_a_folder_is_one_load(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "people"
    (folder / "b").mkdir(parents=True)
    one, two, three = invent_people(23, 3)
    write(folder / "a.csv", row_of(one), row_of(two, 公民身份号码="1"))
    sheet: list[list[object]] = [
        ["姓名", "身份证号"],
        [two.name, two.id_number],
        ["别人", one.id_number],
    ]
    write_workbook(folder / "b" / "c.xlsx", sheet)
    write(folder / "d.csv", row_of(three))
    (folder / "~$c.xlsx").write_bytes(b"Excel's own")
    report = load(database, folder)
    assert (report.read, report.added, report.refused_count) == (5, 3, 2)
    assert [row["code"] for row in read_errors(folder / "a.csv")] == ["identifier.unknown"]
    assert [row["code"] for row in read_errors(folder / "b" / "c.xlsx")] == ["person.number_twice"]
    assert any("c.xlsx, row" in line for line in account(report, folder.name)), "of which file"
    again = load(database, folder, later=True)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    (folder / "e.csv").write_text("no,header\r\n1,2\r\n", "utf-8")
    with pytest.raises(ClerkError, match=r"file\.no_header"):
        load(database, folder, later=True)


def test_a_folder_goes_on_in_the_file_where_it_broke_off(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 2)
    everybody = invent_people(24, 9)
    for name, some in (("a.csv", everybody[:4]), ("b.csv", everybody[4:])):
        write(tmp_path / name, *map(row_of, some))
    shares: list[float] = []

    def tell(standing: Standing) -> None:
        shares.append(standing.share)
        if standing.rows == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Load(sqlite_database, PEOPLE, source="人口库").run(tmp_path, NOW, "tester", tell)
    going_on: list[int] = []
    loaded = Load(sqlite_database, PEOPLE, source="人口库").run(
        tmp_path, LATER, "tester", lambda one: going_on.append(one.rows)
    )
    assert going_on == [8, 9]
    assert (loaded.read, loaded.added) == (9, 9)
    assert shares == sorted(shares)
    assert shares[-1] <= 1


def test_a_row_that_changes_an_entry_is_on_record(database: Database, tmp_path: Path) -> None:
    (person,) = invent_people(25, 1)
    load(database, write(tmp_path / "p.csv", row_of(person)))
    moved = row_of(person, 住址="某市某路 1 号", 联系电话="15400000000")
    load(database, write(tmp_path / "q.csv", moved), later=True)
    with database.read() as connection:
        (change,) = loads.list_changed(connection, person.id_number)
        newest = loads.list_newest(connection, 2)
    assert change == (newest[0].id, ("address", "phone"))
    assert (newest[0].progress.changed, newest[1].progress.changed) == (1, 0)


def test_one_load_is_not_carried_on_by_two(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 2)
    path = write(tmp_path / "p.csv", *map(row_of, invent_people(26, 6)))
    others: list[ImportReport] = []

    def tell(standing: Standing) -> None:
        if not others:
            others.append(load(sqlite_database, path))

    with pytest.raises(RefusedError, match=r"import\.elsewhere"):
        Load(sqlite_database, PEOPLE, source="人口库").run(path, NOW, "tester", tell)
    assert others[0].added == 6
    assert count_people(sqlite_database) == 6


def test_old_codes_of_organisations_are_named(sqlite_database: Database, tmp_path: Path) -> None:
    (body,) = organisations(27, 1)
    rows: list[list[object]] = [
        ["统一社会信用代码", "名称"],
        [body.uscc, body.name],
        ["110000000000014", "旧企业"],
        ["110000000000010", "旧企业"],
        [body.uscc[8:16] + "-" + body.uscc[16], "旧机构"],
        [invent_people(27, 1)[0].id_number, "个人"],
    ]
    path = write_workbook(tmp_path / "o.xlsx", rows)
    loading_it = Load(sqlite_database, ORGANISATIONS, source="法人库")
    report = loading_it.run(path, NOW, "tester", lambda _: None)
    assert (report.added, report.refused_count) == (1, 4)
    codes = [(note.row, note.code) for note in report.refused]
    assert (3, "identifier.old_registration") in codes
    assert (4, "identifier.check_digit") in codes
    assert (5, "identifier.old_org_code") in codes
    assert {row for row, _ in codes} == {3, 4, 5, 6}


def licence_row(number: str, holder: tuple[str, str], **changes: str) -> dict[str, str]:
    row = {
        "证照类型": "食品经营许可证",
        "证照编号": number,
        "持证主体代码": holder[0],
        "持证主体": holder[1],
        "颁发机构": "市市场监督管理局",
        "颁发日期": "2024-03-01",
        "有效期至": "2029-02-28",
        "状态": "有效",
    }
    return row | changes


def load_licences(
    database: Database, path: Path, *rows: dict[str, str], later: bool = False
) -> ImportReport:
    path.write_bytes(csv_text(LICENCE_COLUMNS, *rows).encode())
    with database.read() as connection:
        register = licences_of(connection)
    now = LATER if later else NOW
    return Load(database, register, source="证照库").run(path, now, "tester", lambda _: None)


@pytest.fixture
def with_types(database: Database) -> Database:
    def lay(connection: Connection) -> None:
        for one in (("food", "食品经营许可证"), ("resident-id", "居民身份证")):
            catalogue.put_licence_type(connection, LicenceType(id=one[0], name=one[1]))

    database.commit(lay)
    return database


def test_licences_come_in_and_are_held(with_types: Database, tmp_path: Path) -> None:
    (body,), (person,) = organisations(28, 1), invent_people(28, 1)
    firm, card = (body.uscc, body.name), (person.id_number, person.name)
    rows = (
        licence_row("JY1", firm),
        licence_row("JY2", firm, 状态="吊销", 有效期至="长期"),
        licence_row(person.id_number, card, 证照类型="resident-id", 有效期至="9999-12-31"),
        licence_row("JY3", firm, 证照类型="狗证"),
        licence_row("JY4", (wrong_digit(body.uscc), body.name)),
        licence_row("JY5", firm, 颁发日期="去年"),
        licence_row("JY6", firm, 有效期至="2020-01-01"),
        licence_row("JY7", firm, 状态="无效"),
        licence_row("JY1", card),
    )
    report = load_licences(with_types, tmp_path / "l.csv", *rows)
    assert [(note.row, note.code) for note in report.refused] == [
        (5, "licence.type_unknown"),
        (6, "identifier.check_digit"),
        (7, "licence.date_unread"),
        (8, "licence.ends_before"),
        (9, "licence.status_unread"),
        (10, "licence.number_twice"),
    ]
    with with_types.read() as connection:
        held = licences.list_held(connection, [body.uscc, person.id_number])
    assert {(one.number, one.status, one.valid_until) for one in held} == {
        ("JY1", LicenceStatus.VALID, at("2029-02-28").date()),
        ("JY2", LicenceStatus.REVOKED, None),
        (person.id_number, LicenceStatus.VALID, None),
    }
    twice = (*rows[:2], licence_row("JY2", card))
    again = load_licences(with_types, tmp_path / "m.csv", *twice, later=True)
    assert (again.unchanged, again.changed) == (2, 0)
    assert [note.code for note in again.refused] == ["licence.number_twice"]
    other = load_licences(with_types, tmp_path / "n.csv", licence_row("JY2", card))
    assert [note.code for note in other.refused] == ["licence.other_holder"]


def test_a_licence_of_centrals_own_is_not_loaded_over(with_types: Database, tmp_path: Path) -> None:
    (body,) = organisations(29, 1)
    own = Licence(
        id="own",
        type="food",
        type_name="",
        number="JY9",
        holder_name=body.name,
        issuer="市市场监督管理局",
        issued_on=NOW.date(),
        case_id="case",
    )
    with_types.commit(lambda connection: licences.add(connection, own, IdKind.USCC, body.uscc))
    report = load_licences(
        with_types, tmp_path / "l.csv", licence_row("JY9", (body.uscc, body.name))
    )
    assert [note.code for note in report.refused] == ["licence.issued_here"]
    with with_types.read() as connection:
        found = find_licences(connection, [("food", "JY9")])
    assert found["food", "JY9"].issued_on == NOW.date()


def test_memory_stays_flat(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a load holds after its fortieth batch is what it held after its tenth."""
    monkeypatch.setattr(loading, "BATCH_ROWS", 100)
    path = write(tmp_path / "p.csv", *map(row_of, invent_people(31, 4000)))
    held: list[int] = []

    def weigh(_standing: Standing) -> None:
        gc.collect()
        held.append(tracemalloc.get_traced_memory()[0])

    gc.collect()
    gc.freeze()  # what other tests left behind is not weighed forty times over
    tracemalloc.start()
    Load(sqlite_database, PEOPLE, source="人口库").run(path, NOW, "tester", weigh)
    tracemalloc.stop()
    assert len(held) == 40
    # 2,000 rows lie between: one object left of each would be twice as much.
    assert max(held[30:]) < max(held[5:15]) + 50_000, held


def test_the_time_left_is_told_from_the_loads_own_pace() -> None:
    use_language("en")
    clock, said = SettableClock(NOW), list[str]()
    pace = Pace(clock, said.append)
    pace.hear(Standing(5000, 0.5))
    for share in (0.51, 0.6, 0.7):
        clock.put(clock.now() + timedelta(seconds=30))
        pace.hear(Standing(int(10_000 * share), share))
    assert said[-1] == "7000 rows, 70 %, about 2 min left", said
    assert [say_duration(one) for one in (0.2, 59, 61, 7300)] == [
        "1 s",
        "59 s",
        "1 min",
        "2 h 2 min",
    ]


def test_what_a_note_holds_is_never_whole(sqlite_database: Database, tmp_path: Path) -> None:
    (person,) = invent_people(30, 1)
    rows = [row_of(person, **{column: "坏" * 600}) for column in ("住址", "姓名", "联系电话")]
    report = load(sqlite_database, write(tmp_path / "p.csv", *rows))
    assert {note.code for note in report.refused} == {"value.too_long"}
    assert "坏坏坏" not in msgspec.json.encode(report).decode()
