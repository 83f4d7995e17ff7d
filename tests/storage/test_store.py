"""The encrypted file: keys, damage, rights, secrecy, one writer and many readers."""

from __future__ import annotations

import errno
import logging
import os
import sys
import threading
import traceback
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from clerk.errors import StoreError
from clerk.files import write_atomic
from storage import cases, drafts, key_check, meta, outbox
from storage.connection import make_writer
from storage.problems import files_translated
from storage.store import Store, files_of
from tests.support.cases import CASE, MONDAY, receive_command
from tests.support.people import a_person
from tests.support.storage import KEY, make_draft, make_record, open_store
from tests.support.work_calendar import REAL_CALENDAR

PAGE = 4096


def profile_files(store: Store) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.path.parent.iterdir()}


def save_both(store: Store) -> None:
    """Fill more pages than there are, after something small."""
    with store.begin() as conn:
        drafts.save(conn, make_draft(1, "after"))
        meta.put(conn, "large", bytes(100 * PAGE))


def put_and_fail(store: Store) -> None:
    """Fail in the middle of a transaction."""
    with store.begin() as conn:
        meta.put(conn, "a", b"b")
        _ = 1 / 0


def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    with (store := open_store(tmp_path)).begin() as conn:
        meta.put(conn, "colour", b"red")
    store.close()
    with (again := open_store(tmp_path)).read() as conn:
        assert meta.get(conn, "colour") == b"red"
    again.close()


def test_a_wrong_key_is_told(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with pytest.raises(StoreError, match=r"store\.wrong_key"):
        open_store(tmp_path, key=os.urandom(32))


def test_a_wrong_key_is_told_without_the_mark_too(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.close()
    key_check.mark_path(store.path).unlink()
    with pytest.raises(StoreError, match=r"store\.wrong_key"):
        open_store(tmp_path, key=os.urandom(32))
    open_store(tmp_path).close()
    assert key_check.has_mark(store.path), "a lost mark is made anew by the right key"


@pytest.mark.parametrize("place", [0, 17, PAGE // 2], ids=["salt", "header", "middle"])
def test_a_damaged_first_page_is_not_taken_for_a_wrong_key(tmp_path: Path, place: int) -> None:
    store = open_store(tmp_path)
    store.close()
    with store.path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))
    with pytest.raises(StoreError, match=r"store\.damaged"):
        open_store(tmp_path)


def test_damage_further_in_is_found_by_reading_and_by_examining(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.begin() as conn:
        meta.put(conn, "long", bytes(50 * PAGE))
    assert store.examine() == ()
    store.close()
    with store.path.open("r+b") as file:
        file.seek(-10 * PAGE, os.SEEK_END)
        file.write(os.urandom(64))
    again = open_store(tmp_path)
    assert again.examine()
    with pytest.raises(StoreError, match=r"store\.damaged"), again.read() as conn:
        meta.get(conn, "long")
    again.close()


def test_a_full_disk_is_told_and_nothing_is_half_written(store: Store) -> None:
    with store.begin() as conn:
        drafts.save(conn, make_draft(1, "before"))
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages + 4}")
    with pytest.raises(StoreError, match=r"store\.disk_full"):
        save_both(store)
    with store.begin() as conn:
        assert drafts.get(conn, "draft-1").name == "before"
        conn.exec_driver_sql("PRAGMA max_page_count=1000000")
        meta.put(conn, "large", bytes(100 * PAGE))


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "store.disk_full"), (errno.EROFS, "store.not_writable")],
)
def test_what_the_disk_says_of_other_files_is_told_too(number: int, code: str) -> None:
    with pytest.raises(StoreError) as caught, files_translated():
        raise OSError(number, "said the disk")
    assert caught.value.code == code
    with pytest.raises(OSError, match="other"), files_translated():
        raise OSError(errno.EIO, "other")


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "profile").write_bytes(b"a file")
    with pytest.raises(StoreError, match=r"store\.not_writable"):
        open_store(tmp_path)


def test_a_mistake_of_the_program_passes_as_it_is(store: Store) -> None:
    with pytest.raises(IntegrityError) as caught, store.begin() as conn:
        conn.exec_driver_sql("INSERT INTO kept (name, value) VALUES ('secret-name', NULL)")
    assert "secret" not in str(caught.value.orig)


