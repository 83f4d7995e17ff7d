"""Scans on a machine: encrypted, whoever they belong to, and gone with their row."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from clerk.contract.command import AttachScan
from clerk.contract.scan import MediaType, Scan
from clerk.contract.sync import EntityKind, Remove
from clerk.errors import StoreError
from storage import feed, outbox, scans
from storage.scans import Blob, Way
from storage.store import Connection, Store
from storage.vault import RECORD_BYTES, Vault, vault_of
from tests.support.cases import MONDAY
from tests.support.scans import WORD, blob, noise
from tests.support.storage import (
    GREETED,
    bootstrap_of,
    case_id,
    make_record,
    page_of,
    put_calendar,
    put_case,
)


def scan_of(data: bytes, material: str = "m1") -> Scan:
    sha256 = hashlib.sha256(data).hexdigest()
    kind = MediaType.PDF.value
    return Scan(sha256=sha256, material=material, media_type=kind, size=len(data), name="a")


def keep(conn: Connection, data: bytes, way: Way = Way.DRAFTED, minutes: int = 0) -> Scan:
    scan = scan_of(data)
    scans.add(conn, scans.new_blob(scan, way), MONDAY + timedelta(minutes=minutes))
    return scan


def ask_for(conn: Connection, scan: Scan, place: int = 1) -> None:
    outbox.append(
        conn,
        command_id=f"c-{scan.sha256[:8]}",
        case_id=case_id(place),
        base_version=1,
        command=AttachScan(scan=scan),
        user="u",
        at=MONDAY,
    )


def get(conn: Connection, scan: Scan) -> Blob:
    found = scans.find(conn, scan.sha256)
    assert found is not None
    return found


@pytest.fixture
def seen(store: Store) -> Store:
    """A store with two cases in its sight."""
    with store.begin() as conn:
        records = [put_case(make_record(place)) for place in (1, 2)]
        feed.apply_page(conn, GREETED, page_of(put_calendar(), *records), MONDAY)
    return store


@pytest.mark.parametrize("size", [1, RECORD_BYTES, RECORD_BYTES + 1, 3 * RECORD_BYTES - 5])
def test_what_goes_in_comes_out_and_is_noise_between(tmp_path: Path, size: int) -> None:
    data = (WORD + noise(size))[-size:] if size > len(WORD) else b"x"
    vault, kept = Vault(tmp_path / "v"), scans.new_blob(scan_of(data), Way.KEPT)
    vault.write(kept, data)
    assert b"".join(vault.read(kept)) == data
    (path,) = vault.folder.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert WORD not in path.read_bytes()
    assert kept.sha256 not in path.name
    assert kept.secret.hex() not in repr(kept)


def test_whoever_touches_a_file_is_found_out(tmp_path: Path) -> None:
    data = noise(2 * RECORD_BYTES)
    vault, kept = Vault(tmp_path / "v"), scans.new_blob(scan_of(data), Way.KEPT)
    vault.write(kept, data)
    (path,) = vault.folder.iterdir()
    whole = path.read_bytes()
    half = len(whole) // 2
    for spoilt in (whole[:-1], whole[half:] + whole[:half], whole[:9] + b"!" + whole[10:], b""):
        path.write_bytes(spoilt)
        with pytest.raises(StoreError, match=r"scan\.damaged"):
            b"".join(vault.read(kept))
    path.unlink()
    with pytest.raises(StoreError, match=r"scan\.damaged"):
        b"".join(vault.read(kept))


def test_a_record_that_was_cut_is_written_again(tmp_path: Path) -> None:
    data = noise(2 * RECORD_BYTES + 9)
    vault, kept = Vault(tmp_path / "v"), scans.new_blob(scan_of(data), Way.INCOMING)
    vault.append(kept, 0, data[:RECORD_BYTES])
    vault.append(kept, RECORD_BYTES, data[RECORD_BYTES : 2 * RECORD_BYTES])
    (path,) = vault.folder.iterdir()
    path.write_bytes(path.read_bytes()[:-1000])
    vault.append(kept, RECORD_BYTES, data[RECORD_BYTES : 2 * RECORD_BYTES])
    vault.append(kept, 2 * RECORD_BYTES, data[2 * RECORD_BYTES :])
    assert b"".join(vault.read(kept)) == data


def test_a_destroyed_store_leaves_no_scan(store: Store) -> None:
    vault = vault_of(store.path)
    data = blob(100)
    vault.write(scans.new_blob(scan_of(data), Way.KEPT), data)
    store.destroy()
    assert not vault.folder.exists()


def test_what_belongs_to_a_walk_in_goes_out_with_its_case(seen: Store) -> None:
    with seen.begin() as conn:
        scan = keep(conn, blob(10))
        scans.link_draft(conn, "d", scan)
        assert not scans.outgoing(conn)
        assert scans.count_bytes(conn) == 10
        scans.link_case(conn, case_id(1), scan)
        scans.unlink_draft(conn, "d")
        assert [one.sha256 for one in scans.outgoing(conn)] == [scan.sha256]
        scans.note_whole(conn, scan.sha256, MONDAY)
        assert not scans.outgoing(conn)
        assert (get(conn, scan).way, get(conn, scan).done) == (Way.KEPT, 10)
        assert scans.count_bytes(conn) == 0


def test_a_walk_in_that_went_away_leaves_what_a_case_has(seen: Store) -> None:
    with seen.begin() as conn:
        both, own = keep(conn, blob(10)), keep(conn, blob(11))
        scans.link_case(conn, case_id(1), both)
        for one in (both, own):
            scans.link_draft(conn, "d", one)
        scans.unlink_draft(conn, "d")
        assert scans.find(conn, both.sha256)
        assert scans.find(conn, own.sha256) is None


def test_a_case_out_of_sight_takes_its_scans_along(seen: Store) -> None:
    with seen.begin() as conn:
        gone, shared, sent = (keep(conn, blob(10 + n), Way.KEPT) for n in range(3))
        for one in (gone, shared):
            scans.link_case(conn, case_id(1), one)
        scans.link_case(conn, case_id(2), shared)
        promised = keep(conn, blob(20))
        scans.link_case(conn, case_id(1), promised)
        removal = Remove(kind=EntityKind.CASE, id=case_id(1), version=2)
        feed.apply_page(conn, GREETED, page_of(removal), MONDAY)
        assert scans.find(conn, gone.sha256) is None
        assert scans.find(conn, shared.sha256)
        assert scans.find(conn, sent.sha256) is None, "it was nobody's"
        # Nobody else has these bytes: they go to central, unseen, and then they go.
        assert [one.sha256 for one in scans.outgoing(conn)] == [promised.sha256]
        assert scans.cases_of(conn, promised.sha256) == ()
        scans.note_whole(conn, promised.sha256, MONDAY)
        assert scans.find(conn, promised.sha256) is None


def test_another_scope_purges_what_it_does_not_bring(seen: Store) -> None:
    with seen.begin() as conn:
        first, second = (keep(conn, blob(10 + n), Way.KEPT) for n in range(2))
        scans.link_case(conn, case_id(1), first)
        scans.link_case(conn, case_id(2), second)
        state = replace(GREETED, bootstrapping=True)
        feed.apply_bootstrap(
            conn, state, bootstrap_of(put_calendar(), put_case(make_record(2))), MONDAY
        )
        assert scans.find(conn, first.sha256) is None
        assert scans.find(conn, second.sha256)


def test_a_case_that_waits_in_the_outbox_is_in_sight(seen: Store) -> None:
    with seen.begin() as conn:
        scan = keep(conn, blob(10), Way.KEPT)
        scans.link_case(conn, case_id(7), scan)
        ask_for(conn, scan, 7)
        scans.purge_unseen(conn)
        assert scans.find(conn, scan.sha256)


def test_a_scan_waits_for_its_command(seen: Store) -> None:
    with seen.begin() as conn:
        scan, other = keep(conn, blob(10)), keep(conn, blob(11))
        ask_for(conn, scan)
        assert scans.awaits_command(conn, scan.sha256)
        assert not scans.awaits_command(conn, other.sha256)
        assert scans.is_wanted(conn, scan.sha256)
        assert not scans.is_wanted(conn, other.sha256)


def test_the_cache_lets_go_of_what_was_looked_at_longest_ago(seen: Store) -> None:
    with seen.begin() as conn:
        old, mine, young = (keep(conn, blob(100 + n), Way.KEPT, n) for n in range(3))
        waiting = keep(conn, blob(200), Way.OUTGOING)
        for one in (old, mine, young, waiting):
            scans.link_case(conn, case_id(1), one)
        scans.link_draft(conn, "d", mine)
        scans.shrink(conn, 1000)
        assert len(scans.list_of(conn, [old.sha256, mine.sha256, young.sha256])) == 3
        scans.note_used(conn, old.sha256, MONDAY + timedelta(hours=1))
        scans.shrink(conn, 150)
        left = scans.list_of(conn, [one.sha256 for one in (old, mine, young, waiting)])
        assert set(left) == {old.sha256, mine.sha256, waiting.sha256}


def test_a_restored_central_is_offered_everything_again(seen: Store) -> None:
    with seen.begin() as conn:
        scan = keep(conn, blob(10), Way.KEPT)
        scans.link_case(conn, case_id(1), scan)
        scans.note_problem(conn, scan.sha256, "blob.type")
        scans.try_again(conn)
        scans.offer_again(conn)
        assert [one.done for one in scans.outgoing(conn)] == [0]
