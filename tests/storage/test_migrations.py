"""Files of older releases are brought up to date, with what they hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, insert, inspect

from clerk.contract.numbers import NumberLease
from storage import cases, drafts, feed, leases, meta
from storage.case_head import head_of, write_row
from storage.connection import make_writer
from storage.migrations import migrate
from storage.schema import SCHEMA_VERSION, case_body, case_head, entity, metadata
from storage.store import Store
from tests.support.cases import MONDAY
from tests.support.storage import (
    KEY,
    make_draft,
    make_record,
    open_store,
    put_calendar,
)
from tests.support.work_calendar import REAL_CALENDAR

OLDEST = "0001"
INDEXES = ("item_search", "case_search")
START = (
    "import sys; from pathlib import Path; from storage.store import Store\n"
    "Store.open(Path(sys.argv[1]), bytes(range(32))).close()\n"
    "sys.stdout.write(str('alembic' in sys.modules))"
)


def differences(conn: Connection) -> list[object]:
    """Between the tables and the declared ones; the full-text indexes are Alembic's no business."""

    def ours(_object: object, name: str | None, *_more: object) -> bool:
        return not (name or "").startswith(INDEXES)

    # Defaults are compared by `shape`: Alembic takes an empty text for another each time.
    options = {"include_object": ours, "compare_type": True}
    context = MigrationContext.configure(conn, opts=options)
    return list(compare_metadata(context, metadata))


def shape(conn: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every column of every table, in order, and every index."""
    seen = inspect(conn)
    return {
        table: [
            *((c["name"], str(c["type"]), c["nullable"], c["default"]) for c in columns),
            *((i["name"], *i["column_names"]) for i in seen.get_indexes(table)),
        ]
        for table in sorted(seen.get_table_names())
        if not table.startswith(INDEXES) and (columns := seen.get_columns(table))
    }


def make_oldest(path: Path) -> None:
    """A file as the first release left it, with a draft, a lease, a calendar and a case."""
    path.parent.mkdir()
    engine = make_writer(path, KEY)
    with engine.begin() as conn:
        migrate(conn, 0, OLDEST)
        conn.exec_driver_sql("PRAGMA user_version=1")
        drafts.save(conn, make_draft(1, "王小明"))
        leases.add(conn, NumberLease(1, 5, 9), MONDAY.date())
        put_oldest_calendar(conn)
        put_oldest_case(conn)
    engine.dispose()


def put_oldest_calendar(conn: Connection) -> None:
    """A calendar as the first release wrote it."""
    put = put_calendar()
    values = {"kind": str(put.kind), "id": put.id, "version": put.version, "body": bytes(put.body)}
    conn.execute(insert(entity), values)


def put_oldest_case(conn: Connection) -> None:
    """A case as the first release wrote it: with none of the columns that came later."""
    record = make_record(1)
    row = write_row(head_of(record, REAL_CALENDAR, MONDAY))
    values = dict(zip(case_head.columns.keys(), row, strict=True))
    known = inspect(conn).get_columns("case_head")
    conn.execute(insert(case_head), {c["name"]: values[c["name"]] for c in known})
    conn.execute(insert(case_body), {"id": record.id, "body": msgspec.json.encode(record)})


def open_oldest(tmp_path: Path) -> Store:
    make_oldest(tmp_path / "profile" / "desk.db")
    return open_store(tmp_path)


def test_a_migrated_file_is_as_declared(tmp_path: Path) -> None:
    new = open_store(tmp_path / "new")
    (tmp_path / "old").mkdir()
    old = open_oldest(tmp_path / "old")
    with old.read() as migrated, new.read() as made:
        assert migrated.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA_VERSION
        assert differences(migrated) == []
        assert differences(made) == []
        assert shape(migrated) == shape(made)
        search = "SELECT sql FROM sqlite_master WHERE name = 'item_search'"
        assert (
            migrated.exec_driver_sql(search).scalar_one()
            == made.exec_driver_sql(search).scalar_one()
        )
    old.close()
    new.close()


def test_a_comparison_notices_what_is_missing(tmp_path: Path) -> None:
    engine = make_writer(tmp_path / "desk.db", KEY)
    with engine.begin() as conn:
        migrate(conn, 0, OLDEST)
        assert differences(conn)
    engine.dispose()


def test_nothing_is_lost_on_the_way(tmp_path: Path) -> None:
    store = open_oldest(tmp_path)
    with store.begin() as conn:
        assert drafts.get(conn, "draft-1").name == "王小明"
        assert leases.take_next(conn, 1, MONDAY.date()) == 5
        assert cases.get(conn, make_record(1).id) == make_record(1)
    store.close()


def test_the_dates_of_old_rows_are_counted_anew(tmp_path: Path) -> None:
    store = open_oldest(tmp_path)
    with store.begin() as conn:
        before = cases.find_row(conn, make_record(1).id)
        assert before is not None
        assert before.plan.red_from is None
        assert feed.date_anew(conn, MONDAY) == {make_record(1).id}
        after = cases.find_row(conn, make_record(1).id)
        assert after is not None
        assert after.plan.red_from is not None
    store.close()


def test_what_waits_for_approval_waits_on(tmp_path: Path) -> None:
    """Rows and shadow rows of the release before bear the seats under another name."""
    engine = make_writer(tmp_path / "desk.db", KEY)
    with engine.begin() as conn:
        migrate(conn, 0, "0007")
        for table in ("case_head", "fresh_case_head"):
            conn.exec_driver_sql(f"INSERT INTO {table} (id, asks) VALUES ('c', 'head@market')")  # noqa: S608
        migrate(conn, 7)
        for table in ("case_head", "fresh_case_head"):
            found = conn.exec_driver_sql(f"SELECT id, to_approve FROM {table}").all()  # noqa: S608
            assert found == [("c", "head@market")]
    engine.dispose()


def test_opening_a_present_file_does_not_load_alembic(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.begin() as conn:
        meta.put(conn, "a", b"b")
    store.close()
    command = [sys.executable, "-c", START, str(store.path)]
    run = subprocess.run(command, capture_output=True, check=True, text=True)
    assert run.stdout == "False"