def test_parameters_stand_in_no_exception(store: Store) -> None:
    name = a_person().name
    with pytest.raises(IntegrityError) as caught, store.begin() as conn:
        conn.exec_driver_sql("INSERT INTO draft (id, body) VALUES (?, NULL)", (name,))
    assert name not in "".join(traceback.format_exception(caught.value))


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.begin() as conn:
        conn.exec_driver_sql("PRAGMA user_version=999")
    store.close()
    with pytest.raises(StoreError, match=r"store\.newer"):
        open_store(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_folder_and_files_are_their_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    folder.mkdir(mode=0o755)
    store = open_store(tmp_path)
    with store.begin() as conn:
        meta.put(conn, "a", b"b")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        path.name: 0o600 for path in files_of(store.path)[:3] + files_of(store.path)[-1:]
    }
    store.close()


def test_the_files_hold_no_plain_text(store: Store) -> None:
    person = a_person()
    draft = make_draft(1, person.name)
    with store.begin() as conn:
        drafts.save(conn, draft)
        outbox.append(
            conn,
            command_id="c1",
            case_id=CASE,
            base_version=0,
            command=receive_command(),
            user="u-clerk",
            at=MONDAY,
        )
        cases.upsert(conn, [make_record(1, name=person.name)], REAL_CALENDAR, MONDAY)
    written = profile_files(store)
    assert len(written[f"{store.path.name}-wal"]) > PAGE
    known = [person.name, person.id_number, draft.id_text, "食品经营许可", "CREATE TABLE", "SQLite"]
    for content in written.values():
        assert not [text for text in known if text.encode() in content]
    store.close()
    for path in store.path.parent.iterdir():
        assert not [text for text in known if text.encode() in path.read_bytes()]


def test_the_key_shows_nowhere(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "sqlalchemy")
    engine = make_writer(store.path, KEY)
    with engine.begin() as conn:
        conn.exec_driver_sql("SELECT 1")
    engine.dispose()
    shown = f"{engine!r} {engine.url} {store!r} {engine.pool!r} {caplog.text}"
    assert "SELECT 1" in caplog.text
    assert KEY.hex() not in shown
    assert repr(KEY) not in shown


def test_a_failure_at_opening_does_not_show_the_key(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    key = os.urandom(32)
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path, key=key)
    assert key.hex() not in "".join(traceback.format_exception(caught.value))


def test_a_failed_transaction_was_never_there(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        put_and_fail(store)
    with store.read() as conn:
        assert meta.get(conn, "a") is None


def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match=r"store\.not_writable"), store.read() as conn:
        meta.put(conn, "a", b"b")


def test_a_reader_sees_one_state_while_somebody_writes(store: Store) -> None:
    with store.read() as reading:
        assert meta.get(reading, "a") is None
        with store.begin() as writing:
            meta.put(writing, "a", b"b")
        assert meta.get(reading, "a") is None
    with store.read() as reading:
        assert meta.get(reading, "a") == b"b"


def test_writers_take_turns(store: Store) -> None:
    def count_up() -> None:
        for _ in range(20):
            with store.begin() as conn:
                meta.put(conn, "n", str(int(meta.get(conn, "n") or b"0") + 1).encode())

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as conn:
        assert meta.get(conn, "n") == b"80"


@pytest.mark.usefixtures("office_disk")
def test_every_commit_waits_for_the_disk(store: Store) -> None:
    with store.begin() as conn:
        pragmas = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("synchronous", "journal_mode", "foreign_keys", "secure_delete")
        }
    assert pragmas == {
        "synchronous": 2,
        "journal_mode": "wal",
        "foreign_keys": 1,
        "secure_delete": 2,
    }


def test_a_destroyed_store_leaves_nothing(store: Store) -> None:
    with store.begin() as conn:
        meta.put(conn, "a", b"b")
    store.destroy()
    assert list(store.path.parent.iterdir()) == []


def test_sqlcipher_does_not_write_over_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = open_store(tmp_path)
    store.close()
    key_check.mark_path(store.path).unlink()
    with pytest.raises(StoreError):
        open_store(tmp_path, key=os.urandom(32))
    sys.stderr.flush()
    assert capfd.readouterr() == ("", "")


def test_a_mark_of_another_key_is_replaced_with_a_new_file(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.close()
    store.path.unlink()
    write_atomic(key_check.mark_path(store.path), b"of another key")
    open_store(tmp_path).close()
    assert key_check.fits_mark(store.path, KEY)
