"""Importing catalogue files: versions, identities, refusals, and all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from central.catalogue.identity import department_id_of
from central.db import audit, catalogue, items, parts
from central.db.engine import Connection, Database
from central.db.schema import audit as audit_table
from central.db.schema import feed as feed_table
from central.imports.catalogue import import_catalogue, read_catalogue_file
from clerk.contract.item import Item
from clerk.contract.limits import Limit
from tests.central.imports.files import (
    GOOD_CODE,
    ITEM,
    ITEM_COLUMNS,
    NOW,
    codes,
    csv_text,
    take,
    write_items,
    write_limits,
    write_materials,
)

CODE = ITEM["code"]


def find(database: Database, item_id: str = CODE, version: int | None = None) -> Item:
    """An item in one version or in its current one."""
    with database.read() as connection:
        item = catalogue.find_item(connection, item_id, version)
    assert item is not None
    return item


def everything(database: Database) -> tuple[Item, ...]:
    with database.read() as connection:
        return items.list_current(connection)


def test_a_changed_row_makes_a_new_version(database: Database, tmp_path: Path) -> None:
    take(database, write_items(tmp_path / "a.csv", {}, {"code": GOOD_CODE, "name": "别的事项"}))
    report = take(
        database,
        write_items(
            tmp_path / "b.csv", {"name": "取水许可（新）"}, {"code": GOOD_CODE, "name": "别的事项"}
        ),
    )
    assert (report.changed, report.unchanged, report.versions) == (1, 1, 1)
    assert (find(database).version, find(database).name) == (2, "取水许可（新）")
    assert find(database, version=1).name == "取水许可", "cases are pinned to it"
    assert find(database).initials == "qsxkx"
    assert find(database, GOOD_CODE).version == 1


def test_what_other_files_gave_stays(database: Database, tmp_path: Path) -> None:
    take(database, write_items(tmp_path / "i.csv", {}))
    take(database, write_limits(tmp_path / "l.csv", {}))
    take(database, write_materials(tmp_path / "m.csv", {}, {"seq": "2", "material": "营业执照"}))
    take(database, write_items(tmp_path / "i2.csv", {"task_type_name": "公共服务"}))
    item = find(database)
    assert (item.version, item.type_name, item.promised) == (4, "公共服务", Limit(5))
    assert [one.name for one in item.materials] == ["取水许可申请书", "营业执照"]


def test_columns_that_a_file_has_not_keep_their_values(
    sqlite_database: Database, tmp_path: Path
) -> None:
    take(sqlite_database, write_items(tmp_path / "a.csv", {}))
    path = tmp_path / "b.csv"
    columns = ("source", "department", "name", "code")
    path.write_text(csv_text(columns, {name: ITEM[name] for name in columns}), encoding="utf-8")
    assert take(sqlite_database, path).unchanged == 1
    assert find(sqlite_database).type_name == "行政许可"


def test_the_same_name_twice_in_one_item_stays_twice(database: Database, tmp_path: Path) -> None:
    take(database, write_items(tmp_path / "i.csv", {}))
    take(database, write_limits(tmp_path / "l.csv", {}))
    report = take(database, write_materials(tmp_path / "m.csv", {}, {"seq": "2"}, {"seq": "3"}))
    assert codes(report) == ["material.twice", "material.twice"]
    assert [(one.key, one.name) for one in find(database).materials] == [
        ("m1", "取水许可申请书"),
        ("m2", "取水许可申请书"),
        ("m3", "取水许可申请书"),
    ]


def test_materials_may_name_their_item_by_its_code(
    sqlite_database: Database, tmp_path: Path
) -> None:
    take(sqlite_database, write_materials(tmp_path / "m.csv", {"item_id": CODE}))
    assert take(sqlite_database, write_items(tmp_path / "i.csv", {})).versions == 1
    assert len(find(sqlite_database).materials) == 1


def test_a_list_with_an_unusable_row_stays_out_whole(database: Database, tmp_path: Path) -> None:
    take(database, write_items(tmp_path / "i.csv", {}))
    take(database, write_limits(tmp_path / "l.csv", {}))
    report = take(database, write_materials(tmp_path / "m.csv", {}, {"seq": "2", "material": ""}))
    assert {(note.row, note.code) for note in report.refused} == {
        (3, "material.name_empty"),
        (2, "material.list_spoilt"),
    }
    assert find(database).materials == ()
    with database.read() as connection:
        assert parts.list_materials(connection) == ()


def test_an_item_without_a_code_is_known_by_its_words(database: Database, tmp_path: Path) -> None:
    first = take(database, write_items(tmp_path / "a.csv", {"code": ""}))
    assert (first.added, codes(first)) == (1, ["code.empty"])
    again = take(database, write_items(tmp_path / "b.csv", {"code": "", "region_code": "1"}))
    assert (again.added, again.changed) == (0, 1)
    (item,) = everything(database)
    assert item.id.startswith("n-")
    # Given a code later, it is the same item, and known by the code from then on.
    assert take(database, write_items(tmp_path / "c.csv", {})).changed == 1
    renamed = take(database, write_items(tmp_path / "d.csv", {"name": "取水审批"}))
    assert (renamed.changed, renamed.added) == (1, 0)
    (item,) = everything(database)
    assert (item.version, item.code, item.name) == (4, CODE, "取水审批")


def test_two_places_have_departments_of_one_name(sqlite_database: Database, tmp_path: Path) -> None:
    rows = ({"code": ""}, {"code": "", "source": "village"})
    report = take(sqlite_database, write_items(tmp_path / "a.csv", *rows))
    assert (report.departments, report.added) == (2, 2)
    assert len({item.department for item in everything(sqlite_database)}) == 2
    assert department_id_of("town", "市水务局") in {
        one.department for one in everything(sqlite_database)
    }


def test_unusable_rows_are_refused_and_the_others_come_in(
    database: Database, tmp_path: Path
) -> None:
    rows: tuple[dict[str, str], ...] = (
        {},
        {"name": "", "code": "1"},
        {"department": "", "code": "2"},
        {"code": "5.11301E+17"},
        {"code": "x" * 65},
        {"name": "取水", "task_type_name": "other"},
        {},
    )
    report = take(database, write_items(tmp_path / "a.csv", *rows))
    assert [(note.row, note.column, note.code) for note in report.refused] == [
        (3, "name", "item.name_empty"),
        (4, "department", "item.department_empty"),
        (5, "code", "value.rounded"),
        (6, "code", "value.too_long"),
        (7, "code", "row.contradicts"),
    ]
    assert (report.read, report.added, report.unchanged, report.refused_count) == (7, 1, 1, 5)
    assert codes(report)[-1:] == ["row.repeated"]


def test_strict_imports_nothing_if_a_row_is_refused(database: Database, tmp_path: Path) -> None:
    path = write_items(tmp_path / "a.csv", {}, {"name": ""})
    report = take(database, path, strict=True)
    assert (report.applied, report.added, report.refused_count) == (False, 0, 1)
    assert everything(database) == ()
    assert take(database, write_items(tmp_path / "b.csv", {}), strict=True).applied


class PowerCutError(Exception):
    """The power went out."""


def test_a_failure_in_the_middle_leaves_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: Connection, *entries: audit.Entry) -> None:
        raise PowerCutError

    with monkeypatch.context() as patch:
        # The audit record is the very last that is written.
        patch.setattr("central.db.audit.append", fail)
        with pytest.raises(PowerCutError):
            take(database, write_items(tmp_path / "a.csv", {}))
    with database.read() as connection:
        assert items.list_departments(connection) == {}
        assert connection.execute(select(func.count()).select_from(feed_table)).scalar() == 1
    assert everything(database) == ()
    assert take(database, tmp_path / "a.csv").added == 1


def test_every_import_is_in_the_audit_record(database: Database, tmp_path: Path) -> None:
    path = write_items(tmp_path / "a.csv", {})
    take(database, path)
    take(database, path)
    with database.read() as connection:
        assert audit.find_break(connection) is None
        rows = connection.execute(select(audit_table).order_by(audit_table.c.seq)).all()
    assert [(row.actor, row.action) for row in rows] == [("tester", "import.items")] * 2
    assert '"added":"1"' in rows[0].detail


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"code": ""}, "code.empty", "code"),
        (
            {"code": "511A0138000000-511602000000-000-008778183-1-00"},
            "code.old_organisation",
            "code",
        ),
        (
            {"code": "512C0107400001-511602000000-000-00877868-5-1-00"},
            "code.old_organisation",
            "code",
        ),
        (
            {"code": "511A0138000000-511602000000-000-TE4402814410141929-1-00"},
            "code.pseudo",
            "code",
        ),
        ({"code": "TE44028144101419295442002030000"}, "code.pseudo", "code"),
        (
            {"code": "511A0138000000-511602000000-000-8282348-1-00"},
            "code.organisation_wrong",
            "code",
        ),
        ({"code": "随便写的"}, "code.characters", "code"),
        ({"code": "ABC"}, "code.form_unknown", "code"),
    ],
)
def test_odd_items_are_warned_about_and_imported(
    sqlite_database: Database, tmp_path: Path, row: dict[str, str], code: str, column: str
) -> None:
    report = take(sqlite_database, write_items(tmp_path / "a.csv", row))
    assert (2, column, code) in {(note.row, note.column, note.code) for note in report.warnings}
    assert [item.code for item in everything(sqlite_database)] == [row["code"]], "verbatim"


def test_names_and_forms_are_compared_across_rows(
    sqlite_database: Database, tmp_path: Path
) -> None:
    rows: tuple[dict[str, str], ...] = ({}, {"code": GOOD_CODE})
    report = take(sqlite_database, write_items(tmp_path / "a.csv", *rows))
    told = {(note.row, note.code, note.parameters.get("first_row")) for note in report.warnings}
    assert {(1, "code.several_forms", None), (3, "item.name_twice", 2)} <= told
    assert report.added == 2


@pytest.mark.parametrize(
    ("row", "code", "limit"),
    [
        ({"promise": "即办", "unit": ""}, "limit.text", Limit(0)),
        ({"promise": "十五个工作日内", "unit": ""}, "limit.text", Limit(15)),
        ({"promise": "视情况而定"}, "limit.unread", None),
        ({"promise": "", "unit": ""}, "limit.blank", None),
        ({"promise": "21"}, "limit.longer_than_statutory", Limit(21)),
    ],
)
def test_odd_limits_are_warned_about(
    sqlite_database: Database, tmp_path: Path, row: dict[str, str], code: str, limit: Limit | None
) -> None:
    take(sqlite_database, write_items(tmp_path / "i.csv", {}))
    report = take(sqlite_database, write_limits(tmp_path / "l.csv", row))
    assert [(note.row, note.column, note.code) for note in report.warnings] == [
        (2, "promise", code)
    ]
    assert find(sqlite_database).promised == limit


def test_limits_of_a_name_that_two_items_have_wait(database: Database, tmp_path: Path) -> None:
    take(database, write_items(tmp_path / "i.csv", {}, {"code": GOOD_CODE}))
    report = take(database, write_limits(tmp_path / "l.csv", {}))
    assert (codes(report), report.waiting) == (["limit.ambiguous"], 1)
    take(database, write_items(tmp_path / "i2.csv", {"code": GOOD_CODE, "name": "另一事项"}))
    assert find(database).promised == Limit(5), "now there is one of that name"
    assert find(database, GOOD_CODE).promised is None


def test_one_mark_names_one_item(sqlite_database: Database, tmp_path: Path) -> None:
    report = take(sqlite_database, write_limits(tmp_path / "l.csv", {}, {"name": "别的事项"}))
    assert [(note.row, note.code) for note in report.refused] == [(3, "limit.item_id_twice")]


@pytest.mark.parametrize(
    ("row", "code", "counts"),
    [
        ({"copies": "1份"}, "material.copies_text", (1, 0)),
        ({"orig_or_copy": "原件和复印件", "copies": "各1"}, "material.copies_text", (1, 1)),
        ({"orig_or_copy": "复印件", "copies": "若干"}, "material.copies_unread", (0, 0)),
        ({"necessity": ""}, "material.necessity_blank", (1, 0)),
        ({"necessity": "看着办"}, "material.necessity_unread", (1, 0)),
        ({"source_channel": "天上掉下"}, "material.source_unread", (1, 0)),
        ({"medium": "material_form=2"}, "material.medium_code", (1, 0)),
        ({"seq": "甲"}, "material.seq_unread", (1, 0)),
        ({"material": "sssss"}, "material.name_odd", (1, 0)),
    ],
)
def test_odd_materials_are_warned_about(
    sqlite_database: Database,
    tmp_path: Path,
    row: dict[str, str],
    code: str,
    counts: tuple[int, int],
) -> None:
    take(sqlite_database, write_items(tmp_path / "i.csv", {}))
    take(sqlite_database, write_limits(tmp_path / "l.csv", {}))
    report = take(sqlite_database, write_materials(tmp_path / "m.csv", row))
    assert codes(report) == [code]
    (material,) = find(sqlite_database).materials
    assert (material.originals, material.copies) == counts


def test_waiting_rows_are_said_to_wait(sqlite_database: Database, tmp_path: Path) -> None:
    limits = take(sqlite_database, write_limits(tmp_path / "l.csv", {}))
    materials = take(
        sqlite_database, write_materials(tmp_path / "m.csv", {}, {"seq": "2", "material": "图"})
    )
    assert (codes(limits), limits.waiting) == (["limit.waits"], 1)
    assert (codes(materials), materials.waiting) == (["material.waits"], 2)


def test_one_table_may_hold_items_with_their_limits(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    columns = (*ITEM_COLUMNS, "承诺办结时限", "法定办结时限")
    row = ITEM | {"承诺办结时限": "7个工作日", "法定办结时限": "15"}
    path.write_text(csv_text(columns, row), encoding="utf-8")
    report = take(database, path)
    assert (report.read, report.added, codes(report)) == (1, 1, ["limit.text"])
    assert (find(database).promised, find(database).statutory) == (Limit(7), Limit(15))


def test_an_import_can_be_done_again_after_a_conflict(database: Database, tmp_path: Path) -> None:
    file = read_catalogue_file(write_items(tmp_path / "a.csv", {"code": ""}))
    reports = [
        database.commit(lambda connection: import_catalogue(connection, file, NOW, "tester"))
        for _ in range(2)
    ]
    assert codes(reports[0]) == codes(reports[1]), "no note is counted twice"
